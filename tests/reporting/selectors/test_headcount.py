"""The headcount from the staff list: PostgreSQL classes people, the domain's rules decide."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reporting.domain.duty import DutyKind
from reporting.domain.headcount import HeadcountReason, StaffOnDate, headcount_outcome
from reporting.domain.parameter_files import load_parameters
from reporting.selectors.headcount import classed_staff, duty, reasons_with_people, staff_headcount
from surveys.domain.population import Assumption
from surveys.enums import ContractKind
from tests.factories import AMSTERDAM, make_employee, make_legal_entity, make_organisation
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db

PARAMETERS = load_parameters(reporting_year=2026)
REFERENCE_DATE = datetime.date(2026, 1, 1)
DAY_BEFORE = datetime.date(2025, 12, 31)
DAY_AFTER = datetime.date(2026, 1, 2)


@pytest.fixture
def legal_entity():
    return make_legal_entity(make_organisation())


def count(legal_entity):
    with organisation_scope(legal_entity.organisation):
        return staff_headcount(legal_entity=legal_entity, reference_date=REFERENCE_DATE, parameters=PARAMETERS)


def hire(legal_entity, **fields):
    return make_employee(legal_entity.organisation, legal_entity=legal_entity, **fields)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, HeadcountReason.COUNTS),
        ({"monthly_hours": 20}, HeadcountReason.COUNTS),
        ({"monthly_hours": "19.99"}, HeadcountReason.TOO_FEW_HOURS),
        ({"monthly_hours": None}, HeadcountReason.COUNTS),
        ({"contract_kind": ""}, HeadcountReason.COUNTS),
        ({"contract_kind": "on_call"}, HeadcountReason.ON_CALL),
        ({"contract_kind": "hired_temp"}, HeadcountReason.HIRED_TEMP),
        ({"contract_kind": "agency_clause"}, HeadcountReason.AGENCY_CLAUSE),
        ({"contract_kind": "self_employed"}, HeadcountReason.SELF_EMPLOYED),
        ({"contract_kind": "volunteer"}, HeadcountReason.VOLUNTEER),
        ({"contract_kind": "political_office"}, HeadcountReason.POLITICAL_OFFICE),
        ({"contract_kind": "seasonal", "monthly_hours": 20}, HeadcountReason.COUNTS),
        ({"employed_from": REFERENCE_DATE}, HeadcountReason.COUNTS),
        ({"employed_from": DAY_AFTER}, HeadcountReason.NOT_YET_EMPLOYED),
        ({"employed_until": REFERENCE_DATE}, HeadcountReason.COUNTS),
        ({"employed_until": DAY_BEFORE}, HeadcountReason.LEFT),
        ({"has_fixed_workplace": False}, HeadcountReason.COUNTS),
        ({"left_at": datetime.datetime(2025, 12, 31, 12, tzinfo=AMSTERDAM)}, HeadcountReason.LEFT),
        ({"left_at": datetime.datetime(2026, 3, 1, 12, tzinfo=AMSTERDAM)}, HeadcountReason.COUNTS),
        (
            {"left_at": datetime.datetime(2026, 3, 1, 12, tzinfo=AMSTERDAM), "employed_until": DAY_BEFORE},
            HeadcountReason.LEFT,
        ),
    ],
)
def test_each_person_gets_the_reason_of_the_rules(legal_entity, fields, reason):
    hire(legal_entity, **fields)
    assert list(reasons_with_people(count(legal_entity))) == [(reason, 1)]


def test_classes_decide_as_the_rules_do_for_each_person(legal_entity):
    """Every kind of contract, hours around the minimum, and dates around the reference date."""
    expected = {}
    dates = (None, DAY_BEFORE, REFERENCE_DATE, DAY_AFTER)
    for number, kind in enumerate(["", *ContractKind.values]):
        hours = (None, 19, 20, 40)[number % 4]
        employed_from, employed_until = dates[number % 4], dates[(number // 2) % 4]
        person = hire(
            legal_entity,
            contract_kind=kind,
            monthly_hours=hours,
            employed_from=employed_from,
            employed_until=employed_until,
        )
        outcome = headcount_outcome(
            StaffOnDate(
                contract_kind=kind,
                monthly_hours=hours,
                employed_from=employed_from,
                employed_until=employed_until,
                has_fixed_workplace=True,
            ),
            reference_date=REFERENCE_DATE,
            minimum_monthly_hours=20,
        )
        expected[person.pk] = (outcome.reason, outcome.assumptions)
    with organisation_scope(legal_entity.organisation):
        outcomes = {row.key: row.outcome for row in count(legal_entity).classes}
        people = classed_staff(legal_entity=legal_entity, reference_date=REFERENCE_DATE, minimum_monthly_hours=20)
        found = {
            person.pk: outcomes[
                person.contract_kind,
                person.hours_class,
                person.start_class,
                person.end_class,
                person.has_fixed_workplace,
            ]
            for person in people
        }
    assert {pk: (outcome.reason, outcome.assumptions) for pk, outcome in found.items()} == expected


def test_people_without_a_fixed_workplace_count_but_do_not_multiply_commuting(legal_entity):
    hire(legal_entity)
    hire(legal_entity, has_fixed_workplace=False)
    totals = count(legal_entity).totals
    assert (totals.counted, totals.commute_multiplier) == (2, 1)


def test_people_of_another_legal_entity_do_not_count(legal_entity):
    hire(legal_entity)
    make_employee(legal_entity.organisation, legal_entity=make_legal_entity(legal_entity.organisation))
    assert count(legal_entity).totals.counted == 1


def test_an_assumption_names_its_people(legal_entity):
    hire(legal_entity, contract_kind="", employed_from=DAY_BEFORE)
    hire(legal_entity, employed_from=DAY_BEFORE)
    counted = count(legal_entity)
    assert counted.totals.assumed == 1
    assert [key[0] for key in counted.keys(assumption=Assumption.CONTRACT_UNKNOWN)] == [""]


@pytest.mark.parametrize(
    ("provisions", "known"),
    [([], None), ([None], None), ([False], False), ([False, None], None), ([True, False, None], True)],
)
def test_mobility_provision_is_known_only_when_it_is_known_for_all(legal_entity, provisions, known):
    for provision in provisions:
        hire(legal_entity, has_mobility_provision=provision)
    assert count(legal_entity).has_mobility_provision is known


def test_a_provision_of_somebody_who_left_before_plays_no_part(legal_entity):
    hire(legal_entity, has_mobility_provision=True, employed_until=DAY_BEFORE)
    hire(legal_entity, has_mobility_provision=False)
    assert count(legal_entity).has_mobility_provision is False


@pytest.mark.parametrize(
    ("people", "provision", "kind"),
    [
        (100, True, DutyKind.OBLIGED),
        (99, True, DutyKind.VOLUNTARY),
        (150, False, DutyKind.EXEMPT),
        (120, True, DutyKind.OBLIGED),
    ],
)
def test_duty_follows_from_the_staff_list(legal_entity, people, provision, kind):
    for _ in range(people):
        hire(legal_entity, has_mobility_provision=provision)
    with organisation_scope(legal_entity.organisation):
        outcome = duty(legal_entity=legal_entity, parameters=load_parameters(reporting_year=2025))
    assert (outcome.kind, outcome.headcount) == (kind, people)


def test_one_query_whatever_the_number_of_people(legal_entity):
    for people in (1, 3):
        for _ in range(people):
            hire(legal_entity)
        with organisation_scope(legal_entity.organisation), CaptureQueriesContext(connection) as queries:
            staff_headcount(legal_entity=legal_entity, reference_date=REFERENCE_DATE, parameters=PARAMETERS)
        assert len(queries) == 1
