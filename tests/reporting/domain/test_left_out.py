"""What files hold and the report does not count, per block and reason, with its kilometres and euros."""

from collections import Counter
from decimal import Decimal

import pytest

from reporting.domain.business.left_out import left_out_sums
from reporting.domain.business.vehicles import LeftOut
from reporting.domain.rvo import RvoBlock
from tests.reporting.business_case_files import BUSINESS_CASE_NAMES, case_business, load_business_case


def sums(name):
    case = load_business_case(name)
    return left_out_sums(case_business(case), year=case["reporting_year"])


def test_vehicles_that_do_not_count_are_told_with_their_kilometres():
    assert [(row.block, row.reason, row.count, row.km, row.euro) for row in sums("left_out_vehicles")] == [
        (RvoBlock.FLEET, LeftOut.GREY_PLATE, 1, Decimal(40_000), None),
        (RvoBlock.FLEET, LeftOut.ADAPTED_VEHICLE, 2, Decimal(100_000), None),
        (RvoBlock.FLEET, LeftOut.EMERGENCY_DUTY, 1, Decimal(50_000), None),
        (RvoBlock.FLEET, LeftOut.PAID_TRANSPORT, 1, Decimal(80_000), None),
    ]


def test_trips_that_do_not_count_are_told_with_kilometres_and_euros():
    assert [(row.block, row.reason, row.count, row.km, row.euro) for row in sums("claims_left_out")] == [
        (RvoBlock.EXPENSE_CLAIM, LeftOut.FLIGHT_OR_SHIP, 2, Decimal(1000), None),
        (RvoBlock.EXPENSE_CLAIM, LeftOut.OUTSIDE_NETHERLANDS, 1, Decimal(300), None),
        (RvoBlock.EXPENSE_CLAIM, LeftOut.NO_TRAVEL, 1, None, Decimal(12)),
        (RvoBlock.EXPENSE_CLAIM, LeftOut.LINE_UNKNOWN, 1, None, Decimal(40)),
    ]


@pytest.mark.parametrize("name", BUSINESS_CASE_NAMES)
def test_every_case_counts_what_it_leaves_out(name):
    expected = Counter()
    for block, facts in load_business_case(name)["expected"].items():
        for reason, count in facts.get("left_out", {}).items():
            expected[RvoBlock[block.upper()], LeftOut(reason)] += count
    assert {(row.block, row.reason): row.count for row in sums(name)} == expected
