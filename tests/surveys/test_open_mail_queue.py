"""After a restore the queue stays shut until an operator has looked."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from surveys.enums import MailStepKind
from surveys.models import MailStep
from surveys.tasks.campaigns import advance_campaigns, send_due_mails
from tests.factories import NOW, as_owner
from tests.mailing.outbox_rows import make_mail, stored
from tests.surveys.mail_rows import HOUR, invited, mailed, running_campaign
from wpm_platform import clock
from wpm_platform.mailing.services.queue_seal import is_queue_shut, seal_new_queue

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def restored():
    """As a dump that was read into another database: the seal is the other one's."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("COMMENT ON TABLE mailing_outgoingmail IS 'outbox/1/2/1'")
    yield
    call_command("open_mail_queue", "--nothing-left", stdout=StringIO())


def make_step(week, kind, *, due_at=NOW, number=0):
    with as_owner(week.organisation):
        return MailStep.objects.create(
            organisation=week.organisation,
            campaign=week.campaign,
            week=week,
            kind=kind,
            number=number,
            due_at=due_at,
            expires_at=week.closes_at,
        )


def step_state(step):
    with as_owner(step.organisation):
        step.refresh_from_db()
    return step.state, step.reason


def test_a_database_that_was_migrated_sends():
    assert is_queue_shut() is False


def test_a_restored_one_sends_and_plans_nothing_and_migrating_does_not_open_it(restored, mailoutbox, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    week = running_campaign()
    step = make_step(week, MailStepKind.INVITATION)
    mail = mailed(invited(week), state="queued", sent_at=None)
    with as_owner():
        seal_new_queue()
    assert is_queue_shut() is True
    advance_campaigns(organisation_id=week.organisation.pk)
    send_due_mails(organisation_id=week.organisation.pk)
    assert (stored(mail).state, step_state(step), mailoutbox) == ("queued", ("planned", ""), [])


def test_opening_lets_invitations_go_and_holds_back_what_must_not_come_twice(restored, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    week = running_campaign()
    steps = [
        make_step(week, MailStepKind.INVITATION),
        make_step(week, MailStepKind.REMINDER, number=1),
        make_step(week, MailStepKind.REMINDER, number=2, due_at=NOW + 48 * HOUR),
    ]
    invitation = mailed(invited(week), state="queued", sent_at=None)
    reminder = make_mail(week.organisation, kind="surveys.reminder", state="inflight")
    sent = make_mail(week.organisation, kind="surveys.reminder", state="sent")
    out = StringIO()
    call_command("open_mail_queue", stdout=out)
    assert out.getvalue() == "Open. Mails withdrawn: 1; steps of mail plans expired: 1.\n"
    assert is_queue_shut() is False
    assert [step_state(step) for step in steps] == [("planned", ""), ("expired", "restored"), ("planned", "")]
    assert [(stored(mail).state, stored(mail).reason) for mail in (invitation, reminder, sent)] == [
        ("queued", ""),
        ("withdrawn", "restored"),
        ("sent", ""),
    ]


def test_when_nothing_left_since_everything_stays_as_it_was(restored):
    week = running_campaign()
    reminder = make_mail(week.organisation, kind="surveys.reminder", state="queued")
    call_command("open_mail_queue", "--nothing-left", stdout=StringIO())
    assert (stored(reminder).state, is_queue_shut()) == ("queued", False)
