from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.domain.cell import CellMethod, CellOrigin, UndeterminedReason
from reporting.domain.commute import (
    NoRespondents,
    ProvidedKilometres,
    annual_kilometres,
    commute_cells,
    provided_kilometres,
    survey_method,
)
from reporting.domain.parameter_files import load_parameters
from reporting.domain.rvo import KNOWN_FUELS, Fuel, Mode, RvoBlock, RvoLine
from reporting.domain.survey_sums import ModeSum, SurveySums, WeekCounts

MONDAY = date(2025, 3, 10)
PARAMETERS = load_parameters(reporting_year=2025)


def survey(*rows, submitted=10, **counts):
    return SurveySums(weeks=(WeekCounts(week_from=MONDAY, submitted=submitted, **counts),), sums=rows)


def petrol(metres, *, provided=False):
    return ModeSum(mode=Mode.CAR, fuel=Fuel.PETROL, is_employer_provided=provided, metres=Fraction(metres))


def cells(found, *, headcount=100):
    return {cell.line: cell for cell in commute_cells(survey=found, headcount=headcount, parameters=PARAMETERS)}


def exact(found, line, *, headcount):
    return cells(found, headcount=headcount)[line].derivation.exact_km


def test_the_guidances_formula():
    assert annual_kilometres(week_metres=Fraction(123_000), weeks=45, respondents=1, headcount=1) == 5535


def test_the_formula_is_exact():
    assert annual_kilometres(week_metres=Fraction(1), weeks=45, respondents=7, headcount=3) == Fraction(27, 1400)


def test_the_formula_over_nobody_has_no_answer():
    with pytest.raises(NoRespondents):
        annual_kilometres(week_metres=Fraction(0), weeks=45, respondents=0, headcount=100)


def test_the_cells_stand_in_the_forms_order():
    found = commute_cells(survey=survey(), headcount=5, parameters=PARAMETERS)
    assert [cell.line for cell in found] == list(RvoLine)
    assert {cell.block for cell in found} == {RvoBlock.COMMUTE}


def test_a_cell_explains_itself():
    derivation = cells(survey(petrol(120_000), copied_days=4, not_worked=2))[RvoLine.CAR_PETROL].derivation
    assert derivation.method is CellMethod.SURVEY_ONE_WEEK
    assert derivation.week_metres == 120_000
    assert derivation.weeks_per_year == 45
    assert derivation.respondents == 8
    assert derivation.headcount == 100
    assert derivation.exact_km == 67_500
    assert derivation.flags == {"copied_days": 4}
    assert derivation.source == "Guidance for employers (RVO), summary, part 4: 'Kilometers berekenen'"


def test_a_line_that_nobody_uses_is_an_observed_zero():
    cell = cells(survey(petrol(120_000)))[RvoLine.CAR_OTHER]
    assert (cell.value, cell.origin) == (0, CellOrigin.OBSERVED)


@pytest.mark.parametrize(
    ("found", "headcount", "reason"),
    [
        (None, 100, UndeterminedReason.NO_SURVEY),
        (SurveySums(weeks=(), sums=()), 100, UndeterminedReason.NO_SURVEY),
        (survey(submitted=0), 100, UndeterminedReason.NO_RESPONDENTS),
        (survey(submitted=3, not_worked=2, unusable=1), 100, UndeterminedReason.NO_RESPONDENTS),
        (survey(petrol(1000)), 0, UndeterminedReason.NO_HEADCOUNT),
    ],
)
def test_without_a_basis_every_cell_is_undetermined_never_zero(found, headcount, reason):
    for cell in cells(found, headcount=headcount).values():
        assert (cell.value, cell.origin) == (None, CellOrigin.UNDETERMINED)
        assert cell.derivation.undetermined_reason is reason


@pytest.mark.parametrize(("people", "is_computed"), [(1, False), (4, False), (5, True)])
def test_from_fewer_people_than_the_least_nothing_is_computed(people, is_computed):
    found = survey(petrol(120_000), submitted=people + 2, not_worked=1, unusable=1, copied_days=3)
    for cell in commute_cells(survey=found, headcount=100, parameters=PARAMETERS, least_people=5):
        assert (cell.origin is not CellOrigin.UNDETERMINED) is is_computed
        if not is_computed:
            assert cell.derivation.undetermined_reason is UndeterminedReason.FEW_RESPONDENTS
            assert (cell.derivation.week_metres, cell.derivation.respondents) == (None, None)
            assert cell.derivation.flags == {}


def test_four_people_in_three_weeks_are_four_people():
    weeks = [WeekCounts(week_from=date(2025, 3, 10 + 7 * number), submitted=4) for number in range(3)]
    found = SurveySums(weeks=tuple(weeks), sums=(petrol(120_000),))
    assert (found.respondents, found.people_at_least) == (12, 4)
    cells = commute_cells(survey=found, headcount=100, parameters=PARAMETERS, least_people=5)
    assert {cell.derivation.undetermined_reason for cell in cells} == {UndeterminedReason.FEW_RESPONDENTS}


def test_nobody_is_told_apart_from_a_few():
    cells = commute_cells(survey=survey(submitted=0), headcount=100, parameters=PARAMETERS, least_people=5)
    assert cells[0].derivation.undetermined_reason is UndeterminedReason.NO_RESPONDENTS


def test_an_unknown_fuel_alone_leaves_the_lines_of_its_mode_open():
    unknown = ModeSum(mode=Mode.MOPED, fuel=Fuel.UNKNOWN, is_employer_provided=None, metres=Fraction(4000))
    pedelec = ModeSum(mode=Mode.SPEED_PEDELEC, fuel=Fuel.NONE, is_employer_provided=None, metres=Fraction(9000))
    found = cells(survey(unknown, pedelec))
    open_lines = {line for line, cell in found.items() if cell.origin is CellOrigin.UNDETERMINED}
    assert open_lines == {RvoLine.MOPED_PETROL, RvoLine.MOPED_ELECTRIC}
    derivation = found[RvoLine.MOPED_ELECTRIC].derivation
    assert derivation.undetermined_reason is UndeterminedReason.ONLY_UNKNOWN_FUEL
    assert (derivation.week_metres, derivation.exact_km) == (9000, None)
    assert derivation.flags == {"unknown_fuel": 1}


def test_one_week_is_the_guidances_method_and_more_are_pooled():
    week = WeekCounts(week_from=MONDAY, submitted=1)
    later = WeekCounts(week_from=date(2025, 3, 17), submitted=1)
    assert survey_method(SurveySums(weeks=(week,), sums=())) is CellMethod.SURVEY_ONE_WEEK
    assert survey_method(SurveySums(weeks=(week, later), sums=())) is CellMethod.SURVEY_POOLED_WEEKS


def test_what_the_employer_provides_is_kept_apart():
    found = provided_kilometres(
        survey=survey(petrol(100_000, provided=True), petrol(60_000), petrol(20_000, provided=None)),
        headcount=20,
        parameters=PARAMETERS,
    )
    assert found == (
        ProvidedKilometres(
            mode=Mode.CAR,
            fuel=Fuel.PETROL,
            line=RvoLine.CAR_PETROL,
            provided_km=Fraction(9000),
            own_km=Fraction(5400),
            unknown_km=Fraction(1800),
        ),
    )


def test_what_the_employer_provides_is_unknown_without_respondents():
    with pytest.raises(NoRespondents):
        provided_kilometres(survey=survey(petrol(1000), submitted=0), headcount=20, parameters=PARAMETERS)


def sums():
    pairs = [(mode, fuel) for mode in (Mode.CAR, Mode.MOTORCYCLE, Mode.MOPED) for fuel in sorted(KNOWN_FUELS)]
    pairs += [(mode, Fuel.NONE) for mode in Mode if mode not in {Mode.CAR, Mode.MOTORCYCLE, Mode.MOPED}]
    row = st.builds(
        lambda pair, provided, metres: ModeSum(
            mode=pair[0], fuel=pair[1], is_employer_provided=provided, metres=metres
        ),
        st.sampled_from(pairs),
        st.sampled_from([True, False, None]),
        st.fractions(0, 10**8, max_denominator=420),
    )
    return st.lists(row, max_size=12).map(tuple)


@given(rows=sums(), submitted=st.integers(1, 5000), headcount=st.integers(1, 20_000))
def test_the_lines_together_hold_every_kilometre(rows, submitted, headcount):
    found = cells(survey(*rows, submitted=submitted), headcount=headcount)
    total = sum((row.metres for row in rows), Fraction(0))
    assert sum(cell.derivation.exact_km for cell in found.values()) == annual_kilometres(
        week_metres=total, weeks=45, respondents=submitted, headcount=headcount
    )


@given(rows=sums(), submitted=st.integers(1, 5000))
def test_one_more_person_at_home_never_raises_a_kilometre(rows, submitted):
    before = cells(survey(*rows, submitted=submitted))
    after = cells(survey(*rows, submitted=submitted + 1))
    assert all(after[line].value <= before[line].value for line in RvoLine)


@given(rows=sums(), headcount=st.integers(1, 2000), factor=st.integers(1, 9))
def test_kilometres_grow_in_proportion_to_the_headcount(rows, headcount, factor):
    for line in RvoLine:
        once = exact(survey(*rows), line, headcount=headcount)
        assert exact(survey(*rows), line, headcount=headcount * factor) == once * factor


@given(rows=sums(), copies=st.integers(2, 4))
def test_the_same_week_pooled_with_itself_gives_the_one_week_result(rows, copies):
    weeks = tuple(WeekCounts(week_from=date(2025, 3, 3 + 7 * n), submitted=10) for n in range(copies))
    pooled = SurveySums(weeks=weeks, sums=rows * copies)
    one = cells(survey(*rows))
    assert {line: cell.value for line, cell in cells(pooled).items()} == {
        line: cell.value for line, cell in one.items()
    }


@given(rows=sums())
def test_what_is_provided_and_own_adds_up_to_the_cells(rows):
    by_line = dict.fromkeys(RvoLine, Fraction(0))
    for row in provided_kilometres(survey=survey(*rows), headcount=100, parameters=PARAMETERS):
        by_line[row.line] += row.provided_km + row.own_km + row.unknown_km
    assert by_line == {line: cell.derivation.exact_km for line, cell in cells(survey(*rows)).items()}
