"""A report's inputs with as little detail as its 44 cells need, for the file that leaves the organisation.

The stored inputs are finer than the form: every mode, fuel and provider apart, counts per week. Such a sum can be one
person's answer. The evidence needs no more than what the figures follow from, so it gets the coarsest inputs from which
the calculation itself gives the same cells.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction

from reporting.domain.cell import Cell
from reporting.domain.matrix import Matrix, build_matrix
from reporting.domain.parameters import Parameters
from reporting.domain.report_inputs import ReportInputs
from reporting.domain.rvo import Fuel, Mode, RvoLine
from reporting.domain.survey_sums import LINE_FLAGS, ModeSum, SurveySums, WeekCounts, sum_order
from reporting.domain.unknown_fuel import spread_unknown_fuel

# That a mode is left open matters to its lines, how much is left open to no figure.
ONE_METRE = Fraction(1)

Coarsening = Callable[[SurveySums, Parameters], SurveySums]


def least_inputs(inputs: ReportInputs, parameters: Parameters) -> ReportInputs:
    """The coarsest equivalent of the inputs: the first of a fixed row that gives the same cells.

    In that row: no sums at all; one sum per line of the form; the same with what the employer provides apart (which the
    fleet's commuting needs); the inputs as they are.
    """
    wanted = figures(build_matrix(inputs, parameters))
    if inputs.survey is None:
        return _least_register(inputs, parameters, wanted=wanted)
    for coarser in (_without_sums, _per_line, _per_line_and_provider):
        candidate = replace(inputs, survey=coarser(inputs.survey, parameters))
        if figures(build_matrix(candidate, parameters)) == wanted:
            return candidate
    return inputs


def _least_register(inputs: ReportInputs, parameters: Parameters, *, wanted: tuple[Cell, ...]) -> ReportInputs:
    """The same for a register of commuting; without any register the inputs are as coarse as can be."""
    if not inputs.register.files:
        return inputs
    for sums in (
        (),
        merged_sums(inputs.register.sums, parameters, provider=lambda row: None),
        merged_sums(inputs.register.sums, parameters, provider=lambda row: row.is_employer_provided is True),
    ):
        candidate = replace(inputs, register=replace(inputs.register, sums=sums))
        if figures(build_matrix(candidate, parameters)) == wanted:
            return candidate
    return inputs


def figures(matrix: Matrix) -> tuple[Cell, ...]:
    """The cells without the remarks about a part of a line, which coarser inputs do not give."""
    return tuple(replace(cell, derivation=replace(cell.derivation, flags=_coarse_flags(cell))) for cell in matrix.cells)


def _coarse_flags(cell: Cell) -> dict[str, int]:
    return {flag: count for flag, count in cell.derivation.flags.items() if flag not in LINE_FLAGS}


def _without_sums(survey: SurveySums, parameters: Parameters) -> SurveySums:
    return replace(survey, weeks=tuple(_respondents_only(week) for week in survey.weeks), sums=())


def _per_line(survey: SurveySums, parameters: Parameters) -> SurveySums:
    return _merged(survey, parameters, provider=lambda row: None)


def _per_line_and_provider(survey: SurveySums, parameters: Parameters) -> SurveySums:
    return _merged(survey, parameters, provider=lambda row: row.is_employer_provided is True)


def _merged(survey: SurveySums, parameters: Parameters, *, provider: Callable[[ModeSum], bool | None]) -> SurveySums:
    return replace(survey, weeks=_pooled(survey.weeks), sums=merged_sums(survey.sums, parameters, provider=provider))


def merged_sums(
    fine: tuple[ModeSum, ...], parameters: Parameters, *, provider: Callable[[ModeSum], bool | None]
) -> tuple[ModeSum, ...]:
    """One sum per line of the form (and provider), and a sign for each mode that is left open."""
    spread = spread_unknown_fuel(fine)
    pairs = _line_pairs(parameters, unresolved=spread.unresolved)
    totals: dict[tuple[RvoLine, bool | None], Fraction] = {}
    for row in spread.sums:
        if not row.metres:
            continue
        key = (parameters.form.place(mode=row.mode, fuel=row.fuel).line, provider(row))
        totals[key] = totals.get(key, Fraction(0)) + row.metres
    sums = [
        ModeSum(mode=pairs[line][0], fuel=pairs[line][1], is_employer_provided=provided, metres=metres)
        for (line, provided), metres in totals.items()
    ]
    open_rows = {(row.mode, provider(row)) for row in fine if row.mode in spread.unresolved and row.metres}
    sums += [
        ModeSum(mode=mode, fuel=Fuel.UNKNOWN, is_employer_provided=provided, metres=ONE_METRE)
        for mode, provided in open_rows
    ]
    return tuple(sorted(sums, key=sum_order))


def _line_pairs(parameters: Parameters, *, unresolved: Mapping[Mode, Fraction]) -> dict[RvoLine, tuple[Mode, Fuel]]:
    """One mode and fuel that stands for each line; never of a mode that is left open, which would get its metres."""
    pairs: dict[RvoLine, tuple[Mode, Fuel]] = {}
    for (mode, fuel), place in parameters.form.places.items():
        if mode not in unresolved and not place.is_assumed:
            pairs.setdefault(place.line, (mode, fuel))
    return pairs


def _pooled(weeks: tuple[WeekCounts, ...]) -> tuple[WeekCounts, ...]:
    """The counts of all weeks with the first, so that no count is over the few people of a thin week."""
    if len(weeks) < 2:
        return weeks
    first = replace(
        weeks[0],
        submitted=sum(week.submitted for week in weeks),
        not_worked=sum(week.not_worked for week in weeks),
        unusable=sum(week.unusable for week in weeks),
        copied_days=sum(week.copied_days for week in weeks),
        alternative_weeks=sum(week.alternative_weeks for week in weeks),
        unusual_weeks_kept=sum(week.unusual_weeks_kept for week in weeks),
        other_site_days_at_usual_distance=sum(week.other_site_days_at_usual_distance for week in weeks),
        unknown_days=sum(week.unknown_days for week in weeks),
    )
    return (first, *(WeekCounts(week_from=week.week_from, submitted=0) for week in weeks[1:]))


def _respondents_only(week: WeekCounts) -> WeekCounts:
    return WeekCounts(week_from=week.week_from, submitted=week.respondents)
