"""The list of campaigns, the timeline, mail counts, and what a person was asked."""

import datetime
from dataclasses import replace

import pytest

from surveys.domain.population import PopulationReason
from surveys.models import Campaign, Employee
from surveys.selectors.campaign_timeline import campaign_timeline, near_steps
from surveys.selectors.campaigns import (
    MailCounts,
    campaign_by_code,
    campaign_lines,
    holidays_in,
    mail_counts,
)
from surveys.selectors.exclusion_labels import EXCLUSION_LABELS, exclusion_label
from surveys.selectors.invitation_history import exclusions_of, invitation_history
from surveys.selectors.mail_reason_labels import step_reason_label
from surveys.services.campaign_progress import advance_campaigns
from surveys.services.campaign_states import close_campaign
from tests.factories import (
    as_owner,
    make_campaign,
    make_employee,
    make_invitation,
    make_organisation,
    make_site,
    make_week,
)
from tests.surveys.campaigns import DETAILS, local, make_draft, make_started, send_all
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db
OPENING, FIRST = local("2026-03-16"), local("2026-03-18")


def pass_moment(organisation, now):
    with organisation_scope(organisation):
        advance_campaigns(organisation=organisation, now=now)
    send_all(organisation, now=now)


@pytest.mark.parametrize("campaigns", [1, 3])
def test_list_of_campaigns_takes_two_queries(organisation, campaigns, django_assert_num_queries):
    for number in range(campaigns):
        week = make_week(make_campaign(organisation, created_at=OPENING + datetime.timedelta(days=number)))
        make_invitation(week, make_employee(organisation), answered_at=OPENING if number == 0 else None)
    with organisation_scope(organisation), django_assert_num_queries(2):
        lines = campaign_lines(organisation=organisation)
    assert [(line.invited, line.answered) for line in lines] == [(1, 0)] * (campaigns - 1) + [(1, 1)]


def test_campaign_of_another_organisation_does_not_exist(organisation):
    campaign = make_campaign(organisation)
    other = make_organisation()
    with organisation_scope(other), pytest.raises(Campaign.DoesNotExist):
        campaign_by_code(organisation=other, code=campaign.code)


def found(organisation, campaign):
    with organisation_scope(organisation):
        return campaign_by_code(organisation=organisation, code=campaign.code)


def test_timeline_marks_what_is_past_and_what_is_next(organisation):
    make_employee(organisation)
    campaign = make_started(organisation)
    for now in (OPENING, FIRST):
        pass_moment(organisation, now)
    with organisation_scope(organisation):
        steps = campaign_timeline(campaign=found(organisation, campaign), now=local("2026-03-18", "09:01"))
    assert [(step.kind, step.number, step.state, step.is_past, step.is_next) for step in steps] == [
        ("announcement", 0, "expired", True, False),
        ("invitation", 0, "released", True, False),
        ("reminder", 1, "released", True, False),
        ("reminder", 2, "planned", False, True),
        ("reminder", 3, "planned", False, False),
        ("close", 0, "", False, False),
        ("thanks", 0, "planned", False, False),
    ]
    assert [(step.is_sent, step.is_not_sent, step.reason) for step in steps[:2]] == [
        (False, True, "started_later"),
        (True, False, ""),
    ]


def test_timeline_says_of_a_reminder_that_never_went_why(organisation):
    make_employee(organisation)
    campaign = make_started(organisation)
    pass_moment(organisation, OPENING)
    pass_moment(organisation, local("2026-03-25"))
    with organisation_scope(organisation):
        steps = campaign_timeline(campaign=found(organisation, campaign), now=local("2026-03-25"))
    [never] = [step for step in steps if (step.kind, step.number) == ("reminder", 1)]
    assert (never.is_sent, never.is_not_sent) == (False, True)
    assert step_reason_label(never.reason) == "Te laat: de tijd was om voordat de mail weg kon."


def test_timeline_closes_when_somebody_closed_it(organisation):
    make_employee(organisation)
    campaign = make_started(organisation)
    pass_moment(organisation, OPENING)
    with organisation_scope(organisation):
        close_campaign(organisation=organisation, actor=None, now=FIRST, campaign=campaign)
        steps = campaign_timeline(campaign=found(organisation, campaign), now=FIRST)
    assert [(step.kind, step.at) for step in steps if step.kind == "close"] == [("close", FIRST)]
    assert [step.kind for step in steps if step.is_next] == ["thanks"]


def test_timeline_of_a_long_panel_shows_what_is_near(organisation):
    mondays = tuple(datetime.date(2026, 3, 9) + datetime.timedelta(weeks=number) for number in range(10))
    details = replace(DETAILS, has_reminders=False)
    campaign = make_draft(organisation, kind="weekly_panel", mondays=mondays, details=details)
    with organisation_scope(organisation):
        steps = near_steps(campaign_timeline(campaign=found(organisation, campaign), now=local("2026-04-15")))
    assert [step.is_past for step in steps] == [True] * 2 + [False] * 7


def test_holidays_of_the_surveyed_week(organisation):
    campaign = make_campaign(organisation)
    make_week(campaign, monday=datetime.date(2026, 4, 27))
    assert [day.name for day in holidays_in(found(organisation, campaign), language="nl")] == ["Koningsdag"]


def test_mail_counts(organisation):
    venlo = make_site(organisation, name="Venlo")
    make_employee(organisation, email="anna@voorbeeld.example")
    make_employee(organisation, email="bram@voorbeeld.example", site=venlo)
    campaign = make_started(organisation)
    with organisation_scope(organisation):
        advance_campaigns(organisation=organisation, now=OPENING)
        assert mail_counts(organisation=organisation, campaign=campaign) == MailCounts(sent=0, waiting=2, failed=0)
    with as_owner(organisation):
        OutgoingMail.objects.filter(recipient="bram@voorbeeld.example").update(state="failed", reason="550 unknown")
    send_all(organisation, now=OPENING)
    with organisation_scope(organisation):
        assert mail_counts(organisation=organisation, campaign=campaign) == MailCounts(sent=1, waiting=0, failed=1)


def test_history_of_a_person(organisation):
    anna = make_employee(organisation)
    campaign = make_started(organisation)
    pass_moment(organisation, OPENING)
    pass_moment(organisation, FIRST)
    with organisation_scope(organisation):
        [history] = invitation_history(organisation=organisation, employee=anna, now=FIRST)
        assert history.invitation.campaign == campaign
        assert history.invitation.invited_at == OPENING
        sent = [(moment.mail, moment.at) for moment in history.moments if moment.kind == "sent"]
        assert sent == [("surveys.invitation", OPENING), ("surveys.reminder", FIRST)]
        assert exclusions_of(organisation=organisation, employee=anna) == []


def test_history_of_who_was_left_out(organisation):
    make_employee(organisation)
    away = make_employee(organisation, is_on_leave=True)
    make_started(organisation)
    with organisation_scope(organisation):
        [exclusion] = exclusions_of(organisation=organisation, employee=away)
        assert exclusion.exclusion_reason == "on_leave"
        assert invitation_history(organisation=organisation, employee=away, now=FIRST) == []


def test_history_is_not_for_another_organisation(organisation):
    anna = make_employee(organisation)
    make_started(organisation)
    other = make_organisation()
    with organisation_scope(other):
        assert invitation_history(organisation=other, employee=anna, now=FIRST) == []
        assert Employee.objects.count() == 0


def test_every_reason_has_words():
    assert set(EXCLUSION_LABELS) == set(PopulationReason) - {PopulationReason.INVITED}
    assert exclusion_label("something_new") == "something_new"
