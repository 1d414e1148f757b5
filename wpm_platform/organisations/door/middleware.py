"""The door of `/o/<slug>/…`: finds the membership, turns strangers away, opens the tenant scope."""

import re
from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.enums import MemberRole
from wpm_platform.organisations.models import Organisation
from wpm_platform.organisations.selectors.memberships import places_of
from wpm_platform.scoping import Role, organisation_scope

CONSOLE_PATH = re.compile(r"^/o/(?P<slug>[^/]+)/")
# Recovery codes only stand in for one of these.
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
ROLES_WITH_SECOND_FACTOR = frozenset({MemberRole.OWNER, MemberRole.HR_ADMIN})


class OrganisationDoor:
    """Sets `request.organisation`, `request.place` and `request.places` for console pages.

    The whole request runs in one scope, thus in one transaction under the role `wpm_hr`.
    """

    def __init__(self, get_response: Callable[[ConsoleRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: ConsoleRequest) -> HttpResponse:
        match = CONSOLE_PATH.match(request.path_info)
        if match is None:
            return self.get_response(request)
        is_logged_in: bool = request.user.is_authenticated
        if not is_logged_in:
            return redirect_to_login(request.get_full_path())
        places = places_of(user_id=request.user.pk)
        place = next((place for place in places if place.slug == match["slug"]), None)
        if place is None:
            # Without a place, `process_view` answers as for an address that does not exist.
            return self.get_response(request)
        # Before the scope: its role reads no seeds of one-time codes.
        is_met = is_mfa_enabled(request.user, types=SECOND_FACTORS)
        with organisation_scope(place.organisation_id, role=Role.HR):
            request.place, request.places = place, places
            request.organisation = Organisation.objects.get(pk=place.organisation_id)
            response = self._second_factor_first(request, is_met=is_met) or self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        # After logging out, on a shared computer, nobody pages back to a list of people.
        add_never_cache_headers(response)
        return response

    def process_view(
        self, request: ConsoleRequest, view: Callable[..., HttpResponse], args: Any, kwargs: dict[str, Any]
    ) -> None:
        if CONSOLE_PATH.match(request.path_info) is None:
            return
        if not hasattr(request, "place"):
            raise Http404
        right = getattr(view, "right", None)
        if right is None:
            raise ImproperlyConfigured(f"{view} names no right; use @needs(Right…).")
        if not request.place.holds(right):
            raise PermissionDenied
        kwargs.pop("slug", None)

    def _second_factor_first(self, request: ConsoleRequest, *, is_met: bool) -> HttpResponse | None:
        asked = request.organisation.requires_second_factor and request.place.role in ROLES_WITH_SECOND_FACTOR
        if not asked or is_met:
            return None
        messages.info(
            request,
            _("%(organisation)s asks for a second step at login. Add an authenticator app or a passkey first.")
            % {"organisation": request.organisation.name},
        )
        return redirect(settings.SECOND_FACTOR_URL)
