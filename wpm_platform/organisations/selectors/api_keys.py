"""Keys of systems."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from wpm_platform.organisations.models import ApiKey, Organisation
from wpm_platform.scoping import call_system_function


@dataclass(frozen=True, kw_only=True)
class KnownKey:
    """What the door needs to compare a secret; a revoked key is not known."""

    key_id: int
    organisation_id: int
    secret_hash: str
    scopes: frozenset[str]
    expires_at: datetime.datetime
    maker_id: int | None
    maker_role: str | None


def api_keys(*, organisation: Organisation) -> QuerySet[ApiKey]:
    """The newest first, revoked and expired ones included."""
    return ApiKey.objects.filter(organisation=organisation).select_related("created_by").defer("created_by__password")


def api_key(*, organisation: Organisation, code: UUID) -> ApiKey | None:
    return api_keys(organisation=organisation).filter(code=code).first()


def known_key(*, prefix: str) -> KnownKey | None:
    """The key with this public part, in whatever organisation."""
    rows = call_system_function("api_key", prefix)
    return KnownKey(**{**rows[0], "scopes": frozenset(rows[0]["scopes"])}) if rows else None
