"""Commuting kilometres without a survey: by standard rhythms (214 days), or as a trip registration gives them.

    214 days, per employee:  one way × 2 × 214 × days a week ÷ 5 × months ÷ 12
    of a line:               Σ over the employees whose rhythm is known ÷ these employees × all employees

The first line is the guidance of December 2025 [L]. That the sum is brought from the employees whose rhythm is known to
all employees, as the survey does with respondents, is our own derivation [D]: the guidance asks for 80 % of them and
does not say what happens with the rest. Trip registration: kilometres per vehicle and fuel, as registered [C].
"""

import math
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from reporting.domain.business.steps import Step, StepKind
from reporting.domain.cell import Cell, CellMethod, CellOrigin, Derivation, UndeterminedReason
from reporting.domain.commute_method import CommuteMethod, CommuteRegister
from reporting.domain.line_flags import line_flags
from reporting.domain.parameters import Parameters
from reporting.domain.rounding import round_half_up
from reporting.domain.rvo import RvoBlock, RvoLine
from reporting.domain.survey_sums import ModeSum
from reporting.domain.unknown_fuel import SpreadSums, spread_unknown_fuel

DAYS_PER_WEEK = 5
"""The working days of the week that 214 days a year go with."""


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """Of how many employees the rhythm is known, against the least share that the guidance asks; None: not known."""

    known: int
    employees: int
    least_share: Decimal | None

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.known, self.employees) if self.employees else None

    @property
    def needed(self) -> int | None:
        """The smallest number of employees that reaches the share."""
        return None if self.least_share is None else math.ceil(self.least_share * self.employees)

    @property
    def is_enough(self) -> bool:
        share = self.share
        return self.least_share is not None and share is not None and share >= Fraction(self.least_share)


def coverage(*, register: CommuteRegister, headcount: int, parameters: Parameters) -> Coverage:
    """The test of 80 %, over the employees with a fixed workplace on the reference date: nobody else commutes [D]."""
    least = parameters.values["standard_days_minimum_share"].value
    return Coverage(
        known=register.with_rhythm,
        employees=headcount,
        least_share=least if isinstance(least, Decimal) else None,
    )


def why_no_register(
    *, method: CommuteMethod, register: CommuteRegister, headcount: int, parameters: Parameters
) -> UndeterminedReason | None:
    """Why this method gives no commuting kilometres; None when it does."""
    if method is CommuteMethod.TRIP_REGISTRATION:
        return None if register.files else UndeterminedReason.NO_REGISTRATION
    test = coverage(register=register, headcount=headcount, parameters=parameters)
    if parameters.values["standard_working_days"].value is None or test.least_share is None:
        return UndeterminedReason.METHOD_UNKNOWN
    if headcount < 1:
        return UndeterminedReason.NO_HEADCOUNT
    if not register.files or register.with_rhythm < 1:
        return UndeterminedReason.NO_RHYTHMS
    return None if test.is_enough else UndeterminedReason.FEW_RHYTHMS


def annual_sums(
    *, method: CommuteMethod, register: CommuteRegister, headcount: int, parameters: Parameters
) -> tuple[ModeSum, ...]:
    """The metres of a whole year of all employees, exact; for a method that has no reason against it."""
    if method is CommuteMethod.TRIP_REGISTRATION:
        return register.sums
    days = parameters.whole("standard_working_days")
    factor = Fraction(days * headcount, DAYS_PER_WEEK * register.with_rhythm)
    return tuple(replace(row, metres=row.metres * factor) for row in register.sums)


def register_cells(
    *, method: CommuteMethod, register: CommuteRegister, headcount: int, parameters: Parameters
) -> tuple[Cell, ...]:
    """The eleven cells of block 4 by 214 days or trip registration, with their derivation."""
    reason = why_no_register(method=method, register=register, headcount=headcount, parameters=parameters)
    if reason is not None:
        derivation = Derivation(
            method=_CELL_METHODS[method], source=_source(method, parameters), undetermined_reason=reason
        )
        return tuple(_cell(line=line, km=None, derivation=derivation) for line in RvoLine)
    spread = spread_unknown_fuel(register.sums)
    year = spread_unknown_fuel(
        annual_sums(method=method, register=register, headcount=headcount, parameters=parameters)
    )
    return tuple(
        _line_cell(
            line=line,
            method=method,
            register=register,
            spread=spread,
            year=year,
            headcount=headcount,
            parameters=parameters,
        )
        for line in RvoLine
    )


_CELL_METHODS = {
    CommuteMethod.STANDARD_DAYS: CellMethod.STANDARD_DAYS,
    CommuteMethod.TRIP_REGISTRATION: CellMethod.COMMUTE_REGISTRATION,
}
_REGISTRATION_SOURCE = "Guidance for employers (RVO), summary, part 4: 'Ritregistratie'"


def _source(method: CommuteMethod, parameters: Parameters) -> str:
    if method is CommuteMethod.TRIP_REGISTRATION:
        return _REGISTRATION_SOURCE
    return parameters.values["standard_working_days"].source


def _line_cell(
    *,
    line: RvoLine,
    method: CommuteMethod,
    register: CommuteRegister,
    spread: SpreadSums,
    year: SpreadSums,
    headcount: int,
    parameters: Parameters,
) -> Cell:
    form = parameters.form
    is_open = any(line in form.lines_of(mode=mode) for mode in spread.unresolved)
    rows = [row for row in spread.sums if form.place(mode=row.mode, fuel=row.fuel).line is line]
    yearly = [row for row in year.sums if form.place(mode=row.mode, fuel=row.fuel).line is line]
    km = _metres(yearly) / 1000
    derivation = Derivation(
        method=_CELL_METHODS[method],
        source=_source(method, parameters),
        exact_km=None if is_open else km,
        flags=line_flags(line=line, rows=rows, spread=spread, form=form),
        undetermined_reason=UndeterminedReason.ONLY_UNKNOWN_FUEL if is_open else None,
    )
    if method is CommuteMethod.TRIP_REGISTRATION:
        derivation = replace(derivation, steps=(Step(kind=StepKind.REGISTERED_COMMUTE, amount=km),))
    else:
        derivation = replace(
            derivation,
            week_metres=_metres(rows),
            days_per_year=parameters.whole("standard_working_days"),
            with_rhythm=register.with_rhythm,
            headcount=headcount,
        )
    return _cell(line=line, km=None if is_open else km, derivation=derivation)


def _metres(rows: list[ModeSum]) -> Fraction:
    return sum((row.metres for row in rows), Fraction(0))


def _cell(*, line: RvoLine, km: Fraction | None, derivation: Derivation) -> Cell:
    return Cell(
        block=RvoBlock.COMMUTE,
        line=line,
        value=None if km is None else round_half_up(km),
        origin=CellOrigin.UNDETERMINED if km is None else CellOrigin.OBSERVED,
        derivation=derivation,
    )
