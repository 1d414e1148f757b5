"""An employer agrees to take part in the shared model, and stops taking part."""

import datetime

from django.db import transaction

from reporting.models import PriorConsent
from reporting.selectors.prior_consent import open_consent
from wpm_platform.organisations.models import Organisation, User
from wpm_platform.organisations.services.audit import record_event


@transaction.atomic
def give_prior_consent(*, organisation: Organisation, actor: User | None, now: datetime.datetime) -> PriorConsent:
    """From the next pooling on, this employer's closed survey takes part. Done twice, the first consent stays."""
    _lock(organisation)
    given = open_consent(organisation=organisation)
    if given is not None:
        return given
    consent = PriorConsent.objects.create(organisation=organisation, given_by=actor, given_at=now)
    record_event(organisation=organisation, actor=actor, action="prior.consent_given", now=now)
    return consent


@transaction.atomic
def withdraw_prior_consent(
    *, organisation: Organisation, actor: User | None, now: datetime.datetime
) -> PriorConsent | None:
    """From the next pooling on, nothing of this employer is in the shared model. None where there was no consent."""
    _lock(organisation)
    given = open_consent(organisation=organisation)
    if given is None:
        return None
    given.withdrawn_by, given.withdrawn_at = actor, now
    given.save(update_fields=["withdrawn_by", "withdrawn_at"])
    record_event(organisation=organisation, actor=actor, action="prior.consent_withdrawn", now=now)
    return given


def _lock(organisation: Organisation) -> None:
    """One at a time per organisation; the row itself is not changed."""
    Organisation.objects.select_for_update(no_key=True).only("pk").get(pk=organisation.pk)
