from datetime import date
from decimal import Decimal

import pytest

from surveys.domain.population import (
    Assumption,
    ContractKind,
    PopulationReason,
    StaffInWeek,
    population_outcome,
)

MONDAY, SUNDAY, ASKED_ON = date(2025, 3, 10), date(2025, 3, 16), date(2025, 3, 18)


def outcome(**changes):
    facts = {
        "contract_kind": "permanent",
        "monthly_hours": Decimal(160),
        "employed_from": date(2020, 1, 1),
        "employed_until": None,
        "has_fixed_workplace": True,
        "is_on_leave_all_week": False,
        "has_address": True,
    }
    return population_outcome(
        StaffInWeek(**{**facts, **changes}),
        week_from=MONDAY,
        week_until=SUNDAY,
        asked_on=ASKED_ON,
        minimum_monthly_hours=20,
    )


@pytest.mark.parametrize("kind", ["permanent", "fixed_term", "seasonal"])
def test_staff_with_a_labour_contract_are_invited(kind):
    found = outcome(contract_kind=kind)
    assert (found.is_invited, found.reason, found.assumptions) == (True, PopulationReason.INVITED, ())


@pytest.mark.parametrize(
    "kind",
    [
        "on_call",
        "agency_clause",
        "hired_temp",
        "seconded_in",
        "seconded_internally",
        "self_employed",
        "volunteer",
        "intern",
        "political_office",
    ],
)
def test_other_kinds_are_left_out_by_their_own_name(kind):
    found = outcome(contract_kind=kind)
    assert (found.is_invited, found.reason.value) == (False, kind)


@pytest.mark.parametrize(
    ("hours", "reason"),
    [("19.5", PopulationReason.TOO_FEW_HOURS), ("20", PopulationReason.INVITED)],
)
def test_twenty_hours_a_month_is_enough(hours, reason):
    assert outcome(monthly_hours=Decimal(hours)).reason is reason


@pytest.mark.parametrize(
    ("employed_from", "employed_until", "reason"),
    [
        (SUNDAY, None, PopulationReason.INVITED),
        (date(2025, 3, 17), None, PopulationReason.NOT_YET_EMPLOYED),
        (date(2020, 1, 1), ASKED_ON, PopulationReason.INVITED),
        (date(2020, 1, 1), SUNDAY, PopulationReason.LEFT),
        (date(2020, 1, 1), date(2025, 3, 9), PopulationReason.LEFT),
    ],
)
def test_employed_in_the_week_and_when_asked(employed_from, employed_until, reason):
    assert outcome(employed_from=employed_from, employed_until=employed_until).reason is reason


def test_who_leaves_before_a_week_that_is_asked_in_advance_has_left():
    found = population_outcome(
        StaffInWeek(
            contract_kind="permanent",
            monthly_hours=Decimal(160),
            employed_from=None,
            employed_until=date(2025, 3, 7),
            has_fixed_workplace=True,
            is_on_leave_all_week=False,
            has_address=True,
        ),
        week_from=MONDAY,
        week_until=SUNDAY,
        asked_on=date(2025, 3, 3),
        minimum_monthly_hours=20,
    )
    assert found.reason is PopulationReason.LEFT


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"is_on_leave_all_week": True}, PopulationReason.ON_LEAVE),
        ({"has_address": False}, PopulationReason.NO_ADDRESS),
        ({"has_fixed_workplace": False}, PopulationReason.NO_FIXED_WORKPLACE),
        ({"works_in_the_netherlands": False}, PopulationReason.FOREIGN_SITE),
    ],
)
def test_who_is_listed_apart(changes, reason):
    assert outcome(**changes).reason is reason


def test_the_kind_of_staff_comes_before_being_out_of_reach():
    found = outcome(contract_kind="on_call", has_address=False, is_on_leave_all_week=True)
    assert found.reason is PopulationReason.ON_CALL


def test_leave_comes_before_a_missing_address():
    assert outcome(is_on_leave_all_week=True, has_address=False).reason is PopulationReason.ON_LEAVE


def test_what_the_list_does_not_say_is_assumed_and_flagged():
    found = outcome(contract_kind="", monthly_hours=None, employed_from=None)
    assert found.is_invited is True
    assert found.assumptions == (
        Assumption.CONTRACT_UNKNOWN,
        Assumption.HOURS_UNKNOWN,
        Assumption.START_UNKNOWN,
    )


def test_a_contract_kind_outside_the_list_is_an_error():
    with pytest.raises(ValueError, match="pirate"):
        outcome(contract_kind="pirate")


def test_every_contract_kind_has_an_outcome():
    invited = {kind for kind in ContractKind if outcome(contract_kind=kind.value).is_invited}
    assert invited == {
        ContractKind.PERMANENT,
        ContractKind.FIXED_TERM,
        ContractKind.SEASONAL,
        ContractKind.UNKNOWN,
    }
