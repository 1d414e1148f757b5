"""What every console page shows around its content."""

from typing import Any

from django.http import HttpRequest

from wpm_platform.organisations.permissions import Right
from wpm_platform.organisations.selectors.memberships import Place


def console(request: HttpRequest) -> dict[str, Any]:
    """`organisation`, `place`, `places` and `rights` (by name, for `{% if rights.manage_staff %}`)."""
    place: Place | None = getattr(request, "place", None)
    if place is None:
        return {}
    return {
        "organisation": getattr(request, "organisation", None),
        "place": place,
        "places": getattr(request, "places", []),
        "rights": {right.value: place.holds(right) for right in Right},
    }
