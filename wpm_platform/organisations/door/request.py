"""A request that has come through the door."""

from django.http import HttpRequest

from wpm_platform.organisations.models import Organisation, User
from wpm_platform.organisations.selectors.memberships import Place


class ConsoleRequest(HttpRequest):
    """What the door adds to a request for `/o/<slug>/…`; views annotate their request with it."""

    user: User
    organisation: Organisation
    place: Place
    places: list[Place]
