"""Addresses that get no more mail from an organisation. Only a hash of the address is kept."""

import datetime
import hashlib
import hmac
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from wpm_platform.mailing.enums import MailEventKind
from wpm_platform.mailing.models import AddressStop
from wpm_platform.organisations.models import Organisation


class ComplaintStays(Exception):
    """Whoever marked our mail as unwanted gets none any more; nobody else can take that back."""

    def __str__(self) -> str:
        return _("This person marked a mail as unwanted. That stop stays.")


def address_hash(address: str) -> str:
    """The name under which an address is stopped: 64 hex digits, the same for capitals and small letters."""
    folded = address.strip().lower().encode()
    return hmac.new(settings.LINK_KEY.encode(), b"address-stop:" + folded, hashlib.sha256).hexdigest()


@transaction.atomic
def stop_address(
    *, organisation: Organisation | int, address: str, kind: MailEventKind, now: datetime.datetime
) -> AddressStop:
    """No more mail to this address. A complaint replaces another stop and stays; done twice, it is the same stop."""
    organisation_id = organisation if isinstance(organisation, int) else organisation.pk
    stop, is_new = AddressStop.objects.select_for_update().get_or_create(
        organisation_id=organisation_id,
        address_hash=address_hash(address),
        defaults={"kind": kind, "stopped_at": now},
    )
    if is_new or stop.kind == MailEventKind.COMPLAINT:
        return stop
    if stop.lifted_at is not None or kind == MailEventKind.COMPLAINT:
        stop.kind, stop.stopped_at, stop.lifted_at = kind, now, None
        stop.save(update_fields=["kind", "stopped_at", "lifted_at"])
    return stop


@transaction.atomic
def lift_stop(*, organisation: Organisation, address: str, now: datetime.datetime) -> bool:
    """The address may get mail again. Returns whether it was stopped. Raises ComplaintStays."""
    stop = (
        AddressStop.objects.select_for_update()
        .filter(organisation=organisation, address_hash=address_hash(address), lifted_at__isnull=True)
        .first()
    )
    if stop is None:
        return False
    if stop.kind == MailEventKind.COMPLAINT:
        raise ComplaintStays
    stop.lifted_at = now
    stop.save(update_fields=["lifted_at"])
    return True


def stop_of(*, organisation: Organisation | int, address: str) -> AddressStop | None:
    """The stop that holds for this address, if any."""
    if not address:
        return None
    return AddressStop.objects.filter(
        organisation=organisation, address_hash=address_hash(address), lifted_at__isnull=True
    ).first()


def stopped_addresses(*, organisation: Organisation, addresses: Iterable[str]) -> dict[str, MailEventKind]:
    """Of these addresses the stopped ones, with what stopped them; for lists, in one query."""
    stops = AddressStop.objects.filter(organisation=organisation, lifted_at__isnull=True)
    kinds = dict(stops.values_list("address_hash", "kind"))
    if not kinds:
        return {}
    hashes = {address: address_hash(address) for address in addresses if address}
    return {address: MailEventKind(kinds[name]) for address, name in hashes.items() if name in kinds}
