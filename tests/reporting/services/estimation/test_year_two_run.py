"""The year after: a report over a survey among joiners or a lot is estimated from the last survey among everybody."""

import datetime
import random
from collections import Counter

import numpy
import pytest
from django.db import connection
from django.urls import reverse
from threadpoolctl import threadpool_info, threadpool_limits

from reporting.models import Report
from reporting.services.reports import choose_campaign, open_report
from surveys.models import Campaign, DayAnswer, Employee, Invitation, PopulationMember, Response
from tests.factories import NOW, as_owner, make_campaign, make_member, make_organisation, make_week
from tests.reporting.report_rows import in_scope
from tests.reporting.services.estimation.estimating import fresh, result_of, start, work
from tests.reporting.surveyed_employer import MODES, make_surveyed_report
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db
LATER = NOW + datetime.timedelta(days=300)
MONDAY = datetime.date(2026, 3, 9)


def next_year(first: Report, *, asks: str, invited: int = 50, answered: int = 30, joiners: int = 0) -> Report:
    """A report for 2026: the first people by lot, the last ones new; `answered` of the invited told their week."""
    organisation, entity = first.organisation, first.legal_entity
    asking = {
        "asks": asks,
        "anchor_size": 50 if "anchor" in asks else None,
        "asked_since": first.campaign if "joiners" in asks else None,
    }
    campaign = make_campaign(
        organisation, state="closed", reporting_year=2026, started_at=LATER, closed_at=LATER, **asking
    )
    week = make_week(campaign, monday=MONDAY)
    chance = random.Random(7)
    with as_owner(organisation):
        people = list(Employee.objects.filter(organisation=organisation, legal_entity=entity).order_by("pk"))
        if joiners:
            PopulationMember.objects.filter(campaign=first.campaign, employee__in=people[-joiners:]).delete()
        new = set(people[len(people) - joiners :])
        drawn = set(people[:invited])
        for person in people:
            because = "anchor" if person in drawn else "joiner" if person in new else ""
            PopulationMember.objects.create(
                organisation=organisation,
                campaign=campaign,
                employee=person,
                legal_entity=entity,
                site=person.site,
                department=person.department,
                is_invited=bool(because),
                asked_because=because,
                exclusion_reason="" if because else "not_drawn",
            )
        for person in [*people[:answered], *sorted(new, key=lambda one: one.pk)]:
            answer(campaign, week, person, chance)
    with organisation_scope(organisation):
        report = open_report(organisation=organisation, actor=None, now=LATER, legal_entity=entity, reporting_year=2026)
    report.organisation = organisation
    if report.campaign_id is None:
        with in_scope(report) as where:
            report = choose_campaign(**where, campaign=campaign)
        report.organisation = organisation
    return report


def answer(campaign, week, person, chance):
    row = {"organisation": campaign.organisation, "employee": person}
    invitation = Invitation.objects.create(**row, campaign=campaign, week=week, answered_at=LATER)
    response = Response.objects.create(
        **row,
        invitation=invitation,
        campaign=campaign,
        week=week,
        legal_entity=person.legal_entity,
        site=person.site,
        one_way_metres=10_000,
        was_normal_week=True,
        started_at=LATER,
        submitted_at=LATER,
    )
    mode, fuel = MODES[chance.randrange(len(MODES))]
    for number in range(5):
        DayAnswer.objects.create(
            **row,
            response=response,
            date=MONDAY + datetime.timedelta(days=number),
            whereabouts="workplace" if number < 3 else "home",
            mode=mode if number < 3 else "",
            fuel=fuel if number < 3 else "",
            return_metres=20_000 if number < 3 else 0,
        )


@pytest.fixture
def first():
    return make_surveyed_report(people=200, answered=120)


def made(report):
    run = start(report)
    work(run, at=LATER)
    return fresh(run)


def test_last_years_model_and_a_lot_speak_for_everybody(first):
    run = made(next_year(first, asks="anchor"))
    estimate = result_of(run).estimate
    assert (run.state, estimate["method"], estimate["population"], estimate["answers"]) == ("done", "year_two", 200, 30)
    assert estimate["total"]["observed"] <= estimate["total"]["lower"] < estimate["total"]["upper"]
    assert "turnover" not in estimate["broad_survey"]
    assert result_of(run).card["method"]["code"] == "year_two"


def test_joiners_beside_a_lot_and_a_large_turnover(first):
    run = made(next_year(first, asks="joiners_and_anchor", joiners=60))
    estimate = result_of(run).estimate
    assert (estimate["method"], estimate["answers"]) == ("year_two", 90)
    assert "turnover" in estimate["broad_survey"]


def test_joiners_alone_leave_the_model_unchecked(first):
    run = made(next_year(first, asks="joiners", invited=0, answered=0, joiners=20))
    estimate = result_of(run).estimate
    assert (estimate["method"], estimate["broad_survey"]) == ("year_two", ["anchor_too_small"])


def test_without_a_survey_among_everybody_joiners_say_nothing_of_the_others(first):
    report = next_year(first, asks="joiners_and_anchor", joiners=20)
    with as_owner(first.organisation):
        Campaign.objects.filter(pk=first.campaign_id).update(asks="anchor", anchor_size=50)
    run = made(report)
    assert (run.state, run.failure, result_of(run)) == ("failed", "nothing_known", None)


def test_a_lot_without_an_earlier_survey_climbs_the_ladder_over_all_staff(first):
    report = next_year(first, asks="anchor")
    with as_owner(first.organisation):
        Campaign.objects.filter(pk=first.campaign_id).update(asks="anchor", anchor_size=50)
    estimate = result_of(made(report)).estimate
    assert (estimate["method"], estimate["population"]) == ("post_stratified_distance", 200)


def test_the_model_is_part_of_the_checksum(first):
    report = next_year(first, asks="anchor")
    before = made(report)
    assert made(report).same_as == before
    with as_owner(first.organisation):
        DayAnswer.objects.filter(response__campaign=first.campaign, mode="car").update(mode="bicycle", fuel="")
    again = made(report)
    assert (again.same_as, again.inputs_hash == before.inputs_hash) == (None, False)


@pytest.mark.django_db(transaction=True)
def test_models_are_fitted_on_one_thread_while_nobody_waits_for_the_run(first, monkeypatch):
    """Whatever solves equations tells on how many threads, and whether a transaction holds the run."""
    run = start(next_year(first, asks="anchor"))
    told = []
    solve = numpy.linalg.solve

    def telling(*arguments, **named):
        threads = {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}
        told.append((threads, connection.in_atomic_block))
        return solve(*arguments, **named)

    monkeypatch.setattr(numpy.linalg, "solve", telling)
    with threadpool_limits(limits=2):
        work(run, at=LATER)
    assert fresh(run).state == "done"
    assert {(tuple(threads), is_locked) for threads, is_locked in told} == {((1,), False)}


def test_hr_reads_when_to_ask_everybody_again(first, client):
    report = next_year(first, asks="joiners_and_anchor", joiners=60)
    run = made(report)
    client.force_login(make_member(report.organisation))
    where = {"slug": report.organisation.slug, "code": report.code, "run": run.code}
    page = client.get(reverse("report_estimation_run", kwargs=where))
    shown = " ".join(page.content.decode().split())
    assert Counter(page.context["page"].broad_survey).total() >= 1
    assert "Meer dan een op de vijf mensen kwam erbij na de laatste enquête onder iedereen." in shown


def test_another_organisations_survey_is_no_model_of_this_one(first):
    report = next_year(first, asks="joiners", invited=0, answered=0, joiners=20)
    with as_owner(first.organisation):
        Campaign.objects.filter(pk=first.campaign_id).update(asks="anchor", anchor_size=50)
    make_surveyed_report(people=200, answered=120, organisation=make_organisation())
    assert made(report).failure == "nothing_known"


def test_everybody_again_is_an_ordinary_estimate(first):
    assert result_of(made(first)).estimate["method"] == "doubly_robust"
