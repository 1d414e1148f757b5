"""Who a request to the API comes from: `Authorization: Bearer wpm_<prefix>_<secret>`."""

import hmac
import re
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from wpm_platform import clock
from wpm_platform.organisations.permissions import Right, has_right
from wpm_platform.organisations.selectors.api_keys import KnownKey, known_key
from wpm_platform.organisations.services.api_keys import hash_of_secret

HEADER = re.compile(r"Bearer +wpm_([0-9a-f]{10})_([A-Za-z0-9_-]{43})", re.IGNORECASE)
REQUESTS_PER_MINUTE = 120
WINDOW_SECONDS = 60


class ApiKeyAuthentication(BaseAuthentication):
    """Sets `request.auth` to the key. Unknown, wrong, revoked, expired and orphaned keys get one answer."""

    def authenticate(self, request: Request) -> tuple[None, KnownKey] | None:
        header = request.headers.get("Authorization", "")
        if not header:
            return None
        match = HEADER.fullmatch(header.strip())
        key = known_key(prefix=match[1].lower()) if match else None
        if match is None or key is None or not _is_valid(key, secret=match[2]):
            raise AuthenticationFailed(
                _("This key does not work. Make a new one in the settings of your organisation.")
            )
        return None, key

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="WPM"'


def _is_valid(key: KnownKey, *, secret: str) -> bool:
    is_same = hmac.compare_digest(key.secret_hash, hash_of_secret(secret))
    return is_same and clock.now() < key.expires_at and _is_made_by_who_may(key)


def _is_made_by_who_may(key: KnownKey) -> bool:
    """Once more at the door: who leaves or gets a smaller role loses their keys in that same transaction already."""
    return key.maker_id is None or has_right(key.maker_role or "", Right.MANAGE_API_KEYS)


class KeyHasScope(BasePermission):
    """The view's `scope` is among those of the key."""

    message = _("This key may not do this. Make one with the scope that the documentation names.")

    def has_permission(self, request: Request, view: Any) -> bool:
        return isinstance(request.auth, KnownKey) and view.scope_of(request) in request.auth.scopes


class PerKey(BaseThrottle):
    """So many requests per key in each window of a minute, whatever address they come from."""

    def __init__(self) -> None:
        self.seconds_left = 0

    def allow_request(self, request: Request, view: Any) -> bool:
        if not isinstance(request.auth, KnownKey):
            return True
        seconds = int(clock.now().timestamp())
        self.seconds_left = WINDOW_SECONDS - seconds % WINDOW_SECONDS
        window = f"api-requests:{request.auth.key_id}:{seconds // WINDOW_SECONDS}"
        cache.add(window, 0, timeout=2 * WINDOW_SECONDS)
        return cache.incr(window) <= REQUESTS_PER_MINUTE

    def wait(self) -> int:
        """Seconds until the next window."""
        return self.seconds_left


class ApiKeyScheme(OpenApiAuthenticationExtension):
    """How the OpenAPI document describes the key."""

    target_class = ApiKeyAuthentication
    name = "ApiKey"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "wpm_<prefix>_<secret>",
            "description": "A key of your organisation: Settings → API keys. It has scopes and an end.",
        }
