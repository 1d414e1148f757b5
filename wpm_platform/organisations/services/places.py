"""The organisation itself, its legal entities (KvK numbers) and its sites."""

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wpm_platform.organisations.models import LegalEntity, Organisation, Site, User
from wpm_platform.organisations.services.audit import record_event
from wpm_platform.organisations.services.refusal import Refused

CONTACT_FIELDS = ("name", "contact_name", "contact_email", "contact_phone", "reply_to")
SWITCHES = ("requires_second_factor", "stores_names", "stores_birth_years", "yearly_mail_limit", "answers_kept_months")


class KvkNumberTaken(Refused):
    sentence = _("This KvK number is already on the list. Change that line instead.")


class SiteNameTaken(Refused):
    sentence = _("A site with this name is already on the list. Choose another name.")


@transaction.atomic
def update_organisation(
    *, organisation: Organisation, actor: User | None, now: datetime.datetime, **settings: str | bool | int
) -> tuple[str, ...]:
    """Change the organisation's settings. Returns the names of those that really changed.

    settings: any of CONTACT_FIELDS and SWITCHES; the trail keeps the values of switches only.
    """
    stored = Organisation.objects.select_for_update().get(pk=organisation.pk)
    changed = tuple(
        name for name in CONTACT_FIELDS + SWITCHES if name in settings and getattr(stored, name) != settings[name]
    )
    if not changed:
        return ()
    for name in changed:
        setattr(stored, name, settings[name])
    stored.save(update_fields=changed)
    record_event(
        organisation=stored,
        actor=actor,
        action="organisation.changed",
        now=now,
        detail={
            "fields": [name for name in changed if name in CONTACT_FIELDS],
            "switches": {name: settings[name] for name in changed if name in SWITCHES},
        },
    )
    return changed


@transaction.atomic
def add_legal_entity(
    *, organisation: Organisation, actor: User | None, kvk_number: str, name: str, now: datetime.datetime
) -> LegalEntity:
    """Put a KvK number on the list. Raises KvkNumberTaken."""
    entity = LegalEntity(organisation=organisation, kvk_number=kvk_number, name=name)
    _save_or_raise(entity, KvkNumberTaken)
    _note(organisation, actor, "legal_entity.added", now, entity.kvk_number)
    return entity


@transaction.atomic
def change_legal_entity(
    *, entity: LegalEntity, actor: User | None, kvk_number: str, name: str, now: datetime.datetime
) -> bool:
    """Correct a KvK number or its name. Returns whether anything changed. Raises KvkNumberTaken."""
    if (entity.kvk_number, entity.name) == (kvk_number, name):
        return False
    before = entity.kvk_number
    entity.kvk_number, entity.name = kvk_number, name
    _save_or_raise(entity, KvkNumberTaken)
    _note(entity.organisation, actor, "legal_entity.changed", now, kvk_number, kvk_number_before=before)
    return True


@transaction.atomic
def add_site(
    *, organisation: Organisation, actor: User | None, name: str, postcode: str, now: datetime.datetime
) -> Site:
    """Put a place of work on the list. Raises SiteNameTaken."""
    site = Site(organisation=organisation, name=name, postcode=postcode)
    _save_or_raise(site, SiteNameTaken)
    _note(organisation, actor, "site.added", now, name)
    return site


@transaction.atomic
def change_site(*, site: Site, actor: User | None, name: str, postcode: str, now: datetime.datetime) -> bool:
    """Correct a site. Returns whether anything changed. Raises SiteNameTaken."""
    if (site.name, site.postcode) == (name, postcode):
        return False
    before = site.name
    site.name, site.postcode = name, postcode
    _save_or_raise(site, SiteNameTaken)
    _note(site.organisation, actor, "site.changed", now, name, name_before=before)
    return True


def _save_or_raise(row: LegalEntity | Site, refusal: type[Refused]) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise refusal from error


def _note(
    organisation: Organisation, actor: User | None, action: str, now: datetime.datetime, subject: str, **detail: Any
) -> None:
    record_event(organisation=organisation, actor=actor, action=action, now=now, subject=subject[:80], detail=detail)
