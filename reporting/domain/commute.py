"""Commuting kilometres by the survey method of the guidance for employers (RVO).

    annual km of a line = week km × 45 ÷ respondents × employees on the reference date

Everything is exact until the one rounding per cell. Several weeks are pooled (our extension, named as such in
every output): Σ week km ÷ Σ respondent-weeks × 45 × employees. With one week both are the same number.
"""

from dataclasses import dataclass
from fractions import Fraction

from reporting.domain.cell import Cell, CellMethod, CellOrigin, Derivation, UndeterminedReason
from reporting.domain.line_flags import line_flags
from reporting.domain.parameters import Parameters
from reporting.domain.rounding import round_half_up
from reporting.domain.rvo import Fuel, Mode, RvoBlock, RvoLine
from reporting.domain.survey_sums import SurveySums
from reporting.domain.unknown_fuel import SpreadSums, spread_unknown_fuel


class NoRespondents(ValueError):
    """A mean over nobody: there is no figure, and 0 would be a lie."""


@dataclass(frozen=True, kw_only=True)
class ProvidedKilometres:
    """Annual commuting km of a mode and fuel by who provides the vehicle, exact, for the fleet.

    `unknown_km`: the respondent did not say who provides it.
    """

    mode: Mode
    fuel: Fuel
    line: RvoLine
    provided_km: Fraction
    own_km: Fraction
    unknown_km: Fraction


def annual_kilometres(*, week_metres: Fraction, weeks: int, respondents: int, headcount: int) -> Fraction:
    """Kilometres a year, unrounded: week metres ÷ 1000 × weeks ÷ respondents × headcount.

    `weeks` are the working weeks of a year (45); `respondents` the respondent-weeks in which `week_metres`
    were travelled. Raises `NoRespondents` for none. Source: guidance, summary, "Kilometers berekenen".
    """
    if respondents < 1:
        raise NoRespondents("Nobody answered: the commuting kilometres cannot be computed.")
    return week_metres / 1000 * weeks / respondents * headcount


def survey_method(survey: SurveySums) -> CellMethod:
    """The guidance's method for one week, pooled weeks for more."""
    return CellMethod.SURVEY_ONE_WEEK if len(survey.weeks) <= 1 else CellMethod.SURVEY_POOLED_WEEKS


def commute_cells(
    *, survey: SurveySums | None, headcount: int, parameters: Parameters, least_people: int = 1
) -> tuple[Cell, ...]:
    """The eleven cells of block 4 with their derivation.

    `headcount` is the commute multiplier: employees with a fixed workplace on the reference date. Without a
    survey, respondents or headcount every cell is undetermined, and so are the lines of a mode of which
    nobody knows the fuel. So is every cell when fewer than `least_people` answered: the arithmetic needs one person,
    but a figure over a few tells what they answered.
    """
    reason = why_no_commute(survey=survey, headcount=headcount, least_people=least_people)
    if survey is None or reason is not None:
        method = CellMethod.NONE if survey is None else survey_method(survey)
        derivation = Derivation(method=method, undetermined_reason=reason)
        return tuple(_undetermined(line=line, derivation=derivation) for line in RvoLine)
    spread = spread_unknown_fuel(survey.sums)
    open_lines = {line for mode in spread.unresolved for line in parameters.form.lines_of(mode=mode)}
    return tuple(
        _line_cell(
            line=line,
            is_open=line in open_lines,
            survey=survey,
            spread=spread,
            headcount=headcount,
            parameters=parameters,
        )
        for line in RvoLine
    )


def provided_kilometres(
    *, survey: SurveySums, headcount: int, parameters: Parameters
) -> tuple[ProvidedKilometres, ...]:
    """Annual commuting km per mode and fuel, split by provider. Raises `NoRespondents` when nobody answered.

    Kilometres of unknown fuel are spread as in the cells; a mode without any known fuel is left out.
    """
    kilometres: dict[tuple[Mode, Fuel], dict[bool | None, Fraction]] = {}
    for row in spread_unknown_fuel(survey.sums).sums:
        annual = annual_kilometres(
            week_metres=row.metres,
            weeks=parameters.whole("weeks_per_year"),
            respondents=survey.respondents,
            headcount=headcount,
        )
        by_provider = kilometres.setdefault((row.mode, row.fuel), {})
        by_provider[row.is_employer_provided] = by_provider.get(row.is_employer_provided, Fraction(0)) + annual
    return tuple(
        ProvidedKilometres(
            mode=mode,
            fuel=fuel,
            line=parameters.form.place(mode=mode, fuel=fuel).line,
            provided_km=by_provider.get(True, Fraction(0)),
            own_km=by_provider.get(False, Fraction(0)),
            unknown_km=by_provider.get(None, Fraction(0)),
        )
        for (mode, fuel), by_provider in sorted(kilometres.items())
    )


def why_no_commute(*, survey: SurveySums | None, headcount: int, least_people: int) -> UndeterminedReason | None:
    """Why the survey gives no commuting kilometres; None when it does."""
    if survey is None or not survey.weeks:
        return UndeterminedReason.NO_SURVEY
    if survey.respondents < 1:
        return UndeterminedReason.NO_RESPONDENTS
    if survey.people_at_least < least_people:
        return UndeterminedReason.FEW_RESPONDENTS
    return UndeterminedReason.NO_HEADCOUNT if headcount < 1 else None


def _undetermined(*, line: RvoLine, derivation: Derivation) -> Cell:
    return Cell(block=RvoBlock.COMMUTE, line=line, value=None, origin=CellOrigin.UNDETERMINED, derivation=derivation)


def _line_cell(
    *,
    line: RvoLine,
    is_open: bool,
    survey: SurveySums,
    spread: SpreadSums,
    headcount: int,
    parameters: Parameters,
) -> Cell:
    rows = [row for row in spread.sums if parameters.form.place(mode=row.mode, fuel=row.fuel).line is line]
    week_metres = sum((row.metres for row in rows), Fraction(0))
    weeks = parameters.whole("weeks_per_year")
    exact_km = annual_kilometres(
        week_metres=week_metres, weeks=weeks, respondents=survey.respondents, headcount=headcount
    )
    derivation = Derivation(
        method=survey_method(survey),
        source=parameters.values["weeks_per_year"].source,
        week_metres=week_metres,
        weeks_per_year=weeks,
        respondents=survey.respondents,
        headcount=headcount,
        exact_km=None if is_open else exact_km,
        flags={**survey.flags(), **line_flags(line=line, rows=rows, spread=spread, form=parameters.form)},
        undetermined_reason=UndeterminedReason.ONLY_UNKNOWN_FUEL if is_open else None,
    )
    if is_open:
        return _undetermined(line=line, derivation=derivation)
    return Cell(
        block=RvoBlock.COMMUTE,
        line=line,
        value=round_half_up(exact_km),
        origin=CellOrigin.OBSERVED,
        derivation=derivation,
    )
