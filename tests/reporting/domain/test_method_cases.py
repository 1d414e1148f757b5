"""Every worked case of 214 days and trip registration, to the kilometre; twice, by the product and independently."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.domain.business.commute_part import register_part
from reporting.domain.business.vehicles import MODE_OF_KIND
from reporting.domain.commute_method import CommuteMethod, CommuteRegister, MethodChoice, RegisterFile
from reporting.domain.commute_register import coverage
from reporting.domain.commute_rows import RhythmRow, RhythmStaff, people_with_rhythm, register_sums, rhythm_sums
from reporting.domain.least_inputs import figures, least_inputs
from reporting.domain.matrix import build_matrix
from reporting.domain.parameter_files import load_parameters
from reporting.domain.report_inputs import MethodsMixed, inputs_from_json, inputs_to_json
from reporting.domain.rvo import FUELLED_MODES, Fuel, RvoBlock, RvoLine
from reporting.exports.evidence_check import document_differences
from tests.reporting import independent
from tests.reporting.domain.test_independent import exported, product_figures
from tests.reporting.method_case_files import METHOD_CASE_NAMES, case_register, case_report, load_method_case
from tests.reporting.reports import make_inputs, make_survey

PARAMETERS = load_parameters(reporting_year=2025)


def commute_of(inputs):
    matrix = build_matrix(inputs, load_parameters(reporting_year=inputs.reporting_year))
    return {cell.line: cell for cell in matrix.block(RvoBlock.COMMUTE)}


@pytest.mark.parametrize("name", METHOD_CASE_NAMES)
def test_case_gives_its_cells(name):
    case = load_method_case(name)
    expected = case["expected"]
    cells = commute_of(case_report(case))
    if "reason" in expected:
        assert {(cell.value, cell.derivation.undetermined_reason) for cell in cells.values()} == {
            (None, expected["reason"])
        }
        return
    wanted = {line: expected["cells"].get(line, 0) for line in RvoLine}
    wanted |= {RvoLine(line): None for line in expected.get("undetermined", ())}
    assert {line: cell.value for line, cell in cells.items()} == wanted


@pytest.mark.parametrize("name", METHOD_CASE_NAMES)
def test_case_is_the_same_independently_and_from_its_evidence(name):
    inputs = case_report(load_method_case(name))
    parameters = load_parameters(reporting_year=inputs.reporting_year)
    document = exported(inputs, parameters)
    assert independent.computed_report(document["inputs"], document["parameters"]) == product_figures(
        inputs, parameters
    )
    # What stands out in made-up figures is the matter of other tests.
    differences = [difference.where for difference in document_differences(document)]
    assert [where for where in differences if where != "facts warnings"] == []


@pytest.mark.parametrize("name", METHOD_CASE_NAMES)
def test_case_counts_whose_rhythm_is_known_and_what_the_employer_provides(name):
    case = load_method_case(name)
    register, method = case_register(case), CommuteMethod(case["method"])
    assert register.with_rhythm == case["expected"].get("with_rhythm", 0)
    part = register_part(
        method=method,
        register=register,
        headcount=case["employees"],
        parameters=load_parameters(reporting_year=case["reporting_year"]),
    )
    assert part.reason == case["expected"].get("reason")
    provided = {line.value: km for line, km in part.provided.items() if km}
    assert provided == case["expected"].get("employer_provided", {})


@pytest.mark.parametrize("name", METHOD_CASE_NAMES)
def test_case_cites_a_source_and_its_rules(name):
    case = load_method_case(name)
    assert case["title"]
    assert case["source"]
    assert case["rules"]


@pytest.mark.parametrize("name", METHOD_CASE_NAMES)
def test_case_survives_its_json_and_the_coarsest_inputs(name):
    inputs = case_report(load_method_case(name))
    parameters = load_parameters(reporting_year=inputs.reporting_year)
    assert inputs_from_json(inputs_to_json(inputs)) == inputs
    least = least_inputs(inputs, parameters)
    assert figures(build_matrix(least, parameters)) == figures(build_matrix(inputs, parameters))
    assert len(least.register.sums) <= len(inputs.register.sums)


def test_a_report_never_mixes_methods():
    register = case_register(load_method_case("one_rhythm"))
    with pytest.raises(MethodsMixed):
        make_inputs(register=register)
    with pytest.raises(MethodsMixed):
        make_inputs(survey=make_survey(), choice=MethodChoice(method=CommuteMethod.STANDARD_DAYS))


def test_the_evidence_has_no_sum_of_a_provider_unless_a_fleet_needs_it():
    inputs = case_report(load_method_case("employer_provided"))
    least = least_inputs(inputs, PARAMETERS)
    assert [row.is_employer_provided for row in least.register.sums] == [None]


def test_how_many_are_needed():
    register = CommuteRegister(with_rhythm=800)
    test = coverage(register=register, headcount=1001, parameters=PARAMETERS)
    assert (test.needed, test.is_enough) == (801, False)
    assert coverage(register=register, headcount=1000, parameters=PARAMETERS).is_enough
    assert not coverage(register=register, headcount=0, parameters=PARAMETERS).is_enough


kinds = st.sampled_from(list(MODE_OF_KIND))
fuels = st.sampled_from([fuel for fuel in Fuel if fuel not in (Fuel.NONE, Fuel.UNKNOWN)])


@st.composite
def rhythms(draw, number):
    kind = draw(kinds)
    return RhythmRow(
        staff_number=f"P{number}",
        days_per_week=Decimal(draw(st.integers(0, 14))) / 2,
        kind=kind,
        fuel=draw(fuels) if MODE_OF_KIND[kind] in FUELLED_MODES else Fuel.NONE,
        is_employer_provided=draw(st.sampled_from([True, False, None])),
        one_way_km=Decimal(draw(st.integers(0, 20_000))) / 100,
        months=draw(st.none() | st.integers(0, 12).map(Decimal)),
    )


registers = st.integers(1, 12).flatmap(lambda count: st.tuples(*(rhythms(number) for number in range(count))))


def report_of(rows, *, employees):
    staff = {row.staff_number.casefold(): RhythmStaff(months=12, is_counted=True) for row in rows}
    sums = rhythm_sums(rows, staff=staff)
    return replace(
        make_inputs(survey=None, choice=MethodChoice(method=CommuteMethod.STANDARD_DAYS)),
        headcount=replace(make_inputs().headcount, commute_multiplier=employees),
        register=CommuteRegister(
            sums=register_sums(sums, method=CommuteMethod.STANDARD_DAYS),
            with_rhythm=people_with_rhythm(sums),
            files=(RegisterFile(name="ritmes.csv", rows=len(rows), applied_on=PARAMETERS.day("reference_date")),),
        ),
    )


def by_pocket_calculator(rows):
    """The rule per employee, added up: one way × 2 × 214 × days ÷ 5 × months ÷ 12."""
    return sum(
        (
            Fraction(row.one_way_km)
            * 2
            * 214
            * Fraction(row.days_per_week)
            / 5
            * Fraction(12 if row.months is None else row.months)
            / 12
            for row in rows
        ),
        Fraction(0),
    )


@given(rows=registers)
def test_the_lines_add_up_to_the_rule_per_employee(rows):
    cells = commute_of(report_of(rows, employees=len(rows)))
    assert sum(cell.derivation.exact_km for cell in cells.values()) == by_pocket_calculator(rows)
    assert abs(sum(cell.value for cell in cells.values()) - by_pocket_calculator(rows)) <= len(RvoLine) / 2


@given(rows=registers, more=st.integers(0, 2))
def test_unknown_colleagues_travel_as_the_known_ones(rows, more):
    employees = len(rows) + more
    if len(rows) * 5 < employees * 4:
        assert {cell.value for cell in commute_of(report_of(rows, employees=employees)).values()} == {None}
        return
    cells = commute_of(report_of(rows, employees=employees))
    exact = sum(cell.derivation.exact_km for cell in cells.values())
    assert exact == by_pocket_calculator(rows) * employees / len(rows)


@given(rows=registers)
def test_a_colleague_at_home_adds_no_kilometres(rows):
    at_home = RhythmRow(staff_number="home", days_per_week=Decimal(0))
    before = commute_of(report_of(rows, employees=len(rows)))
    after = commute_of(report_of((*rows, at_home), employees=len(rows) + 1))
    assert {line: cell.value for line, cell in after.items()} == {line: cell.value for line, cell in before.items()}


@given(rows=registers)
def test_the_independent_sum_is_equal(rows):
    inputs = report_of(rows, employees=len(rows))
    document = inputs_to_json(inputs)
    found = independent.computed_report(document, dict(PARAMETERS.document))
    assert {line: found[4, line.value] for line in RvoLine} == {
        line: cell.value for line, cell in commute_of(inputs).items()
    }
