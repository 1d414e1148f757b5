"""Every worked case about the headcount and the duty: by the rules, person by person, and from a real staff list."""

import pytest

from reporting.domain.duty import duty_outcome
from reporting.domain.headcount import Headcount, headcount, headcount_outcome
from reporting.selectors.headcount import duty_of, staff_headcount
from surveys.models import Employee
from tests.factories import as_owner, make_legal_entity, make_organisation, make_site
from tests.reporting.staff_case_files import STAFF_CASE_NAMES, case_parameters, case_staff, load_staff_case
from wpm_platform.scoping import organisation_scope


def expected_headcount(case):
    expected = case["expected"]
    return Headcount(
        counted=expected["counted"],
        commute_multiplier=expected["commute_multiplier"],
        assumed=expected["assumed"],
        excluded=dict(expected.get("excluded", {})),
    )


def duty_facts(outcome):
    return {
        "kind": outcome.kind.value,
        "is_obliged": outcome.is_obliged,
        "reasons": [reason.value for reason in outcome.reasons],
    }


def make_staff(case, *, organisation=None):
    organisation = organisation or make_organisation()
    legal_entity, site = make_legal_entity(organisation), make_site(organisation)
    with as_owner(organisation):
        Employee.objects.bulk_create(
            Employee(
                organisation=organisation,
                staff_number=f"{legal_entity.kvk_number}-{number:05d}",
                legal_entity=legal_entity,
                site=site,
                contract_kind=person.contract_kind,
                monthly_hours=person.monthly_hours,
                employed_from=person.employed_from,
                employed_until=person.employed_until,
                has_fixed_workplace=person.has_fixed_workplace,
                has_mobility_provision=has_provision,
            )
            for number, (person, has_provision) in enumerate(case_staff(case))
        )
    return legal_entity


@pytest.mark.parametrize("name", STAFF_CASE_NAMES)
def test_case_counts_person_by_person(name):
    case = load_staff_case(name)
    parameters = case_parameters(case)
    found = headcount(
        headcount_outcome(
            person,
            reference_date=parameters.day("reference_date"),
            minimum_monthly_hours=parameters.whole("minimum_monthly_hours"),
        )
        for person, _ in case_staff(case)
    )
    assert found == expected_headcount(case)


@pytest.mark.django_db
@pytest.mark.parametrize("name", STAFF_CASE_NAMES)
def test_case_counts_and_has_its_duty_from_a_staff_list(name):
    case = load_staff_case(name)
    parameters = case_parameters(case)
    legal_entity = make_staff(case)
    with organisation_scope(legal_entity.organisation):
        counted = staff_headcount(
            legal_entity=legal_entity, reference_date=parameters.day("reference_date"), parameters=parameters
        )
    assert counted.totals == expected_headcount(case)
    if "duty" in case["expected"]:
        assert duty_facts(duty_of(counted, parameters=parameters)) == case["expected"]["duty"]


@pytest.mark.django_db
def test_two_kvk_numbers_have_two_duties():
    first, second = load_staff_case("ninety_nine"), load_staff_case("hundred_with_allowance")
    organisation = make_organisation()
    entities = [make_staff(case, organisation=organisation) for case in (first, second)]
    outcomes = []
    for case, legal_entity in zip((first, second), entities, strict=True):
        parameters = case_parameters(case)
        with organisation_scope(legal_entity.organisation):
            counted = staff_headcount(
                legal_entity=legal_entity, reference_date=parameters.day("reference_date"), parameters=parameters
            )
        outcomes.append(duty_of(counted, parameters=parameters).kind.value)
    assert outcomes == ["voluntary", "obliged"]


@pytest.mark.parametrize("name", STAFF_CASE_NAMES)
def test_case_cites_a_source_and_its_rules(name):
    case = load_staff_case(name)
    assert case["title"]
    assert case["source"]
    assert case["rules"]


def test_a_known_duty_follows_from_the_thresholds_alone():
    for name in STAFF_CASE_NAMES:
        case = load_staff_case(name)
        if "duty" not in case["expected"]:
            continue
        provisions = {has for _, has in case_staff(case)}
        known = True if True in provisions else None if None in provisions else False
        if "excluded" in case["expected"]:
            continue  # there the provision depends on who is employed
        outcome = duty_outcome(
            headcount=case["expected"]["counted"],
            has_mobility_provision=known,
            thresholds=case_parameters(case).thresholds,
        )
        assert duty_facts(outcome) == case["expected"]["duty"]
