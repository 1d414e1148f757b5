"""Many mails at once: withdrawn, for one reason or another."""

import datetime
from uuid import uuid4

import pytest

from tests.factories import as_owner, make_organisation
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.batches import rename_withdrawal, withdraw_occasions, withdraw_waiting
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 3, 16, 8, 0, tzinfo=datetime.UTC)
STATES = ["queued", "awaiting_retry", "inflight", "sent", "failed", "unknown"]


def make_mails(organisation, *, reference, states=STATES, occasion="invitation", kind="surveys.invitation"):
    with as_owner(organisation):
        for state in states:
            OutgoingMail.objects.create(
                organisation=organisation,
                kind=kind,
                occasion=f"{occasion}:{uuid4()}",
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


def test_only_mails_of_these_kinds_are_withdrawn(organisation):
    reference = uuid4()
    make_mails(organisation, reference=reference, states=["queued"])
    make_mails(organisation, reference=reference, states=["queued"], kind="surveys.own_link")
    with organisation_scope(organisation):
        kinds = ["surveys.invitation"]
        assert withdraw_waiting(organisation=organisation, references=[reference], reason="paused", kinds=kinds) == 1
    assert states(organisation) == [("withdrawn", "paused"), ("queued", "")]


@pytest.mark.parametrize("others", [0, 1500])
def test_only_mails_of_this_step_are_withdrawn(organisation, others):
    references = [*(uuid4() for _ in range(others)), uuid4()]
    make_mails(organisation, reference=references[-1], states=["queued", "sent"], occasion="reminder-2")
    make_mails(organisation, reference=references[-1], states=["queued"], occasion="reminder-1")
    with organisation_scope(organisation):
        step = {"organisation": organisation, "references": references, "prefix": "reminder-2:"}
        assert withdraw_occasions(**step, reason="undone") == 1
        assert withdraw_occasions(**step, reason="undone") == 0
    assert states(organisation) == [("withdrawn", "undone"), ("sent", ""), ("queued", "")]


def test_only_mails_withdrawn_for_this_reason_get_another(organisation):
    reference = uuid4()
    make_mails(organisation, reference=reference, states=["queued"])
    withdraw(organisation, [reference])
    make_mails(organisation, reference=reference, states=["queued"])
    withdraw(organisation, [reference], reason="answered")
    with organisation_scope(organisation):
        change = {"references": [reference], "prefix": "invitation:", "reason": "undone", "instead_of": "paused"}
        assert rename_withdrawal(organisation=organisation, **change) == 1
        assert rename_withdrawal(organisation=organisation, **change) == 0
    other = make_organisation()
    with organisation_scope(other):
        assert rename_withdrawal(organisation=other, **change | {"instead_of": "answered"}) == 0
    assert states(organisation) == [("withdrawn", "undone"), ("withdrawn", "answered")]


def test_mails_of_another_organisation_stay_as_they_are(organisation):
    reference = uuid4()
    make_mails(organisation, reference=reference, states=["queued"])
    assert withdraw(make_organisation(), [reference]) == 0
    assert states(organisation) == [("queued", "")]
