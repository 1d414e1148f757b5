"""Keys for systems: shown once, kept as a hash, always with an end."""

import datetime
import hashlib
import secrets
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wpm_platform.organisations.enums import ApiScope
from wpm_platform.organisations.models import ApiKey, Organisation, User
from wpm_platform.organisations.services.audit import record_event
from wpm_platform.organisations.services.refusal import Refused

LONGEST_LIFE = datetime.timedelta(days=366)
DEFAULT_LIFE = datetime.timedelta(days=90)
USE_RECORDED_EVERY = datetime.timedelta(minutes=1)


class KeyNeedsScope(Refused):
    sentence = _("Choose what the key may do.")


class KeyLivesTooLong(Refused):
    sentence = _("Choose an end date in the future, at most a year from now.")


class KeyRevoked(Refused):
    sentence = _("This key was revoked before.")


@transaction.atomic
def create_api_key(
    *,
    organisation: Organisation,
    actor: User | None,
    name: str,
    scopes: Sequence[str],
    expires_at: datetime.datetime,
    now: datetime.datetime,
) -> tuple[ApiKey, str]:
    """Make a key. Returns it with its text, which is not kept and cannot be shown again.

    Raises KeyNeedsScope, KeyLivesTooLong.
    """
    if not scopes or not set(scopes) <= set(ApiScope.values):
        raise KeyNeedsScope
    if not now < expires_at <= now + LONGEST_LIFE:
        raise KeyLivesTooLong
    prefix, secret = secrets.token_hex(5), secrets.token_urlsafe(32)
    key = ApiKey.objects.create(
        organisation=organisation,
        name=name,
        prefix=prefix,
        secret_hash=hash_of_secret(secret),
        scopes=sorted(set(scopes)),
        created_by=actor,
        expires_at=expires_at,
    )
    record_event(
        organisation=organisation,
        actor=actor,
        action="api_key.created",
        now=now,
        subject=prefix,
        detail={"scopes": key.scopes, "expires_at": expires_at.isoformat()},
    )
    return key, f"wpm_{prefix}_{secret}"


@transaction.atomic
def revoke_api_key(*, organisation: Organisation, actor: User | None, key: ApiKey, now: datetime.datetime) -> None:
    """End a key at once. Raises KeyRevoked."""
    ended = ApiKey.objects.filter(organisation=organisation, pk=key.pk, revoked_at__isnull=True).update(revoked_at=now)
    if not ended:
        raise KeyRevoked
    record_event(organisation=organisation, actor=actor, action="api_key.revoked", now=now, subject=key.prefix)


@transaction.atomic
def revoke_keys_made_by(*, organisation: Organisation, actor: User | None, maker: User, now: datetime.datetime) -> int:
    """End every key that this person made, as they may not make keys any more. Returns how many."""
    keys = list(
        ApiKey.objects.select_for_update()
        .filter(organisation=organisation, created_by=maker, revoked_at__isnull=True)
        .order_by("pk")
    )
    for key in keys:
        revoke_api_key(organisation=organisation, actor=actor, key=key, now=now)
    return len(keys)


def record_api_key_use(*, organisation: Organisation, key_id: int, now: datetime.datetime) -> None:
    """Remember when the key was used last, to the minute: not a write for every request."""
    ApiKey.objects.filter(
        Q(last_used_at__isnull=True) | Q(last_used_at__lt=now - USE_RECORDED_EVERY),
        organisation=organisation,
        pk=key_id,
    ).update(last_used_at=now)


def hash_of_secret(secret: str) -> str:
    """SHA-256 in hexadecimal: 256 random bits need neither salt nor a slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
