"""The circuit breaker, on real rows."""

import datetime

import pytest

from surveys.enums import CampaignState, PauseReason
from surveys.models import Campaign, Invitation
from surveys.services.campaign_states import resume_campaign
from surveys.services.mail_breaker import check_breaker
from tests.factories import (
    NOW,
    as_owner,
    make_campaign,
    make_employee,
    make_invitation,
    make_member,
    make_organisation,
    make_week,
)
from tests.mailing.outbox_rows import make_mail, stored
from wpm_platform.mailing.enums import MailState
from wpm_platform.organisations.models import AuditEvent
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)


def survey(*, mails=0, bounced=0, sent_at=NOW, organisation=None):
    """A running campaign of which so many mails left, and so many of these bounced."""
    organisation = organisation or make_organisation()
    campaign = make_campaign(organisation, started_at=NOW - 60 * MINUTE)
    week = make_week(campaign)
    invitation = make_invitation(week, make_employee(organisation))
    mail_more(campaign, invitation, mails=mails, bounced=bounced, sent_at=sent_at)
    return campaign, invitation


def mail_more(campaign, invitation, *, mails, bounced, sent_at, **fields):
    for number in range(mails):
        state = MailState.HARD_BOUNCE if number < bounced else MailState.SENT
        fields = {"kind": "surveys.invitation", **fields}
        make_mail(
            campaign.organisation,
            state=state,
            reference=invitation.code,
            claimed_at=sent_at,
            sent_at=None if number < bounced else sent_at,
            **fields,
        )


def opt_out(campaign, invitation, *, people, at):
    for _number in range(people):
        make_invitation(invitation.week, make_employee(campaign.organisation), opted_out_at=at)


def check(organisation, *, now=NOW + MINUTE):
    with organisation_scope(organisation):
        return check_breaker(organisation=organisation, now=now)


def found(campaign):
    with as_owner(campaign.organisation):
        fresh = Campaign.objects.get(pk=campaign.pk)
    return fresh.state, fresh.pause_reason


@pytest.mark.parametrize(
    ("mails", "bounced", "state"),
    [(40, 2, "paused"), (40, 1, "running"), (39, 39, "running"), (60, 3, "paused"), (60, 2, "running")],
)
def test_too_many_bounces_pause_the_campaign(mails, bounced, state):
    campaign, _invitation = survey(mails=mails, bounced=bounced)
    assert check(campaign.organisation) == (1 if state == "paused" else 0)
    assert found(campaign) == (state, PauseReason.BOUNCES if state == "paused" else "")


def test_pausing_by_itself_withdraws_what_waits_and_is_in_the_audit_trail():
    campaign, invitation = survey(mails=40, bounced=2)
    waiting = make_mail(
        campaign.organisation, state=MailState.QUEUED, reference=invitation.code, attempts=0, sent_at=None
    )
    check(campaign.organisation)
    assert (stored(waiting).state, stored(waiting).reason) == (MailState.WITHDRAWN, "paused")
    with as_owner(campaign.organisation):
        event = AuditEvent.objects.get(action="campaign.paused")
    assert (event.actor, event.subject, event.detail) == (None, str(campaign.code), {"mails": 1, "reason": "bounces"})


def test_done_twice_it_pauses_once():
    campaign, _invitation = survey(mails=40, bounced=2)
    assert [check(campaign.organisation), check(campaign.organisation)] == [1, 0]
    with as_owner(campaign.organisation):
        assert AuditEvent.objects.filter(action="campaign.paused").count() == 1


def test_test_mails_and_own_links_do_not_count():
    campaign, invitation = survey()
    mail_more(campaign, invitation, mails=40, bounced=40, sent_at=NOW, kind="surveys.own_link")
    assert check(campaign.organisation) == 0


def test_another_campaign_and_another_organisation_go_on():
    campaign, _invitation = survey(mails=40, bounced=40)
    sibling, _other = survey(mails=40, organisation=campaign.organisation)
    neighbour, _theirs = survey(mails=40, bounced=40)
    assert check(campaign.organisation) == 1
    assert [found(one)[0] for one in (campaign, sibling, neighbour)] == ["paused", "running", "running"]


@pytest.mark.parametrize(("people", "state"), [(9, "running"), (10, "paused")])
def test_an_opt_out_burst_pauses_the_campaign(people, state):
    campaign, invitation = survey(mails=50)
    opt_out(campaign, invitation, people=people, at=NOW)
    check(campaign.organisation)
    assert found(campaign) == (state, PauseReason.OPT_OUTS if state == "paused" else "")


def test_opt_outs_spread_over_hours_are_no_burst():
    campaign, invitation = survey(mails=50)
    opt_out(campaign, invitation, people=9, at=NOW)
    opt_out(campaign, invitation, people=9, at=NOW + 61 * MINUTE)
    assert check(campaign.organisation, now=NOW + 61 * MINUTE) == 0


def test_opt_outs_a_day_after_the_last_mail_are_no_burst():
    campaign, invitation = survey(mails=50)
    opt_out(campaign, invitation, people=20, at=NOW + 25 * 60 * MINUTE)
    assert check(campaign.organisation, now=NOW + 25 * 60 * MINUTE) == 0


def test_one_person_with_many_weeks_opts_out_once():
    campaign, invitation = survey(mails=50)
    with as_owner(campaign.organisation):
        Invitation.objects.filter(pk=invitation.pk).update(opted_out_at=NOW)
    for number in range(1, 12):
        week = make_week(campaign, monday=datetime.date(2026, 3, 9) + number * datetime.timedelta(days=7))
        make_invitation(week, invitation.employee, opted_out_at=NOW)
    assert check(campaign.organisation) == 0


def resume(campaign, *, now):
    with organisation_scope(campaign.organisation):
        resume_campaign(
            organisation=campaign.organisation, actor=make_member(campaign.organisation), now=now, campaign=campaign
        )


def test_after_hr_let_it_go_on_the_same_events_do_not_pause_it_again():
    campaign, invitation = survey(mails=40, bounced=40)
    opt_out(campaign, invitation, people=30, at=NOW)
    check(campaign.organisation)
    resume(campaign, now=NOW + 2 * MINUTE)
    assert found(campaign) == (CampaignState.RUNNING, "")
    assert check(campaign.organisation, now=NOW + 3 * MINUTE) == 0
    mail_more(campaign, invitation, mails=39, bounced=39, sent_at=NOW + 4 * MINUTE)
    assert check(campaign.organisation, now=NOW + 5 * MINUTE) == 0
    mail_more(campaign, invitation, mails=1, bounced=1, sent_at=NOW + 5 * MINUTE)
    assert check(campaign.organisation, now=NOW + 6 * MINUTE) == 1
    assert found(campaign) == (CampaignState.PAUSED, PauseReason.BOUNCES)


@pytest.mark.parametrize("state", [CampaignState.PAUSED, CampaignState.CLOSED])
def test_a_campaign_that_does_not_run_is_left_alone(state):
    campaign, _invitation = survey(mails=40, bounced=40)
    with as_owner(campaign.organisation):
        Campaign.objects.filter(pk=campaign.pk).update(state=state)
    assert check(campaign.organisation) == 0
    assert found(campaign) == (state, "")
