"""The plan as a calendar, forecasts of who gets a mail, and the frozen list in figures."""

import datetime

import pytest

from surveys.domain.eligibility import Withdrawal
from surveys.domain.mail_lines import ALREADY_SENT, JUST_MAILED, NOT_ANSWERED, NOT_INVITED
from surveys.domain.work_pattern import NO_WORKING_DAY, ON_LEAVE
from surveys.models import Campaign, Invitation, MailBatch, MailStep
from surveys.selectors.mail_batches import RECEIVING, batch_by_code, batch_lines, batch_summary
from surveys.selectors.mail_plan import plan_calendar, step_by_code, step_forecast
from surveys.selectors.mail_reason_labels import (
    REASON_LABELS,
    STEP_REASON_LABELS,
    mail_reason_label,
    step_reason_label,
)
from surveys.services.mail_batches import undo_batch
from surveys.services.mail_plan import move_step, skip_step
from tests.factories import as_owner, make_employee, make_organisation, make_site
from tests.surveys.campaigns import advance, local, make_draft, make_started, plan_step, rows, send_all
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db
OPENING, FIRST = local("2026-03-16"), local("2026-03-18")
TEN_MINUTES = datetime.timedelta(minutes=10)


@pytest.fixture
def organisation():
    organisation = make_organisation()
    make_employee(organisation, email="anna@voorbeeld.example")
    make_employee(organisation, email="bram@voorbeeld.example", language="en")
    return organisation


def calendar(organisation, campaign, *, now):
    with organisation_scope(organisation):
        found = Campaign.objects.select_related("organisation").get(pk=campaign.pk)
        return plan_calendar(campaign=found, now=now)


def line(found, kind, number=0):
    [one] = [line for line in found.lines if (line.step.kind, line.step.number) == (kind, number)]
    return one


def may(found):
    return (found.can_move, found.can_skip, found.can_restore, found.can_undo)


def test_calendar_of_a_draft_can_be_edited(organisation):
    campaign = make_draft(organisation)
    found = calendar(organisation, campaign, now=local("2026-03-10"))
    kinds = ["announcement", "invitation", "reminder", "reminder", "reminder", "thanks"]
    assert [line.step.kind for line in found.lines] == kinds
    assert [line.is_next for line in found.lines] == [True] + [False] * 5
    assert may(line(found, "invitation")) == (True, False, False, False)
    assert may(line(found, "reminder", 1)) == (True, True, False, False)
    assert [(count.name, count.planned, count.earlier, count.limit) for count in found.counts] == [("2026", 6, 0, 8)]
    assert (found.exceeded, found.can_change_closing) == (None, False)


def test_calendar_follows_a_list_from_ready_to_sent(organisation, settings):
    settings.MAIL_UNDO_MINUTES = 10
    campaign = make_started(organisation)
    advance(organisation, now=OPENING - TEN_MINUTES)
    ready = line(calendar(organisation, campaign, now=OPENING - TEN_MINUTES), "invitation")
    assert (ready.step.state, ready.receiving, ready.left_out) == ("prepared", 2, 0)
    assert may(ready) == (False, False, False, True)
    advance(organisation, now=OPENING)
    sent = line(calendar(organisation, campaign, now=OPENING), "invitation")
    assert (sent.step.state, sent.is_past, may(sent)) == ("released", True, (False, False, False, False))
    assert calendar(organisation, campaign, now=OPENING).undo_minutes == 10


def test_calendar_offers_to_take_back_what_was_left_out_or_undone(organisation, settings):
    settings.MAIL_UNDO_MINUTES = 10
    campaign = make_started(organisation)
    with organisation_scope(organisation):
        step = plan_step(organisation, "reminder", number=3)
        skip_step(organisation=organisation, actor=None, now=local("2026-03-12"), step=step)
    advance(organisation, now=OPENING - TEN_MINUTES)
    with organisation_scope(organisation):
        undo_batch(organisation=organisation, actor=None, now=OPENING - TEN_MINUTES, batch=MailBatch.objects.get())
    found = calendar(organisation, campaign, now=OPENING)
    assert may(line(found, "reminder", 3)) == (False, False, True, False)
    undone = line(found, "invitation")
    assert (undone.batch, undone.receiving, may(undone)) == (None, None, (True, False, True, False))


def test_calendar_warns_about_the_week_and_the_moment(organisation):
    campaign = make_draft(organisation, mondays=(datetime.date(2026, 4, 27),))
    with organisation_scope(organisation):
        step = plan_step(organisation, "thanks")
        due_at = local("2026-05-25", "10:00")
        move_step(organisation=organisation, actor=None, now=local("2026-04-28"), step=step, due_at=due_at)
    found = calendar(organisation, campaign, now=local("2026-04-28"))
    [week] = found.weeks
    assert [day.name for day in week.public_holidays] == ["Koningsdag"]
    assert ([holiday.kind for holiday in week.school_holidays], week.knows_school_holidays) == (["may"], True)
    assert line(found, "thanks").public_holiday == "Tweede pinksterdag"
    assert (line(found, "thanks").is_weekend, line(found, "thanks").is_at_night) == (False, False)
    with as_owner(organisation):
        MailStep.objects.filter(pk=step.pk).update(due_at=local("2026-05-23", "21:00"))
    saturday_night = line(calendar(organisation, campaign, now=local("2026-04-28")), "thanks")
    assert (saturday_night.is_weekend, saturday_night.is_at_night) == (True, True)


def test_calendar_shows_a_plan_above_the_limit(organisation):
    organisation.yearly_mail_limit = 5
    with as_owner(organisation):
        organisation.save()
    found = calendar(organisation, make_draft(organisation), now=local("2026-03-10"))
    assert (found.exceeded.total, found.exceeded.limit) == (6, 5)


@pytest.mark.parametrize("weeks", [1, 6])
def test_calendar_takes_the_same_queries_for_any_number_of_weeks(organisation, weeks, django_assert_num_queries):
    mondays = tuple(datetime.date(2026, 3, 9) + datetime.timedelta(weeks=number) for number in range(weeks))
    campaign = make_draft(organisation, kind="weekly_panel", mondays=mondays)
    with organisation_scope(organisation), django_assert_num_queries(4):
        plan_calendar(campaign=campaign, now=OPENING)


def forecast(organisation, kind, *, now, number=0):
    step = plan_step(organisation, kind, number=number)
    with organisation_scope(organisation):
        return step_forecast(step=step, now=now)


def test_forecast_of_a_draft_counts_who_would_be_invited(organisation):
    make_employee(organisation, email="")
    make_draft(organisation)
    found = forecast(organisation, "invitation", now=local("2026-03-10"))
    assert (found.receiving, found.left_out, found.left_out_total) == (2, (("no_address", 1),), 1)


def test_forecast_of_a_reminder_before_and_after_the_invitation(organisation):
    make_started(organisation)
    before = forecast(organisation, "reminder", number=1, now=local("2026-03-12"))
    assert (before.receiving, before.languages) == (2, (("nl", 1), ("en", 1)))
    advance(organisation, now=OPENING)
    send_all(organisation, now=OPENING)
    with as_owner(organisation):
        Invitation.objects.filter(employee__email="anna@voorbeeld.example").update(answered_at=OPENING)
    after = forecast(organisation, "reminder", number=1, now=local("2026-03-17"))
    assert (after.receiving, after.left_out) == (1, (("answered", 1),))


def test_step_and_list_of_another_organisation_do_not_exist(organisation):
    campaign = make_started(organisation)
    advance(organisation, now=OPENING)
    [batch], step = rows(MailBatch, organisation), plan_step(organisation, "invitation")
    other = make_organisation()
    with organisation_scope(organisation):
        assert step_by_code(organisation=organisation, campaign=campaign, code=step.code) == step
        assert batch_by_code(organisation=organisation, campaign=campaign, code=batch.code) == batch
    with organisation_scope(other):
        with pytest.raises(MailStep.DoesNotExist):
            step_by_code(organisation=other, campaign=campaign, code=step.code)
        with pytest.raises(MailBatch.DoesNotExist):
            batch_by_code(organisation=other, campaign=campaign, code=batch.code)


def test_list_in_figures_and_by_person(organisation):
    venlo = make_site(organisation, name="Venlo")
    make_employee(organisation, email="carla@voorbeeld.example", site=venlo)
    campaign = make_started(organisation)
    with as_owner(organisation):
        Invitation.objects.filter(employee__email="anna@voorbeeld.example").update(answered_at=OPENING)
    advance(organisation, now=OPENING)
    send_all(organisation, now=OPENING)
    [batch] = rows(MailBatch, organisation)
    with organisation_scope(organisation):
        found = batch_by_code(organisation=organisation, campaign=campaign, code=batch.code)
        summary = batch_summary(batch=found, now=OPENING)
        assert (summary.receiving, summary.left_out, summary.left_out_total) == (2, (("answered", 1),), 1)
        assert sorted(summary.languages) == [("en", 1), ("nl", 1)]
        assert (summary.first_at, summary.last_at, summary.can_undo) == (OPENING, OPENING, False)
        assert summary.states == (("sent", 2),)
        names = [
            [line.employee.email.split("@")[0] for line in batch_lines(batch=found, **chosen)]
            for chosen in ({}, {"shows": RECEIVING}, {"shows": "answered"}, {"site_id": venlo.pk})
        ]
    assert names == [["anna", "bram", "carla"], ["bram", "carla"], ["anna"], ["carla"]]


def test_every_reason_has_words():
    ours = {ALREADY_SENT, NOT_INVITED, JUST_MAILED, NOT_ANSWERED, NO_WORKING_DAY, ON_LEAVE}
    assert set(REASON_LABELS) == ours | {reason.value for reason in Withdrawal}
    assert mail_reason_label("something_new") == "something_new"
    assert {step_reason_label(code) for code in STEP_REASON_LABELS} == {
        str(text) for text in STEP_REASON_LABELS.values()
    }
