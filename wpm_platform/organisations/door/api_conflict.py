"""What the state of things does not allow: 409, with the sentence that the console would say."""

from http import HTTPStatus

from rest_framework.exceptions import APIException

from wpm_platform.organisations.services.refusal import Refused


class Conflict(APIException):
    status_code = HTTPStatus.CONFLICT
    default_code = "conflict"

    def __init__(self, refusal: Refused) -> None:
        super().__init__(str(refusal))
