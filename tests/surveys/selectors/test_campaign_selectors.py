"""The list of campaigns, the timeline, mail counts, and what a person was asked."""

import datetime

import pytest

from surveys.domain.population import PopulationReason
from surveys.models import Campaign, Employee
from surveys.selectors.campaign_timeline import StepKind, campaign_timeline, near_steps
from surveys.selectors.campaigns import (
    MailCounts,
    campaign_by_code,
    campaign_lines,
    holidays_in,
    mail_counts,
    undelivered_mails,
)
from surveys.selectors.exclusion_labels import EXCLUSION_LABELS, exclusion_label
from surveys.selectors.invitation_history import exclusions_of, invitation_history
from surveys.services.campaign_progress import advance_campaigns
from tests.factories import (
    as_owner,
    make_campaign,
    make_employee,
    make_invitation,
    make_organisation,
    make_site,
    make_week,
)
from tests.surveys.campaigns import local, make_started, send_all
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db
OPENING, FIRST = local("2026-03-16"), local("2026-03-18")


@pytest.fixture
def organisation():
    return make_organisation()


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
    campaign = make_campaign(organisation)
    make_week(campaign, opens_at=OPENING, closes_at=local("2026-03-30", "23:59"))
    steps = campaign_timeline(campaign=found(organisation, campaign), now=local("2026-03-18", "09:01"))
    assert [(step.kind, step.number, step.is_past, step.is_next) for step in steps] == [
        (StepKind.INVITATION, 0, True, False),
        (StepKind.REMINDER, 1, True, False),
        (StepKind.REMINDER, 2, False, True),
        (StepKind.REMINDER, 3, False, False),
        (StepKind.CLOSE, 0, False, False),
    ]


def test_timeline_of_a_long_panel_shows_what_is_near(organisation):
    campaign = make_campaign(organisation, kind="weekly_panel", has_reminders=False)
    for number in range(10):
        opens_at = OPENING + datetime.timedelta(weeks=number)
        make_week(
            campaign,
            monday=datetime.date(2026, 3, 9) + datetime.timedelta(weeks=number),
            opens_at=opens_at,
            closes_at=opens_at + datetime.timedelta(days=6),
        )
    steps = near_steps(campaign_timeline(campaign=found(organisation, campaign), now=local("2026-04-15")))
    assert [step.is_past for step in steps] == [True, True, False, False, False, False, False]


def test_holidays_of_the_surveyed_week(organisation):
    campaign = make_campaign(organisation)
    make_week(campaign, monday=datetime.date(2026, 4, 27))
    assert [day.name for day in holidays_in(found(organisation, campaign), language="nl")] == ["Koningsdag"]


def test_mail_counts_and_undelivered(organisation):
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
        [(invitation, mail)] = undelivered_mails(organisation=organisation, campaign=campaign)
        assert (invitation.employee.email, mail.reason) == ("bram@voorbeeld.example", "550 unknown")
        assert len(undelivered_mails(organisation=organisation, campaign=campaign, site_id=venlo.pk)) == 1
        assert undelivered_mails(organisation=organisation, campaign=campaign, site_id=venlo.pk + 1000) == []


def test_history_of_a_person(organisation):
    anna = make_employee(organisation)
    campaign = make_started(organisation)
    pass_moment(organisation, OPENING)
    pass_moment(organisation, FIRST)
    with organisation_scope(organisation):
        [history] = invitation_history(organisation=organisation, employee=anna)
        assert history.invitation.campaign == campaign
        assert history.invitation.invited_at == OPENING
        assert history.reminded_at == (FIRST,)
        assert (history.invitation.answered_at, history.mail_problem) == (None, "")
        assert exclusions_of(organisation=organisation, employee=anna) == []


def test_history_of_who_was_left_out(organisation):
    make_employee(organisation)
    away = make_employee(organisation, is_on_leave=True)
    make_started(organisation)
    with organisation_scope(organisation):
        [exclusion] = exclusions_of(organisation=organisation, employee=away)
        assert exclusion.exclusion_reason == "on_leave"
        assert invitation_history(organisation=organisation, employee=away) == []


def test_history_is_not_for_another_organisation(organisation):
    anna = make_employee(organisation)
    make_started(organisation)
    other = make_organisation()
    with organisation_scope(other):
        assert invitation_history(organisation=other, employee=anna) == []
        assert Employee.objects.count() == 0


def test_every_reason_has_words():
    assert set(EXCLUSION_LABELS) == set(PopulationReason) - {PopulationReason.INVITED}
    assert exclusion_label("something_new") == "something_new"
