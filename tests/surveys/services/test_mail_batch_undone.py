"""A list can be undone for some minutes before its mails leave, and planned again."""

import pytest

from surveys.models import MailBatch, MailStep
from surveys.services.mail_batches import BatchReleased, BatchUndone, undo_batch
from surveys.services.mail_plan import move_step, restore_step
from tests.factories import audited, make_employee, make_organisation
from tests.surveys.campaigns import (
    advance,
    local,
    mails,
    make_started,
    plan_step,
    rows,
)
from tests.surveys.mail_lists import MINUTE, OPENING, TEN_MINUTES, batch, do, pass_moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    organisation = make_organisation()
    make_employee(organisation, email="anna@voorbeeld.example")
    return organisation


@pytest.fixture
def _ten_minutes(settings):
    settings.MAIL_UNDO_MINUTES = 10


@pytest.mark.usefixtures("_ten_minutes")
def test_undone_list_sends_nothing_and_can_be_planned_again(organisation):
    make_started(organisation)
    advance(organisation, now=OPENING - TEN_MINUTES)
    undone = do(undo_batch, organisation, now=OPENING - MINUTE, batch=batch(organisation))
    assert (undone.undone_at, plan_step(organisation, "invitation").state) == (OPENING - MINUTE, "undone")
    pass_moment(organisation, OPENING)
    assert mails(organisation, "state", "reason") == [("withdrawn", "undone")]
    with pytest.raises(BatchUndone):
        do(undo_batch, organisation, now=OPENING - MINUTE, batch=undone)

    later = local("2026-03-17", "11:00")
    do(move_step, organisation, now=OPENING, step=plan_step(organisation, "invitation"), due_at=later)
    pass_moment(organisation, later - TEN_MINUTES)
    assert mails(organisation, "state", "due_at") == [("queued", later)]
    pass_moment(organisation, later)
    assert mails(organisation, "state", "reason") == [("sent", "")]
    assert len(rows(MailBatch, organisation)) == 2
    assert [action for action, _subject in audited(organisation)][2:] == ["mail_step.undone", "mail_step.moved"]


@pytest.mark.usefixtures("_ten_minutes")
def test_undone_list_taken_back_waits_its_ten_minutes_again(organisation):
    make_started(organisation)
    advance(organisation, now=OPENING - TEN_MINUTES)
    do(undo_batch, organisation, now=OPENING - MINUTE, batch=batch(organisation))
    now = OPENING + TEN_MINUTES
    do(restore_step, organisation, now=now, step=plan_step(organisation, "invitation"))
    advance(organisation, now=now)
    assert mails(organisation, "state", "due_at") == [("queued", now + TEN_MINUTES)]


@pytest.mark.usefixtures("_ten_minutes")
def test_list_cannot_be_undone_once_its_minutes_are_over(organisation):
    make_started(organisation)
    advance(organisation, now=OPENING - TEN_MINUTES)
    with pytest.raises(BatchReleased):
        do(undo_batch, organisation, now=OPENING, batch=batch(organisation))
    pass_moment(organisation, OPENING)
    assert mails(organisation, "state") == ["sent"]


@pytest.mark.usefixtures("_ten_minutes")
def test_list_of_another_organisation_is_not_found(organisation):
    make_started(organisation)
    advance(organisation, now=OPENING - TEN_MINUTES)
    with pytest.raises(MailStep.DoesNotExist):
        do(undo_batch, make_organisation(), now=OPENING - MINUTE, batch=batch(organisation))
    assert mails(organisation, "state") == ["queued"]
