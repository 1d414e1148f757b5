"""Many mails at once: withdrawn, and let go again."""

import datetime
from uuid import uuid4

import pytest

from tests.factories import as_owner, make_organisation
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.batches import requeue_withdrawn, withdraw_waiting
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 3, 16, 8, 0, tzinfo=datetime.UTC)
STATES = ["queued", "awaiting_retry", "inflight", "sent", "failed", "unknown"]


@pytest.fixture
def organisation():
    return make_organisation()


def make_mails(organisation, *, reference, states=STATES):
    with as_owner(organisation):
        for state in states:
            OutgoingMail.objects.create(
                organisation=organisation,
                kind="surveys.invitation",
                occasion=str(uuid4()),
                reference=reference,
                recipient="anna@voorbeeld.example",
                state=state,
                due_at=NOW,
            )


def states(organisation):
    with as_owner(organisation):
        return list(
            OutgoingMail.objects.filter(organisation=organisation).order_by("pk").values_list("state", "reason")
        )


def withdraw(organisation, references, *, reason="paused"):
    with organisation_scope(organisation):
        return withdraw_waiting(organisation=organisation, references=references, reason=reason)


def requeue(organisation, references, *, reason="paused"):
    with organisation_scope(organisation):
        return requeue_withdrawn(organisation=organisation, references=references, reason=reason)


def test_only_waiting_mails_are_withdrawn(organisation):
    reference = uuid4()
    make_mails(organisation, reference=reference)
    make_mails(organisation, reference=uuid4(), states=["queued"])
    assert withdraw(organisation, [reference]) == 2
    assert withdraw(organisation, [reference]) == 0
    assert states(organisation) == [
        ("withdrawn", "paused"),
        ("withdrawn", "paused"),
        ("inflight", ""),
        ("sent", ""),
        ("failed", ""),
        ("unknown", ""),
        ("queued", ""),
    ]


def test_only_mails_withdrawn_for_this_reason_wait_again(organisation):
    paused, answered = uuid4(), uuid4()
    make_mails(organisation, reference=paused, states=["queued", "sent"])
    make_mails(organisation, reference=answered, states=["queued"])
    withdraw(organisation, [paused])
    withdraw(organisation, [answered], reason="answered")
    assert requeue(organisation, [paused, answered]) == 1
    assert requeue(organisation, [paused, answered]) == 0
    assert states(organisation) == [("queued", ""), ("sent", ""), ("withdrawn", "answered")]


def test_mails_of_another_organisation_stay_as_they_are(organisation):
    reference = uuid4()
    make_mails(organisation, reference=reference, states=["queued"])
    assert withdraw(make_organisation(), [reference]) == 0
    assert states(organisation) == [("queued", "")]
