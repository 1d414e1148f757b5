"""What holds for every fleet, card and claim, whatever the numbers."""

import json
import random
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.domain.business.fleet import FleetVehicle, fleet_classes, private_km, total_km
from reporting.domain.business.steps import StepKind, outcome
from reporting.domain.business.sums import BusinessInputs, SourceFile
from reporting.domain.business.travel import TravelRow, merged_travel, travel_sums
from reporting.domain.business.vehicles import MODE_OF_KIND, LeftOut, VehicleKind, has_fuel
from reporting.domain.cell import CellOrigin, UndeterminedReason
from reporting.domain.commute import provided_kilometres
from reporting.domain.matrix import build_matrix
from reporting.domain.report_inputs import inputs_from_json, inputs_hash, inputs_to_json
from reporting.domain.rvo import KNOWN_FUELS, Fuel, RvoBlock, RvoLine
from tests.reporting.reports import PARAMETERS, make_inputs

YEAR = PARAMETERS.reporting_year
FILES = tuple(
    SourceFile(block=block, name=f"{block.code}.xlsx", rows=1, applied_on=date(YEAR + 1, 2, 1))
    for block in RvoBlock
    if block is not RvoBlock.COMMUTE
)
kilometres = st.none() | st.integers(0, 10**7).map(lambda cents: Decimal(cents) / 100)
left_outs = st.sampled_from([None, None, None, LeftOut.EMERGENCY_DUTY])
MODES = {kind for kind in MODE_OF_KIND if kind not in (VehicleKind.WALKING, VehicleKind.PUBLIC_TRANSPORT)}


@st.composite
def fuels_of(draw, kind, *, may_be_unknown):
    if not has_fuel(kind):
        return Fuel.NONE
    return draw(st.sampled_from(sorted(KNOWN_FUELS) + ([Fuel.UNKNOWN] if may_be_unknown else [])))


@st.composite
def vehicles(draw):
    kind = draw(st.sampled_from([*sorted(MODES), VehicleKind.GREY_PLATE_VAN]))
    return FleetVehicle(
        kind=kind,
        fuel=draw(fuels_of(kind, may_be_unknown=False)),
        available_days=draw(st.integers(1, 365)),
        is_leased=draw(st.booleans()),
        proves_private_limit=draw(st.booleans()),
        driven_km=draw(kilometres),
        contract_km=draw(kilometres),
        left_out=draw(left_outs),
    )


@st.composite
def travel_rows(draw):
    kind = draw(st.sampled_from(sorted(VehicleKind)))
    return TravelRow(
        kind=kind,
        fuel=draw(fuels_of(kind, may_be_unknown=True)),
        left_out=draw(left_outs),
        total_km=draw(kilometres),
        business_km=draw(kilometres),
        euro=draw(kilometres),
    )


def inputs_with(*, fleet=(), services=(), claims=()):
    travel = (
        *travel_sums(services, block=RvoBlock.MOBILITY_SERVICE),
        *travel_sums(claims, block=RvoBlock.EXPENSE_CLAIM),
    )
    business = BusinessInputs(files=FILES, fleet=fleet_classes(fleet, year=YEAR), travel=travel)
    return make_inputs(manual=(), business=business)


def cells_of(inputs):
    return [cell for cell in build_matrix(inputs, PARAMETERS).cells if cell.block is not RvoBlock.COMMUTE]


def amount(cell, *kinds):
    return sum((step.amount for step in cell.derivation.steps if step.kind in kinds), Fraction(0))


@settings(max_examples=60, deadline=None)
@given(st.lists(vehicles(), max_size=8))
def test_business_and_commute_and_private_are_the_total_where_no_cell_was_left_empty(fleet):
    inputs = inputs_with(fleet=fleet)
    provided = {}
    for row in provided_kilometres(survey=inputs.survey, headcount=230, parameters=PARAMETERS):
        provided[row.line] = provided.get(row.line, 0) + row.provided_km
    for cell in build_matrix(inputs, PARAMETERS).block(RvoBlock.FLEET):
        if cell.origin is not CellOrigin.OBSERVED:
            continue
        classes = [
            row
            for row in inputs.business.fleet
            if row.left_out is None
            and PARAMETERS.form.place(mode=MODE_OF_KIND[row.kind], fuel=row.fuel).line is cell.line
        ]
        total = sum((total_km(row, year=YEAR) for row in classes), Fraction(0))
        private = sum((private_km(row, year=YEAR, parameters=PARAMETERS) for row in classes), Fraction(0))
        is_left_out = cell.line is RvoLine.BICYCLE_WALKING and not classes
        commute = 0 if is_left_out else provided.get(cell.line, 0)
        assert cell.derivation.exact_km + commute + private == total
        assert amount(cell, StepKind.DRIVEN, StepKind.CONTRACT) == total


@settings(max_examples=60, deadline=None)
@given(st.lists(vehicles(), max_size=6), st.lists(travel_rows(), max_size=6), st.lists(travel_rows(), max_size=6))
def test_a_cell_is_never_negative_and_an_empty_one_says_why(fleet, services, claims):
    for cell in cells_of(inputs_with(fleet=fleet, services=services, claims=claims)):
        if cell.value is None:
            assert cell.derivation.undetermined_reason is not None
            if cell.derivation.undetermined_reason is UndeterminedReason.NEGATIVE_OUTCOME:
                assert outcome(cell.derivation.steps) < 0
        else:
            assert cell.value >= 0
            assert outcome(cell.derivation.steps) == cell.derivation.exact_km


@settings(max_examples=40, deadline=None)
@given(st.lists(vehicles(), max_size=8), st.lists(travel_rows(), max_size=8), st.randoms(use_true_random=False))
def test_order_does_not_matter_and_what_is_stored_comes_back(fleet, rows, chance):
    inputs = inputs_with(fleet=fleet, services=rows, claims=rows)
    mixed = inputs_with(fleet=_mixed(fleet, chance), services=_mixed(rows, chance), claims=_mixed(rows, chance))
    assert inputs_hash(mixed) == inputs_hash(inputs)
    back = inputs_from_json(json.loads(json.dumps(inputs_to_json(inputs))))
    assert inputs_hash(back) == inputs_hash(inputs)
    assert build_matrix(back, PARAMETERS) == build_matrix(inputs, PARAMETERS)


@settings(max_examples=40, deadline=None)
@given(st.lists(travel_rows(), max_size=8), st.integers(0, 8))
def test_two_files_give_what_one_gives(rows, at):
    block = RvoBlock.EXPENSE_CLAIM
    parts = (*travel_sums(rows[:at], block=block), *travel_sums(rows[at:], block=block))
    assert merged_travel(parts) == travel_sums(rows, block=block)


@settings(max_examples=40, deadline=None)
@given(st.lists(travel_rows(), max_size=8))
def test_no_claimed_kilometre_is_lost_or_made(rows):
    """Counted rows of known lines come back in the cells, whatever their fuel, unless a line stays empty."""
    cells = [cell for cell in cells_of(inputs_with(claims=rows)) if cell.block is RvoBlock.EXPENSE_CLAIM]
    if any(cell.value is None for cell in cells):
        return
    counted = [row for row in rows if row.left_out is None and row.kind in MODE_OF_KIND]
    claimed = [row.total_km if row.business_km is None else row.business_km for row in counted]
    wanted = sum(
        (Fraction(km or 0) for km, row in zip(claimed, counted, strict=True) if row.kind != "public_transport"),
        Fraction(0),
    )
    found = [cell.derivation.exact_km for cell in cells if cell.line is not RvoLine.PUBLIC_TRANSPORT]
    assert sum(found, Fraction(0)) == wanted


def test_inputs_without_files_keep_the_hash_that_they_had():
    document = inputs_to_json(make_inputs())
    assert "business" not in document
    assert inputs_hash(make_inputs(business=BusinessInputs())) == inputs_hash(make_inputs())


def _mixed(rows, chance: random.Random):
    rows = list(rows)
    chance.shuffle(rows)
    return rows
