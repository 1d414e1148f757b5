"""What every console page shows around its content."""

from typing import Any

from django.http import HttpRequest

from wpm_platform.organisations.permissions import Right


def console(request: HttpRequest) -> dict[str, Any]:
    """`organisation`, `place`, `places` and `rights` (by name, for `{% if rights.manage_staff %}`)."""
    place = getattr(request, "place", None)
    if place is None:
        return {}
    return {
        "organisation": getattr(request, "organisation", None),
        "place": place,
        "places": request.places,
        "rights": {right.value: place.holds(right) for right in Right},
    }
