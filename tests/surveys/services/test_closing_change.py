"""Another last moment to answer while a campaign runs, and campaigns from before there were plans."""

import datetime

import pytest

from surveys.models import CampaignText, MailStep, SurveyWeek
from surveys.services.campaign_states import close_campaign
from surveys.services.mail_plan import change_closing, lay_missing_plans, move_step
from surveys.services.mail_plan.refusals import CampaignOver, ClosingProblem, ClosingRejected
from tests.factories import as_owner, audited, make_employee, make_organisation
from tests.surveys.campaigns import (
    advance,
    local,
    mails,
    make_draft,
    make_started,
    plan_step,
    rows,
    send_all,
    step_states,
)
from tests.wpm_platform.organisations.concurrency import at_once
from wpm_platform.scoping import call_system_function, organisation_scope

pytestmark = pytest.mark.django_db
OPENING, NOW = local("2026-03-16"), local("2026-03-19", "12:00")


@pytest.fixture
def organisation():
    organisation = make_organisation()
    make_employee(organisation)
    return organisation


def close_at(organisation, day, *, now=NOW, place=0, clock_time="23:59"):
    week = rows(SurveyWeek, organisation)[place]
    with organisation_scope(organisation):
        return change_closing(
            organisation=organisation, actor=None, now=now, week=week, closes_at=local(day, clock_time)
        )


def pass_moment(organisation, now):
    advance(organisation, now=now)
    send_all(organisation, now=now)


def plan_of(organisation):
    found = rows(MailStep, organisation, "kind", "number", "state", "due_at")
    return sorted(found, key=lambda step: (step[3], step[1]))


def test_earlier_close_brings_the_last_reminder_and_the_thanks_forward(organisation):
    make_started(organisation)
    pass_moment(organisation, OPENING)
    pass_moment(organisation, local("2026-03-18"))
    week = close_at(organisation, "2026-03-24")
    assert week.closes_at == local("2026-03-24", "23:59")
    assert plan_of(organisation)[2:] == [
        ("reminder", 1, "released", local("2026-03-18")),
        ("reminder", 2, "planned", local("2026-03-23")),
        ("thanks", 0, "planned", local("2026-03-25")),
        ("reminder", 3, "expired", local("2026-03-27")),
    ]
    assert step_states(organisation)[-1] == ("reminder", 3, "expired", "no_longer_fits")
    assert plan_step(organisation, "reminder", number=2).expires_at == local("2026-03-24", "23:59")
    assert audited(organisation)[-1][0] == "campaign.closing_changed"


def test_later_close_moves_them_back(organisation):
    make_started(organisation)
    pass_moment(organisation, OPENING)
    close_at(organisation, "2026-04-09")
    assert plan_of(organisation)[-2:] == [
        ("reminder", 3, "planned", local("2026-04-08")),
        ("thanks", 0, "planned", local("2026-04-10")),
    ]
    assert plan_step(organisation, "invitation").expires_at == local("2026-04-09", "23:59")


def test_reminder_whose_new_moment_has_passed_expires(organisation):
    make_started(organisation)
    pass_moment(organisation, OPENING)
    # The last working day before Friday is today, at nine.
    close_at(organisation, "2026-03-20")
    assert ("reminder", 2, "expired", local("2026-03-19")) in plan_of(organisation)
    pass_moment(organisation, NOW)
    assert ("reminder", 1, "released", local("2026-03-18")) in plan_of(organisation)


def test_moved_reminder_stays_while_it_fits(organisation):
    make_started(organisation)
    pass_moment(organisation, OPENING)
    step = plan_step(organisation, "reminder", number=3)
    with organisation_scope(organisation):
        due_at = local("2026-03-25", "14:00")
        move_step(organisation=organisation, actor=None, now=NOW, step=step, due_at=due_at)
    close_at(organisation, "2026-03-26")
    assert plan_step(organisation, "reminder", number=3).due_at == local("2026-03-25", "14:00")
    close_at(organisation, "2026-03-24")
    assert plan_step(organisation, "reminder", number=3).state == "expired"


@pytest.mark.parametrize(
    ("day", "now", "problem"),
    [
        ("2026-03-18", NOW, ClosingProblem.PAST),
        ("2026-03-17", local("2026-03-17", "10:00"), ClosingProblem.TOO_SOON),
        ("2026-05-16", NOW, ClosingProblem.TOO_LATE),
        ("2026-04-10", local("2026-03-31"), ClosingProblem.WEEK_CLOSED),
    ],
)
def test_moment_that_cannot_be_is_refused(organisation, day, now, problem):
    make_started(organisation)
    with pytest.raises(ClosingRejected) as refusal:
        close_at(organisation, day, now=now)
    assert refusal.value.problem == problem
    assert str(refusal.value)
    assert rows(SurveyWeek, organisation, "closes_at") == [local("2026-03-30", "23:59")]


def test_week_of_a_panel_closes_before_the_next_invitation(organisation):
    mondays = (datetime.date(2026, 3, 9), datetime.date(2026, 3, 16))
    make_started(organisation, kind="weekly_panel", mondays=mondays)
    with pytest.raises(ClosingRejected) as refusal:
        close_at(organisation, "2026-03-23")
    assert refusal.value.problem == ClosingProblem.NEXT_WEEK
    close_at(organisation, "2026-03-21")
    assert plan_step(organisation, "thanks").due_at == local("2026-03-30")


def test_draft_and_closed_campaign_are_refused(organisation):
    campaign = make_draft(organisation)
    with pytest.raises(CampaignOver):
        close_at(organisation, "2026-04-09", now=local("2026-03-10"))
    with as_owner(organisation):
        campaign.weeks.all().delete()
    started = make_started(organisation)
    with organisation_scope(organisation):
        close_campaign(organisation=organisation, actor=None, now=NOW, campaign=started)
    with pytest.raises(CampaignOver):
        close_at(organisation, "2026-04-09")


def test_same_moment_changes_nothing(organisation):
    make_started(organisation)
    before = audited(organisation)
    close_at(organisation, "2026-03-30")
    assert audited(organisation) == before


def test_week_of_another_organisation_is_not_found(organisation):
    make_started(organisation)
    [week] = rows(SurveyWeek, organisation)
    other = make_organisation()
    with organisation_scope(other), pytest.raises(Exception, match="matching query does not exist"):
        change_closing(organisation=other, actor=None, now=NOW, week=week, closes_at=local("2026-04-09"))


@pytest.mark.django_db(transaction=True)
def test_two_people_who_change_it_at_once_leave_one_plan(organisation):
    make_started(organisation)
    at_once(lambda: close_at(organisation, "2026-03-24"), lambda: close_at(organisation, "2026-04-09"))
    [closes_at] = rows(SurveyWeek, organisation, "closes_at")
    assert plan_step(organisation, "invitation").expires_at == closes_at
    assert len(rows(MailStep, organisation)) == 6


def forget_plan(organisation):
    with as_owner(organisation):
        MailStep.objects.filter(organisation=organisation).delete()


def without_running():
    return {row["organisation_id"] for row in call_system_function("organisations_with_open_mail_steps")}


def test_campaign_from_before_there_were_plans_goes_on_where_it_was(organisation):
    make_started(organisation)
    for now in (OPENING, local("2026-03-18")):
        pass_moment(organisation, now)
    forget_plan(organisation)
    with as_owner(organisation):
        CampaignText.objects.filter(kind__in=["announcement", "thanks"]).delete()
    assert organisation.pk in without_running()
    pass_moment(organisation, NOW)
    assert step_states(organisation) == [
        ("announcement", 0, "expired", "started_later"),
        ("invitation", 0, "released", ""),
        ("reminder", 1, "released", ""),
        ("reminder", 2, "planned", ""),
        ("reminder", 3, "planned", ""),
        ("thanks", 0, "skipped", "text_missing"),
    ]
    pass_moment(organisation, local("2026-03-23"))
    sent = mails(organisation, "kind", "state")
    assert sent == [("surveys.invitation", "sent"), ("surveys.reminder", "sent"), ("surveys.reminder", "sent")]


def test_draft_from_before_there_were_plans_gets_one_by_the_tick(organisation):
    make_draft(organisation)
    forget_plan(organisation)
    assert organisation.pk in without_running()
    with organisation_scope(organisation):
        assert lay_missing_plans(organisation=organisation, now=NOW) == 1
        assert lay_missing_plans(organisation=organisation, now=NOW) == 0
    assert {state for *_step, state, _reason in step_states(organisation)} == {"planned"}
    assert organisation.pk not in without_running()


def test_closed_campaign_is_looked_after_until_its_thanks_have_left(organisation):
    campaign = make_started(organisation)
    pass_moment(organisation, OPENING)
    with organisation_scope(organisation):
        close_campaign(organisation=organisation, actor=None, now=NOW, campaign=campaign)
    assert organisation.pk in without_running()
    pass_moment(organisation, local("2026-03-20"))
    assert organisation.pk not in without_running()
    assert plan_step(organisation, "thanks").reason == "nobody"
