"""The estimation's arrays are those of the worked cases, and its guidance figures those of the report."""

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reporting.domain.estimation.ladder import estimate_commute
from reporting.domain.estimation.survey_people import LINE_MODES, MODES, READY_MODES
from reporting.domain.parameter_files import load_parameters
from reporting.domain.rvo import RvoLine
from reporting.selectors.estimation import estimation_people
from surveys.enums import CampaignState
from surveys.models import Employee, PopulationMember
from tests.factories import as_owner, make_campaign, make_employee, make_legal_entity, make_organisation
from tests.reporting.answered_cases import add_population_member, make_answered_case
from tests.reporting.case_files import CASE_NAMES, commute_multiplier, load_case
from tests.surveys.services.distances.places import HOME, WORK, load_places
from wpm_platform.organisations.models import Site
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db

ONE_WEEK = [name for name in CASE_NAMES if len(load_case(name)["survey_weeks"]) == 1]


def found_people(organisation, campaign, legal_entity, year=2025):
    with organisation_scope(organisation):
        return estimation_people(
            organisation=organisation,
            campaign=campaign,
            legal_entity=legal_entity,
            parameters=load_parameters(reporting_year=year),
        )


@pytest.mark.parametrize("name", ONE_WEEK)
def test_guidance_figures_are_those_of_the_case(name):
    case = load_case(name)
    organisation = make_organisation()
    legal_entity, campaign = make_answered_case(organisation, case)
    found = found_people(organisation, campaign, legal_entity, case["reporting_year"])
    expected = {line.value: case["expected"]["cells"].get(line, 0) for line in RvoLine}
    undetermined = set(case["expected"].get("undetermined", ()))
    if found is None or not found.people.respondents:
        assert undetermined == {line.value for line in RvoLine}
        return
    estimate = estimate_commute(
        people=found.people,
        answers=found.answers,
        headcount=commute_multiplier(case),
        weeks_per_year=45,
        ready_modes=READY_MODES,
        site="site",
    )
    figures = {figure.name: figure.km for figure in estimate.guidance_lines if figure.name not in undetermined}
    assert figures == {line: km for line, km in expected.items() if line not in undetermined}


def test_the_open_lines_are_those_of_modes_of_unknown_fuel():
    for name in ONE_WEEK:
        case = load_case(name)
        organisation = make_organisation()
        legal_entity, campaign = make_answered_case(organisation, case)
        found = found_people(organisation, campaign, legal_entity, case["reporting_year"])
        if found is not None and found.people.respondents and commute_multiplier(case):
            assert {line.value for line in found.open_lines} == set(case["expected"].get("undetermined", ()))


@pytest.fixture
def answered():
    case = load_case(ONE_WEEK[0])
    organisation = make_organisation()
    legal_entity, campaign = make_answered_case(organisation, case)
    return organisation, legal_entity, campaign


def test_distances_come_from_the_postcodes_of_the_staff_list(answered):
    organisation, legal_entity, campaign = answered
    load_places()
    with as_owner(organisation):
        Site.objects.filter(organisation=organisation).update(postcode=WORK)
        first = Employee.objects.filter(organisation=organisation, has_fixed_workplace=True).order_by("pk").first()
        Employee.objects.filter(pk=first.pk).update(home_postcode=HOME, days_per_week=4)
    people = found_people(organisation, campaign, legal_entity).people
    assert people.one_way_km[0] == 6.0
    assert np.isnan(people.one_way_km[1:]).all()
    assert people.work_days[0] == 4.0


def test_the_silent_are_there_and_told_nothing(answered):
    organisation, legal_entity, campaign = answered
    before = found_people(organisation, campaign, legal_entity).people
    silent = make_employee(organisation, legal_entity=legal_entity)
    add_population_member(campaign, silent)
    with as_owner(organisation):
        PopulationMember.objects.filter(employee=silent).update(department="Quiet")
    after = found_people(organisation, campaign, legal_entity).people
    assert after.size == before.size + 1
    assert after.respondents == before.respondents
    assert after.categorical["department"][-1] == "Quiet"
    assert not after.days[-1].any()


def test_another_legal_entity_and_another_organisation_have_nobody(answered):
    organisation, _, campaign = answered
    assert found_people(organisation, campaign, make_legal_entity(organisation)) is None
    stranger = make_organisation()
    with organisation_scope(stranger):
        assert (
            estimation_people(
                organisation=stranger,
                campaign=campaign,
                legal_entity=make_legal_entity(stranger),
                parameters=load_parameters(reporting_year=2025),
            )
            is None
        )


@pytest.mark.parametrize("state", [CampaignState.DRAFT, CampaignState.RUNNING])
def test_a_survey_that_is_not_closed_gives_nothing(state):
    organisation = make_organisation()
    campaign = make_campaign(organisation, state=state)
    assert found_people(organisation, campaign, make_legal_entity(organisation)) is None
    assert found_people(organisation, None, make_legal_entity(organisation)) is None


def test_queries_do_not_grow_with_people(answered):
    organisation, legal_entity, campaign = answered

    def queries():
        with CaptureQueriesContext(connection) as captured:
            found_people(organisation, campaign, legal_entity)
        return len(captured)

    before = queries()
    for _ in range(5):
        add_population_member(campaign, make_employee(organisation, legal_entity=legal_entity))
    assert queries() == before


def test_every_line_belongs_to_one_mode():
    assert set(LINE_MODES) == set(RvoLine)
    assert set(READY_MODES) < set(MODES)
