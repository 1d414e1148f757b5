"""The sums that PostgreSQL makes are those of the worked cases."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reporting.domain.commute import commute_cells
from reporting.domain.parameter_files import load_parameters
from reporting.domain.rvo import RvoLine
from reporting.domain.survey_sums import SurveySums, WeekCounts
from reporting.models import Report
from reporting.selectors.inputs import report_inputs
from reporting.selectors.survey import survey_sums
from surveys.enums import CampaignState
from surveys.models import Campaign, DayAnswer, Employee, PopulationMember
from tests.factories import (
    NOW,
    as_owner,
    make_campaign,
    make_employee,
    make_invitation,
    make_legal_entity,
    make_organisation,
    make_response,
    make_week,
)
from tests.reporting.answered_cases import make_answered_case
from tests.reporting.case_files import CASE_NAMES, commute_multiplier, load_case
from tests.reporting.case_files import survey_sums as expected_sums
from wpm_platform.scoping import Role, organisation_scope

pytestmark = pytest.mark.django_db

MONDAY = datetime.date(2025, 3, 10)


def sums_of(organisation, campaign, legal_entity):
    with organisation_scope(organisation):
        return survey_sums(organisation=organisation, campaign=campaign, legal_entity=legal_entity)


@pytest.mark.parametrize("name", CASE_NAMES)
def test_database_gives_the_case_to_the_kilometre(name):
    case = load_case(name)
    organisation = make_organisation()
    legal_entity, campaign = make_answered_case(organisation, case)
    parameters = load_parameters(reporting_year=case["reporting_year"])
    report = Report(
        organisation=organisation,
        legal_entity=legal_entity,
        campaign=campaign,
        reporting_year=case["reporting_year"],
    )
    with organisation_scope(organisation):
        inputs = report_inputs(organisation=organisation, report=report, parameters=parameters)
    assert inputs.survey == expected_sums(case)
    assert inputs.headcount.counted == case["population"]["headcount"]
    assert inputs.headcount.commute_multiplier == commute_multiplier(case)
    expected = {line: case["expected"]["cells"].get(line, 0) for line in RvoLine}
    expected |= {RvoLine(line): None for line in case["expected"].get("undetermined", ())}
    cells = commute_cells(survey=inputs.survey, headcount=inputs.headcount.commute_multiplier, parameters=parameters)
    assert {cell.line: cell.value for cell in cells} == expected


def add_week(week, legal_entity, whereabouts, *, submitted_at=NOW, first_day=0, **day_fields):
    """A person with one car day per entry of `whereabouts`, from the first day (0 is Monday) on."""
    employee = make_employee(week.organisation, legal_entity=legal_entity)
    response = make_response(make_invitation(week, employee), submitted_at=submitted_at)
    with as_owner(week.organisation):
        DayAnswer.objects.bulk_create(
            DayAnswer(
                organisation=week.organisation,
                response=response,
                employee=employee,
                date=week.monday + datetime.timedelta(days=first_day + number),
                whereabouts=place,
                mode="car" if place == "workplace" else "",
                fuel="petrol" if place == "workplace" else "",
                is_employer_provided=False if place == "workplace" else None,
                return_metres=20_000 if place == "workplace" else 0,
                **day_fields,
            )
            for number, place in enumerate(whereabouts)
        )
    return response


@pytest.fixture
def closed_week():
    organisation = make_organisation()
    campaign = make_campaign(organisation, state=CampaignState.CLOSED, reporting_year=2025, closed_at=NOW)
    return make_week(campaign, monday=MONDAY)


def test_only_submitted_answers_of_this_legal_entity_count(closed_week):
    organisation = closed_week.organisation
    ours, theirs = make_legal_entity(organisation), make_legal_entity(organisation)
    add_week(closed_week, ours, ["workplace", "home"])
    add_week(closed_week, ours, ["workplace"], submitted_at=None)
    add_week(closed_week, theirs, ["workplace", "workplace"])
    survey = sums_of(organisation, closed_week.campaign, ours)
    assert survey.weeks == (WeekCounts(week_from=MONDAY, submitted=1),)
    assert [row.metres for row in survey.sums] == [20_000]


def test_who_is_not_invited_any_more_by_the_frozen_population_does_not_count(closed_week):
    legal_entity = make_legal_entity(closed_week.organisation)
    response = add_week(closed_week, legal_entity, ["workplace"])
    with as_owner(closed_week.organisation):
        Employee.objects.filter(pk=response.employee_id).update(has_fixed_workplace=False)
    survey = sums_of(closed_week.organisation, closed_week.campaign, legal_entity)
    assert survey.respondents == 1  # the staff list changed later; the population did not


def test_copied_days_are_counted_for_respondents_only(closed_week):
    legal_entity = make_legal_entity(closed_week.organisation)
    add_week(closed_week, legal_entity, ["workplace", "workplace"], is_copied=True)
    add_week(closed_week, legal_entity, ["not_worked", "not_worked"], is_copied=True)
    survey = sums_of(closed_week.organisation, closed_week.campaign, legal_entity)
    assert survey.weeks == (WeekCounts(week_from=MONDAY, submitted=2, not_worked=1, copied_days=2),)


THURSDAY = 3


@pytest.mark.parametrize(
    ("whereabouts", "first_day", "expected"),
    [
        pytest.param([], 0, {"not_worked": 1}, id="no day at all"),
        pytest.param(["not_worked"] * 4, THURSDAY, {"not_worked": 1}, id="a roster without a Wednesday, not worked"),
        pytest.param(["workplace"], THURSDAY, {}, id="a roster without a Wednesday, worked"),
        pytest.param(["unknown", "not_worked"], THURSDAY, {"unusable": 1}, id="a roster, nothing but unknown"),
        pytest.param(["unknown", "workplace"], THURSDAY, {"unknown_days": 1}, id="a roster, one day unknown"),
        pytest.param(["not_worked"] * 3 + ["home"], 0, {}, id="worked on another day than Wednesday"),
        pytest.param(["not_worked"] * 3 + ["client"], 0, {}, id="at a client on another day than Wednesday"),
        pytest.param(["not_worked"] * 5, 0, {"not_worked": 1}, id="free all week"),
    ],
)
@pytest.mark.parametrize("colleagues", [0, 3])
def test_weeks_without_a_worked_day_are_found_whatever_the_roster(
    closed_week, whereabouts, first_day, expected, colleagues
):
    legal_entity = make_legal_entity(closed_week.organisation)
    for _ in range(colleagues):
        add_week(closed_week, legal_entity, ["home", "home", "home"])
    add_week(closed_week, legal_entity, whereabouts, first_day=first_day)
    survey = sums_of(closed_week.organisation, closed_week.campaign, legal_entity)
    assert survey.weeks == (WeekCounts(week_from=MONDAY, submitted=1 + colleagues, **expected),)


def test_who_was_left_out_of_the_population_does_not_count(closed_week):
    legal_entity = make_legal_entity(closed_week.organisation)
    add_week(closed_week, legal_entity, ["home"])
    response = add_week(closed_week, legal_entity, ["workplace"])
    with as_owner(closed_week.organisation):
        PopulationMember.objects.filter(employee_id=response.employee_id).update(
            is_invited=False, exclusion_reason="no_fixed_workplace"
        )
    survey = sums_of(closed_week.organisation, closed_week.campaign, legal_entity)
    assert survey == SurveySums(weeks=(WeekCounts(week_from=MONDAY, submitted=1),), sums=())


def test_a_week_that_nobody_answered_is_listed(closed_week):
    legal_entity = make_legal_entity(closed_week.organisation)
    next_monday = MONDAY + datetime.timedelta(days=7)
    make_week(closed_week.campaign, monday=next_monday)
    add_week(closed_week, legal_entity, ["home"])
    survey = sums_of(closed_week.organisation, closed_week.campaign, legal_entity)
    assert survey == SurveySums(
        weeks=(WeekCounts(week_from=MONDAY, submitted=1), WeekCounts(week_from=next_monday, submitted=0)), sums=()
    )


def test_no_campaign_gives_no_survey(closed_week):
    assert sums_of(closed_week.organisation, None, make_legal_entity(closed_week.organisation)) is None


@pytest.mark.parametrize("state", [CampaignState.RUNNING, CampaignState.PAUSED])
def test_a_campaign_gives_nothing_until_it_is_closed(closed_week, state):
    legal_entity = make_legal_entity(closed_week.organisation)
    add_week(closed_week, legal_entity, ["workplace"])
    with as_owner(closed_week.organisation):
        Campaign.objects.filter(pk=closed_week.campaign_id).update(state=state, closed_at=None)
        closed_week.campaign.refresh_from_db()
    assert sums_of(closed_week.organisation, closed_week.campaign, legal_entity) is None


def test_another_organisation_reads_nothing(closed_week):
    legal_entity = make_legal_entity(closed_week.organisation)
    add_week(closed_week, legal_entity, ["workplace"])
    assert sums_of(make_organisation(), closed_week.campaign, legal_entity) == SurveySums(weeks=(), sums=())


def test_the_scope_of_the_caller_is_back_afterwards(closed_week):
    organisation = closed_week.organisation
    legal_entity = make_legal_entity(organisation)
    with organisation_scope(organisation):
        survey_sums(organisation=organisation, campaign=closed_week.campaign, legal_entity=legal_entity)
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            assert cursor.fetchone() == (Role.HR.value,)


def test_query_count_does_not_grow_with_people(closed_week):
    organisation = closed_week.organisation
    legal_entity = make_legal_entity(organisation)
    counts = []
    for people in (1, 2):
        for _ in range(people):
            add_week(closed_week, legal_entity, ["workplace"])
        with organisation_scope(organisation), CaptureQueriesContext(connection) as queries:
            survey_sums(organisation=organisation, campaign=closed_week.campaign, legal_entity=legal_entity)
        counts.append(len(queries))
    assert counts[0] == counts[1]
