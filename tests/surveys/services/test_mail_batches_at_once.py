"""Beats, undoing and pausing at the same moment."""

import pytest

from surveys.models import MailBatch
from surveys.services.campaign_states import pause_campaign
from surveys.services.mail_batches import prepare_due_steps, undo_batch
from tests.factories import as_owner, make_employee, make_organisation
from tests.surveys.campaigns import (
    advance,
    mails,
    make_started,
    plan_step,
    rows,
)
from tests.surveys.mail_lists import MINUTE, OPENING, TEN_MINUTES, batch, do, lines
from tests.wpm_platform.organisations.concurrency import at_once
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    organisation = make_organisation()
    make_employee(organisation, email="anna@voorbeeld.example")
    return organisation


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_make_one_list(organisation):
    for _ in range(5):
        make_employee(organisation)
    make_started(organisation)

    def beat():
        with organisation_scope(organisation):
            return prepare_due_steps(organisation=organisation, now=OPENING)

    assert sorted(at_once(*[beat] * 4)) == [0, 0, 0, 1]
    assert (len(rows(MailBatch, organisation)), len(lines(organisation)), len(mails(organisation))) == (1, 6, 6)


@pytest.mark.django_db(transaction=True)
def test_undo_and_pause_and_beat_at_once_leave_no_mail_waiting(organisation, settings):
    settings.MAIL_UNDO_MINUTES = 10
    campaign = make_started(organisation)
    advance(organisation, now=OPENING - TEN_MINUTES)
    prepared, now = batch(organisation), OPENING - MINUTE
    outcomes = at_once(
        lambda: do(undo_batch, organisation, now=now, batch=prepared),
        lambda: do(undo_batch, organisation, now=now, batch=prepared),
        lambda: do(pause_campaign, organisation, now=now, campaign=campaign),
        lambda: advance(organisation, now=now),
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == [
        "BatchUndone",
        "Campaign",
        "MailBatch",
        "NoneType",
    ]
    assert [state for state in mails(organisation, "state") if state != "withdrawn"] == []
    assert plan_step(organisation, "invitation").state == "undone"
    with as_owner(organisation):
        assert OutgoingMail.objects.count() == 1
