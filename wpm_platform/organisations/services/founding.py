"""A new customer: organisation, legal entity and the invitation of its first owner."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wpm_platform.organisations.enums import MemberRole
from wpm_platform.organisations.models import LegalEntity, MembershipInvitation, Organisation
from wpm_platform.organisations.services.audit import record_event
from wpm_platform.organisations.services.invitations import invite_member
from wpm_platform.organisations.services.refusal import Refused
from wpm_platform.scoping import Role, organisation_scope


class SlugTaken(Refused):
    sentence = _("Another organisation uses this slug. Choose another one.")


@transaction.atomic
def create_organisation(
    *, name: str, slug: str, kvk_number: str, owner_email: str, language: str, now: datetime.datetime
) -> MembershipInvitation:
    """Set up a customer and invite its owner by mail. Works only as the owner of the tables.

    kvk_number: eight digits, or "" to add legal entities later. Raises SlugTaken.
    """
    try:
        with transaction.atomic():
            organisation = Organisation.objects.create(name=name, slug=slug)
    except IntegrityError as error:
        raise SlugTaken from error
    with organisation_scope(organisation, role=Role.OWNER):
        if kvk_number:
            LegalEntity.objects.create(organisation=organisation, kvk_number=kvk_number, name=name)
        record_event(organisation=organisation, actor=None, action="organisation.created", now=now, subject=slug)
        return invite_member(
            organisation=organisation,
            actor=None,
            email=owner_email,
            role=MemberRole.OWNER,
            site=None,
            language=language,
            now=now,
        )
