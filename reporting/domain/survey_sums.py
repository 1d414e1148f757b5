"""What the calculation needs from the answers: sums of integer metres and counts, never a person's answers.

Day rules behind the sums (the guidance, and where it is silent our own derivation [D]):

- workplace: the return distance, on the main mode of the day; other site of the employer: the distance to
  that site, else the usual one, flagged [D];
- home, not worked, client: 0 km (a client day is business travel and outside the survey);
- "don't know": the mean of the person's own other worked days [D], see `WeekSum`;
- a week called unusual: the alternative week if one was given, else the week itself; both flagged [D];
- a week without any worked day is no respondent; nor is a week in which every worked day is "don't know" [D].
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from reporting.domain.rvo import Fuel, Mode, recorded_fuel


class SurveyFlag(StrEnum):
    """Remarks beside a figure, with a count: days and weeks of the whole survey.

    `UNKNOWN_FUEL` and `ASSUMED_LINE` say of a line that part of it is so, and count 1: how many metres would be a sum
    finer than the line, perhaps one person's. Versions of before have the metres.
    """

    COPIED_DAYS = "copied_days"
    ALTERNATIVE_WEEKS = "alternative_weeks"
    UNUSUAL_WEEKS_KEPT = "unusual_weeks_kept"
    OTHER_SITE_DAYS_AT_USUAL_DISTANCE = "other_site_days_at_usual_distance"
    UNKNOWN_DAYS = "unknown_days"
    UNKNOWN_FUEL = "unknown_fuel"
    ASSUMED_LINE = "assumed_line"
    UNKNOWN_FUEL_METRES = "unknown_fuel_metres"
    ASSUMED_LINE_METRES = "assumed_line_metres"


# Remarks about a part of the line itself.
SIGN_FLAGS = frozenset({SurveyFlag.UNKNOWN_FUEL, SurveyFlag.ASSUMED_LINE})
LINE_FLAGS = SIGN_FLAGS | {SurveyFlag.UNKNOWN_FUEL_METRES, SurveyFlag.ASSUMED_LINE_METRES}


@dataclass(frozen=True, kw_only=True)
class WeekSum:
    """The travelled days of all responses that share mode, fuel, provider, worked and "don't know" days.

    `metres`: the sum of return distances. `worked_days`: the days *of one response* at the workplace, at
    home, at another site or with a client; `unknown_days`: its "don't know" days. Every metre counts (worked
    + unknown) ÷ worked times, which gives each unknown day the mean of the person's own other worked days.
    `days`: how many travelled days are in the sum.
    """

    mode: str
    fuel: str
    is_employer_provided: bool | None
    worked_days: int
    unknown_days: int
    metres: int
    days: int


@dataclass(frozen=True, kw_only=True)
class ModeSum:
    """Week metres of one mode, fuel and provider over all respondents and weeks, exact."""

    mode: Mode
    fuel: Fuel
    is_employer_provided: bool | None
    metres: Fraction


@dataclass(frozen=True, kw_only=True)
class WeekCounts:
    """The responses of one survey week.

    `submitted` = respondents + `not_worked` (no worked day at all) + `unusable` (worked days, all "don't
    know").
    """

    week_from: date
    submitted: int
    not_worked: int = 0
    unusable: int = 0
    copied_days: int = 0
    alternative_weeks: int = 0
    unusual_weeks_kept: int = 0
    other_site_days_at_usual_distance: int = 0
    unknown_days: int = 0

    def __post_init__(self) -> None:
        if self.not_worked < 0 or self.unusable < 0 or self.respondents < 0:
            raise ValueError(f"Week of {self.week_from}: more responses left out than submitted.")

    @property
    def respondents(self) -> int:
        """Who counts in the denominator, people who stayed at home all week included."""
        return self.submitted - self.not_worked - self.unusable


@dataclass(frozen=True, kw_only=True)
class SurveySums:
    """All surveyed weeks together: counts per week, metres pooled. Nothing smaller than the report's own
    totals is kept per week. has_one_week_each: nobody answered about two of the weeks, so respondent-weeks are people.
    """

    weeks: tuple[WeekCounts, ...]
    sums: tuple[ModeSum, ...]
    has_one_week_each: bool = False

    @property
    def respondents(self) -> int:
        """Respondent-weeks: Σ respondents over the weeks."""
        return sum(week.respondents for week in self.weeks)

    @property
    def people_at_least(self) -> int:
        """How many different people are in the sums at the least: the respondents of the week that has most of them."""
        if self.has_one_week_each:
            return self.respondents
        return max((week.respondents for week in self.weeks), default=0)

    def flags(self) -> Mapping[str, int]:
        """The survey-wide remarks that apply, with their counts."""
        counts = {
            SurveyFlag.COPIED_DAYS: sum(week.copied_days for week in self.weeks),
            SurveyFlag.ALTERNATIVE_WEEKS: sum(week.alternative_weeks for week in self.weeks),
            SurveyFlag.UNUSUAL_WEEKS_KEPT: sum(week.unusual_weeks_kept for week in self.weeks),
            SurveyFlag.OTHER_SITE_DAYS_AT_USUAL_DISTANCE: sum(
                week.other_site_days_at_usual_distance for week in self.weeks
            ),
            SurveyFlag.UNKNOWN_DAYS: sum(week.unknown_days for week in self.weeks),
        }
        return {flag.value: count for flag, count in counts.items() if count}


def mode_sums(week_sums: Iterable[WeekSum]) -> tuple[ModeSum, ...]:
    """Metres per mode, fuel and provider with the "don't know" rule applied, in a fixed order.

    A motor vehicle without a fuel becomes fuel `unknown`; other modes lose theirs. Raises `ValueError` for a
    mode or fuel outside the lists and for a sum without worked days, which no respondent can have.
    """
    totals: dict[tuple[Mode, Fuel, bool | None], Fraction] = {}
    for row in week_sums:
        if row.worked_days < 1 or row.unknown_days < 0 or row.metres < 0:
            raise ValueError(f"A sum of {row.mode} has {row.worked_days} worked days and {row.metres} metres.")
        mode = Mode(row.mode)
        key = (mode, recorded_fuel(mode=mode, fuel=row.fuel), row.is_employer_provided)
        counted = Fraction(row.metres * (row.worked_days + row.unknown_days), row.worked_days)
        totals[key] = totals.get(key, Fraction(0)) + counted
    rows = (
        ModeSum(mode=mode, fuel=fuel, is_employer_provided=provided, metres=metres)
        for (mode, fuel, provided), metres in totals.items()
    )
    return tuple(sorted(rows, key=sum_order))


def sum_order(row: ModeSum) -> tuple[str, str, str]:
    """The fixed order of sums, so that the same sums always give the same hash."""
    return row.mode.value, row.fuel.value, str(row.is_employer_provided)


def mode_sums_to_json(sums: Iterable[ModeSum]) -> list[dict[str, Any]]:
    """JSON-ready, in the fixed order; metres as an exact fraction ("1/3")."""
    return [
        {
            "mode": row.mode.value,
            "fuel": row.fuel.value,
            "is_employer_provided": row.is_employer_provided,
            "metres": str(row.metres),
        }
        for row in sorted(sums, key=sum_order)
    ]


def mode_sums_from_json(rows: Iterable[Mapping[str, Any]]) -> tuple[ModeSum, ...]:
    """The inverse of `mode_sums_to_json`."""
    return tuple(
        ModeSum(
            mode=Mode(row["mode"]),
            fuel=Fuel(row["fuel"]),
            is_employer_provided=row["is_employer_provided"],
            metres=Fraction(row["metres"]),
        )
        for row in rows
    )
