"""Whom a campaign asks: chosen in the draft, frozen with the reason at the start."""

import datetime
from collections import Counter
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from surveys.models import Campaign, Invitation, PopulationMember, RetentionRun
from surveys.selectors.asking import asking_of
from surveys.selectors.population import expected_population, frozen_population
from surveys.services.campaign_asking import AskingRejected
from surveys.services.campaign_start import NobodyToInvite, start_campaign
from surveys.services.campaign_states import close_campaign
from surveys.services.campaigns import create_campaign, update_campaign
from tests.factories import as_owner, make_employee, make_organisation, make_site
from tests.surveys.campaigns import DETAILS, events, local, make_draft, make_started, plan, rows
from wpm_platform.organisations.models import AuditEvent
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db
NEXT_MONDAY = datetime.date(2027, 3, 8)


def closed_survey(organisation):
    campaign = make_started(organisation)
    with organisation_scope(organisation):
        return close_campaign(organisation=organisation, actor=None, now=local("2026-04-01"), campaign=campaign)


def next_year(organisation, **asking):
    with organisation_scope(organisation):
        return create_campaign(
            organisation=organisation,
            actor=None,
            now=local("2027-03-01"),
            plan=plan(mondays=(NEXT_MONDAY,), reporting_year=2027),
            details=replace(DETAILS, **asking),
        )


def start(organisation, campaign):
    with organisation_scope(organisation):
        now = local("2027-03-10")
        return start_campaign(organisation=organisation, actor=None, now=now, today=now.date(), campaign=campaign)


def reasons(organisation, campaign):
    found = rows(PopulationMember, organisation, "employee", "asked_because", "exclusion_reason", campaign=campaign)
    return {pk: because or reason for pk, because, reason in found}


def test_joiners_are_hired_since_or_not_on_the_earlier_list(organisation):
    stayed, hired_before_the_week = make_employee(organisation), make_employee(organisation, is_on_leave=True)
    earlier = closed_survey(organisation)
    hired = make_employee(organisation, employed_from=datetime.date(2026, 9, 1))
    added = make_employee(organisation)
    away = make_employee(organisation, email="")
    campaign = next_year(organisation, asks="joiners", asked_since=earlier)
    start(organisation, campaign)
    assert reasons(organisation, campaign) == {
        stayed.pk: "asked_earlier",
        hired_before_the_week.pk: "on_leave",
        hired.pk: "joiner",
        added.pk: "joiner",
        away.pk: "no_address",
    }
    assert set(rows(Invitation, organisation, "employee", campaign=campaign)) == {hired.pk, added.pk}


def test_while_rows_of_the_earlier_survey_go_only_the_day_of_hiring_tells(organisation):
    staff = [make_employee(organisation) for _ in range(4)]
    earlier = closed_survey(organisation)
    hired = make_employee(organisation, employed_from=datetime.date(2026, 9, 1))
    with as_owner(organisation):
        RetentionRun.objects.create(
            organisation=organisation,
            campaign=earlier,
            months=12,
            planned_on=NEXT_MONDAY,
            announced_at=local("2027-02-01"),
            started_at=local("2027-03-01"),
        )
        PopulationMember.objects.filter(campaign=earlier, employee__in=staff[:2]).delete()
    campaign = next_year(organisation, asks="joiners", asked_since=earlier)
    start(organisation, campaign)
    assert set(rows(Invitation, organisation, "employee", campaign=campaign)) == {hired.pk}


def test_who_is_hired_after_the_survey_joined_even_when_listed_then(organisation):
    make_employee(organisation)
    later = make_employee(organisation, employed_from=datetime.date(2026, 6, 1))
    campaign = next_year(organisation, asks="joiners", asked_since=closed_survey(organisation))
    start(organisation, campaign)
    assert rows(Invitation, organisation, "employee", campaign=campaign) == [later.pk]


def test_anchor_is_what_was_previewed_and_can_be_drawn_again(organisation):
    sites = [make_site(organisation, name=name) for name in ("Noord", "Zuid")]
    for number in range(40):
        make_employee(organisation, site=sites[number % 4 == 0])
    campaign = next_year(organisation, asks="anchor", anchor_size=12)
    with organisation_scope(organisation):
        expected = expected_population(
            organisation=organisation,
            mondays=[NEXT_MONDAY],
            today=datetime.date(2027, 3, 10),
            asking=asking_of(campaign),
        )
    started = start(organisation, campaign)
    drawn = rows(PopulationMember, organisation, "employee__site__name", campaign=campaign, asked_because="anchor")
    assert Counter(drawn) == {"Noord": 9, "Zuid": 3}
    assert (expected.invited, expected.because, expected.excluded) == (12, (("anchor", 12),), (("not_drawn", 28),))
    with organisation_scope(organisation):
        assert frozen_population(campaign=started) == expected
    with as_owner(organisation):
        event = AuditEvent.objects.filter(organisation=organisation, action="campaign.started").latest("pk")
    assert event.detail == {"asks": "anchor", "invited": 12, "not_invited": 28, "invitations": 12}


def test_everybody_is_asked_unless_chosen_otherwise(organisation):
    person = make_employee(organisation)
    campaign = make_started(organisation)
    assert reasons(organisation, campaign) == {person.pk: "everybody"}
    with organisation_scope(organisation):
        assert frozen_population(campaign=campaign).because == ()


def test_joiners_and_anchor_each_with_their_reason(organisation):
    for _ in range(30):
        make_employee(organisation)
    earlier = closed_survey(organisation)
    for _ in range(30):
        make_employee(organisation)
    campaign = next_year(organisation, asks="joiners_and_anchor", asked_since=earlier, anchor_size=10)
    start(organisation, campaign)
    found = Counter(reasons(organisation, campaign).values())
    assert found["anchor"] == 10
    assert found["joiner"] + found["anchor"] + found["not_drawn"] == 60
    assert 20 <= found["joiner"] <= 30


def test_nobody_joined_is_nobody_to_invite(organisation):
    make_employee(organisation)
    campaign = next_year(organisation, asks="joiners", asked_since=closed_survey(organisation))
    with pytest.raises(NobodyToInvite):
        start(organisation, campaign)
    assert rows(PopulationMember, organisation, campaign=campaign) == []


@pytest.mark.parametrize("size", [9, 5001])
def test_size_of_the_lot_has_bounds(organisation, size):
    with pytest.raises(AskingRejected):
        next_year(organisation, asks="anchor", anchor_size=size)
    assert rows(Campaign, organisation) == []


def test_joiners_need_a_closed_survey_of_this_organisation(organisation):
    other = make_organisation()
    make_employee(other)
    foreign, draft = closed_survey(other), make_draft(organisation)
    for since in (None, foreign, draft):
        with pytest.raises(AskingRejected):
            next_year(organisation, asks="joiners", asked_since=since)


def test_a_draft_may_change_its_mind_and_forgets_what_it_does_not_need(organisation):
    make_employee(organisation)
    campaign = next_year(organisation, asks="joiners_and_anchor", asked_since=closed_survey(organisation))
    assert campaign.anchor_size == 50
    with organisation_scope(organisation):
        changed = update_campaign(
            organisation=organisation,
            actor=None,
            now=local("2027-03-02"),
            campaign=campaign,
            plan=plan(mondays=(NEXT_MONDAY,), reporting_year=2027),
            details=DETAILS,
        )
    assert (changed.asks, changed.anchor_size, changed.asked_since) == ("everybody", None, None)
    assert events(organisation).count("campaign.changed") == 1


def test_database_refuses_a_lot_without_size(organisation):
    campaign = make_draft(organisation)
    with as_owner(organisation), pytest.raises(IntegrityError), transaction.atomic():
        Campaign.objects.filter(pk=campaign.pk).update(asks="anchor")
