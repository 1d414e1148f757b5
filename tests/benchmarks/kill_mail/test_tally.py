"""The count must notice everything that it is there to notice."""

import pytest

from tests.benchmarks.kill_mail.schedule import KillStage, Phase
from tests.benchmarks.kill_mail.tally import Delivery, Killed, Row, tally

ANNA, BEN = "anna@voorbeeld.example", "ben@voorbeeld.example"
ROWS = [
    Row(kind="invitation", recipient=ANNA, message_id="<i-anna>", state="sent", reason=""),
    Row(kind="invitation", recipient=BEN, message_id="<i-ben>", state="sent", reason=""),
    Row(kind="reminder", recipient=ANNA, message_id="<r-anna>", state="sent", reason=""),
    Row(kind="reminder", recipient=BEN, message_id="", state="withdrawn", reason="answered"),
]
DELIVERIES = [
    Delivery(message_id="<i-anna>", recipient=ANNA),
    Delivery(message_id="<i-ben>", recipient=BEN),
    Delivery(message_id="<r-anna>", recipient=ANNA),
]


def killed(stage, message_id="<i-anna>"):
    return Killed(phase=Phase.INVITATION, stage=stage, takes_whole_worker=False, message_id=message_id)


def counted(*, rows=(), deliveries=(), kills=(), wanted=None, without=()):
    return tally(
        people=[ANNA, BEN],
        rows=[*ROWS, *rows],
        deliveries=[d for d in [*DELIVERIES, *deliveries] if d.message_id not in without],
        kills=kills,
        wanted_kills=wanted or {},
    )


def test_all_is_well():
    found = counted()
    assert found.problems == []
    assert (found.invited, found.reminded, found.repeats) == (2, 1, 0)
    assert found.unsent_reminders == {"withdrawn: answered": 1}
    assert found.unsent_invitations == {}


def test_someone_without_an_invitation():
    assert counted(without=["<i-ben>"]).problems == ["1 people got no invitation"]


def test_a_reminder_is_no_invitation():
    found = counted(
        without=["<i-ben>"],
        rows=[Row(kind="reminder", recipient=BEN, message_id="<r-ben>", state="sent", reason="")],
        deliveries=[Delivery(message_id="<r-ben>", recipient=BEN)],
    )
    assert found.invited == 1


@pytest.mark.parametrize("stage", [KillStage.BEFORE_RECORDING, KillStage.AT_COMMIT])
def test_a_repeat_is_allowed_where_a_worker_died_over_this_very_mail(stage):
    found = counted(deliveries=DELIVERIES[:1], kills=[killed(stage)])
    assert (found.problems, found.repeats, found.repeats_allowed) == ([], 1, 1)


@pytest.mark.parametrize(
    "kills",
    [
        [],
        [killed(KillStage.AFTER_CLAIM)],
        [killed(KillStage.DURING_SMTP)],
        [killed(KillStage.BEFORE_RECORDING, "<i-ben>")],
    ],
)
def test_any_other_repeat_is_not(kills):
    found = counted(deliveries=DELIVERIES[:1], kills=kills)
    assert found.unexplained_repeats == ["<i-anna>"]
    assert found.problems != []


def test_two_repeats_for_one_death_are_one_too_many():
    found = counted(deliveries=DELIVERIES[:1] * 2, kills=[killed(KillStage.AT_COMMIT)])
    assert (found.repeats, found.unexplained_repeats) == (2, ["<i-anna>"])


def test_a_reminder_is_never_repeated_even_when_a_worker_died_over_it():
    found = counted(deliveries=DELIVERIES[2:], kills=[killed(KillStage.AT_COMMIT, "<r-anna>")])
    assert found.problems == ["reminders sent twice: ['<r-anna>']"]


def test_the_same_mail_under_another_message_id():
    found = counted(
        rows=[Row(kind="invitation", recipient=ANNA, message_id="<again>", state="sent", reason="")],
        deliveries=[Delivery(message_id="<again>", recipient=ANNA)],
    )
    assert found.other_message_ids == [f"invitation to {ANNA}"]
    assert len(found.problems) == 1


def test_a_mail_from_nowhere():
    found = counted(deliveries=[Delivery(message_id="<nobody>", recipient=ANNA)])
    assert (found.strangers, len(found.problems)) == (["<nobody>"], 1)


@pytest.mark.parametrize("state", ["queued", "inflight", "awaiting_retry"])
def test_a_mail_that_never_settles(state):
    found = counted(rows=[Row(kind="reminder", recipient=ANNA, message_id="", state=state, reason="")])
    assert (found.stuck, len(found.problems)) == ({state: 1}, 1)


def test_a_kill_that_found_no_mail():
    found = counted(kills=[killed(KillStage.AT_COMMIT)], wanted={KillStage.AT_COMMIT: 3, KillStage.AFTER_CLAIM: 0})
    assert found.missing_kills == {KillStage.AT_COMMIT: 2}
    assert len(found.problems) == 1
