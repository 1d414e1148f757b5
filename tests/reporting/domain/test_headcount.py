from datetime import date
from decimal import Decimal

import pytest

from reporting.domain.headcount import (
    Headcount,
    HeadcountReason,
    StaffOnDate,
    commute_reference_date,
    headcount,
    headcount_outcome,
)
from reporting.domain.parameter_changes import enter_value
from reporting.domain.parameter_files import load_parameters
from surveys.domain.population import Assumption

REFERENCE_DATE = date(2025, 1, 1)


def staff(**changes):
    facts = {
        "contract_kind": "permanent",
        "monthly_hours": Decimal(160),
        "employed_from": date(2020, 1, 1),
        "employed_until": None,
        "has_fixed_workplace": True,
    }
    return StaffOnDate(**{**facts, **changes})


def outcome(**changes):
    return headcount_outcome(staff(**changes), reference_date=REFERENCE_DATE, minimum_monthly_hours=20)


@pytest.mark.parametrize("kind", ["permanent", "fixed_term", "seasonal", "seconded_internally"])
def test_a_labour_contract_counts(kind):
    found = outcome(contract_kind=kind)
    assert (found.counts, found.reason, found.assumptions) == (True, HeadcountReason.COUNTS, ())


@pytest.mark.parametrize(
    "kind",
    [
        "agency_clause",
        "hired_temp",
        "seconded_in",
        "self_employed",
        "volunteer",
        "intern",
        "political_office",
        "on_call",
    ],
)
def test_what_is_no_employment_does_not_count(kind):
    found = outcome(contract_kind=kind, monthly_hours=None)
    assert (found.counts, found.reason.value, found.assumptions) == (False, kind, ())


@pytest.mark.parametrize(("hours", "counts"), [("19.99", False), ("20", True), ("0", False)])
def test_twenty_paid_hours_a_month_is_enough(hours, counts):
    found = outcome(monthly_hours=Decimal(hours))
    assert found.counts is counts
    assert found.reason is (HeadcountReason.COUNTS if counts else HeadcountReason.TOO_FEW_HOURS)


@pytest.mark.parametrize(("hours", "counts"), [("19", False), ("20", True)])
def test_seasonal_staff_need_twenty_guaranteed_hours(hours, counts):
    assert outcome(contract_kind="seasonal", monthly_hours=Decimal(hours)).counts is counts


@pytest.mark.parametrize(
    ("employed_from", "employed_until", "reason"),
    [
        (date(2025, 1, 1), None, HeadcountReason.COUNTS),
        (date(2025, 1, 2), None, HeadcountReason.NOT_YET_EMPLOYED),
        (date(2020, 1, 1), date(2025, 1, 1), HeadcountReason.COUNTS),
        (date(2020, 1, 1), date(2024, 12, 31), HeadcountReason.LEFT),
    ],
)
def test_employment_covers_the_reference_date(employed_from, employed_until, reason):
    assert outcome(employed_from=employed_from, employed_until=employed_until).reason is reason


def test_staff_of_a_foreign_establishment_do_not_count():
    assert outcome(works_in_the_netherlands=False).reason is HeadcountReason.FOREIGN_SITE


@pytest.mark.parametrize(
    ("changes", "assumption"),
    [
        ({"monthly_hours": None}, Assumption.HOURS_UNKNOWN),
        ({"contract_kind": ""}, Assumption.CONTRACT_UNKNOWN),
        ({"employed_from": None}, Assumption.START_UNKNOWN),
    ],
)
def test_what_the_list_does_not_say_counts_and_is_flagged(changes, assumption):
    found = outcome(**changes)
    assert (found.counts, found.is_assumed, found.assumptions) == (True, True, (assumption,))


def test_an_on_call_contract_with_many_hours_is_flagged():
    found = outcome(contract_kind="on_call", monthly_hours=Decimal(80))
    assert (found.reason, found.assumptions) == (HeadcountReason.ON_CALL, (Assumption.ON_CALL_WITH_HOURS,))


def test_who_left_is_not_flagged_for_missing_facts():
    assert outcome(employed_until=date(2024, 1, 31), monthly_hours=None).assumptions == ()


def test_without_a_fixed_workplace_one_counts_but_does_not_multiply():
    found = outcome(has_fixed_workplace=False)
    assert (found.counts, found.multiplies_commute) == (True, False)


def test_who_does_not_count_does_not_multiply():
    assert outcome(contract_kind="volunteer").multiplies_commute is False


def test_a_contract_kind_outside_the_list_is_an_error():
    with pytest.raises(ValueError, match="pirate"):
        outcome(contract_kind="pirate")


def test_the_sums_of_a_staff_list():
    found = headcount(
        [
            outcome(),
            outcome(monthly_hours=None),
            outcome(has_fixed_workplace=False),
            outcome(contract_kind="volunteer"),
            outcome(contract_kind="volunteer"),
            outcome(monthly_hours=Decimal(8)),
        ]
    )
    assert found == Headcount(
        counted=3,
        commute_multiplier=2,
        assumed=1,
        excluded={HeadcountReason.VOLUNTEER: 2, HeadcountReason.TOO_FEW_HOURS: 1},
    )


def test_an_empty_staff_list():
    assert headcount([]) == Headcount(counted=0, commute_multiplier=0, assumed=0, excluded={})


def test_the_decrees_reference_date_is_the_default():
    parameters = load_parameters(reporting_year=2024)
    assert commute_reference_date(parameters, survey_year=2025) == date(2024, 7, 1)


def test_the_guidances_reference_date_is_a_setting():
    parameters = enter_value(
        load_parameters(reporting_year=2024), key="commute_headcount_rule", value="survey_year", source="Summary"
    )
    assert commute_reference_date(parameters, survey_year=2025) == date(2025, 1, 1)
