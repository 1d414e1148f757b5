"""Errors of the API as RFC 9457 problem details (`application/problem+json`)."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.views import exception_handler

CONTENT_TYPE = "application/problem+json"


class InvalidInput(exceptions.APIException):
    """The request is well formed, but what it says cannot be carried out; `errors` say where and why."""

    status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    default_detail = _("Some values cannot be used. Nothing was changed; correct them and send everything again.")
    default_code = "invalid"

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__()
        self.errors = errors


class BodyTooLarge(exceptions.APIException):
    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_detail = _("The request is too large. Send fewer rows at a time.")
    default_code = "too_large"


class ErrorSerializer(serializers.Serializer[Any]):
    row = serializers.IntegerField(required=False, help_text="Index in the list that was sent, from 0.")
    field = serializers.CharField(help_text="Name of the field, empty for the request as a whole.")
    code = serializers.CharField(help_text="Stays the same; meant for programs.")
    detail = serializers.CharField(help_text="What to do, in the language of Accept-Language (nl or en).")


class ProblemSerializer(serializers.Serializer[Any]):
    """An error, as RFC 9457 describes it."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = ErrorSerializer(many=True)  # type: ignore[assignment]


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """Django REST framework's exception handler: an expected error as a problem, None for a bug."""
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    response = exception_handler(error, context)
    if response is None or not isinstance(error, exceptions.APIException):
        return None
    status = HTTPStatus(response.status_code)
    response.data = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": str(error.detail) if isinstance(error.detail, str) else status.phrase,
        "errors": getattr(error, "errors", []),
    }
    response.content_type = CONTENT_TYPE
    return response


def problems(*statuses: int) -> dict[tuple[int, str], type[ProblemSerializer]]:
    """What `extend_schema(responses=…)` needs to describe these errors."""
    return {(status, CONTENT_TYPE): ProblemSerializer for status in statuses}
