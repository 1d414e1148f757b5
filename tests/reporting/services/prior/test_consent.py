"""Agreeing to the shared model and withdrawing: once, in the audit trail, of one's own organisation only."""

import datetime

import pytest

from tests.factories import NOW, as_owner, make_member, make_organisation
from tests.reporting.services.prior.sharing import consent, consents_of, withdraw
from wpm_platform.organisations.enums import MemberRole
from wpm_platform.organisations.models import AuditEvent

pytestmark = pytest.mark.django_db
LATER = NOW + datetime.timedelta(days=3)


def events(organisation):
    with as_owner(organisation):
        return list(
            AuditEvent.objects.filter(organisation=organisation).order_by("pk").values_list("action", flat=True)
        )


def test_who_agreed_and_when_is_kept(organisation):
    actor = make_member(organisation, role=MemberRole.HR_ADMIN)
    consent(organisation, actor=actor)
    (given,) = consents_of(organisation)
    assert (given.given_by_id, given.given_at, given.withdrawn_at) == (actor.pk, NOW, None)
    assert events(organisation) == ["prior.consent_given"]


def test_agreeing_twice_is_agreeing_once(organisation):
    assert consent(organisation) == consent(organisation, now=LATER)
    assert len(consents_of(organisation)) == 1
    assert events(organisation) == ["prior.consent_given"]


def test_withdrawing_keeps_when_it_was_given(organisation):
    consent(organisation)
    withdraw(organisation, now=LATER)
    (given,) = consents_of(organisation)
    assert (given.given_at, given.withdrawn_at) == (NOW, LATER)
    assert withdraw(organisation, now=LATER) is None
    assert events(organisation) == ["prior.consent_given", "prior.consent_withdrawn"]


def test_who_withdrew_may_agree_again(organisation):
    consent(organisation)
    withdraw(organisation)
    consent(organisation, now=LATER)
    assert [row.withdrawn_at for row in consents_of(organisation)] == [None, NOW]


def test_another_employer_is_not_touched(organisation):
    other = make_organisation()
    consent(organisation)
    assert withdraw(other) is None
    assert consents_of(other) == []
    assert consents_of(organisation)[0].withdrawn_at is None
