"""From the staff list and the answers of one survey to the arrays of an estimation."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from reporting.domain.estimation.fuel_split import LineAnswers
from reporting.domain.estimation.people import LONGEST_WEEK_DAYS, Booleans, Floats, Integers, People
from reporting.domain.form_lines import FormLines
from reporting.domain.rvo import Fuel, Mode, RvoLine, recorded_fuel

# What the estimation calls a mode: lines of the form that differ in fuel only.
LINE_MODES: Mapping[RvoLine, str] = {
    **{line: "car" for line in RvoLine if line.startswith("car")},
    **{line: "motorcycle" for line in RvoLine if line.startswith("motorcycle")},
    **{line: "moped" for line in RvoLine if line.startswith("moped")},
    RvoLine.BICYCLE_WALKING: "bicycle_walking",
    RvoLine.PUBLIC_TRANSPORT: "public_transport",
}
MODES = tuple(dict.fromkeys(LINE_MODES.values()))
# Whose travellers may answer more readily than drivers with the same features. [D]
READY_MODES = ("bicycle_walking", "public_transport")
# A fixed home workplace and the day of eight hours, for who has no days in the staff list. [D]
WEEKS_PER_MONTH = 52.0 / 12.0
HOURS_PER_DAY = 8.0
USUAL_DAYS = 5.0
SITE = "site"


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffFacts:
    """What the staff list says of one invited person. `one_way_km`: from the postcodes, None where unknown."""

    one_way_km: float | None
    days_per_week: float | None
    monthly_hours: float | None
    categories: Mapping[str, str | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class TravelSum:
    """The travelled days of one response with one mode and fuel; `mode` is empty for a week without travel.

    `worked_days` and `unknown_days` are of the whole response: every metre counts (worked + unknown) ÷ worked times.
    """

    person: int
    mode: str
    fuel: str
    days: int
    metres: int
    worked_days: int
    unknown_days: int


@dataclass(frozen=True, kw_only=True)
class SurveyPeople:
    """`open_lines`: of modes whose respondents all do not know their fuel; their split means nothing.

    usual_modes: per person the number of the mode told in a follow-up, −1 for nobody asked and no answer.
    anchor: who was drawn by lot over all staff, in a survey that did not ask everybody. sites: of everybody, also
    where the site is no feature; None where nobody knows.
    """

    people: People
    answers: LineAnswers
    open_lines: frozenset[RvoLine]
    usual_modes: Integers | None = None
    anchor: Booleans | None = None
    sites: tuple[str | None, ...] | None = None

    def canonical_order(self) -> Integers:
        """That of the people with their answers; people alike in all of it stand by their site."""
        if self.sites is None:
            return self.people.canonical_order(also=self.answers.week_km)
        by_site = np.argsort(np.array([site or "" for site in self.sites]), kind="stable")
        people, answers = self.people.rows(by_site), self.answers.rows(by_site)
        return np.asarray(by_site[people.canonical_order(also=answers.week_km)], dtype=np.int64)


def survey_people(
    *, staff: Sequence[StaffFacts], travel: Sequence[TravelSum], weeks: Mapping[int, int], form: FormLines
) -> SurveyPeople:
    """Arrays of everybody who was invited; `weeks`: person → respondent-weeks, of which the mean is taken."""
    lines = tuple(RvoLine)
    km, days, unknown = _sums(staff, travel, form)
    open_lines = _spread_unknown(km, unknown)
    divisor = np.array([float(max(1, weeks.get(number, 0))) for number in range(len(staff))])[:, None]
    km, days = km / divisor, days / divisor
    modes = np.array([MODES.index(LINE_MODES[line]) for line in lines])
    people = People(
        modes=MODES,
        answered=np.array([number in weeks for number in range(len(staff))], dtype=np.bool_),
        one_way_km=np.array([np.nan if row.one_way_km is None else row.one_way_km for row in staff]),
        work_days=np.array([_work_days(row) for row in staff]),
        days=days,
        week_km=np.stack([km[:, modes == number].sum(axis=1) for number in range(len(MODES))], axis=1),
        numeric=_numeric(staff),
        categorical=_categorical(staff),
    )
    answers = LineAnswers(lines=tuple(line.value for line in lines), modes=modes, week_km=km)
    sites = tuple(row.categories.get(SITE) or None for row in staff)
    return SurveyPeople(people=people, answers=answers, open_lines=open_lines, sites=sites if any(sites) else None)


def _sums(staff: Sequence[StaffFacts], travel: Sequence[TravelSum], form: FormLines) -> tuple[Floats, Floats, Floats]:
    """Km per line, days per mode, and km of unknown fuel per mode, of everybody."""
    lines = {line: number for number, line in enumerate(RvoLine)}
    km, days = np.zeros((len(staff), len(lines))), np.zeros((len(staff), len(MODES)))
    unknown = np.zeros((len(staff), len(MODES)))
    for row in travel:
        if not row.mode:
            continue
        factor = Fraction(row.worked_days + row.unknown_days, row.worked_days)
        mode = Mode(row.mode)
        fuel = recorded_fuel(mode=mode, fuel=row.fuel)
        counted = float(row.metres * factor / 1000)
        group = _group(mode, form)
        days[row.person, MODES.index(group)] += float(row.days * factor)
        if fuel is Fuel.UNKNOWN:
            unknown[row.person, MODES.index(group)] += counted
        else:
            km[row.person, lines[form.place(mode=mode, fuel=fuel).line]] += counted
    return km, days, unknown


def _group(mode: Mode, form: FormLines) -> str:
    (group,) = {LINE_MODES[line] for line in form.lines_of(mode=mode)}
    return group


def _spread_unknown(km: Floats, unknown: Floats) -> frozenset[RvoLine]:
    """Adds kilometres of unknown fuel to the lines of their mode, as everybody's known ones are; the lines left open.

    Where nobody knows, they lie on the lines of the mode in equal parts, only so that line and mode add up.
    """
    lines, left_open = list(RvoLine), set()
    known = km.sum(axis=0)
    for number, mode in enumerate(MODES):
        own = [place for place, line in enumerate(lines) if LINE_MODES[line] == mode]
        whole = known[own].sum()
        parts = known[own] / whole if whole else np.full(len(own), 1.0 / len(own))
        km[:, own] += unknown[:, [number]] * parts
        if not whole and unknown[:, number].any():
            left_open |= {lines[place] for place in own}
    return frozenset(left_open)


def _work_days(row: StaffFacts) -> float:
    if row.days_per_week:
        return min(row.days_per_week, LONGEST_WEEK_DAYS)
    if row.monthly_hours:
        return float(np.clip(row.monthly_hours / WEEKS_PER_MONTH / HOURS_PER_DAY, 0.5, USUAL_DAYS))
    return USUAL_DAYS


def _numeric(staff: Sequence[StaffFacts]) -> dict[str, Floats]:
    hours = [np.nan if row.monthly_hours is None else row.monthly_hours for row in staff]
    return {"monthly_hours": np.array(hours, dtype=np.float64)}


def _categorical(staff: Sequence[StaffFacts]) -> dict[str, list[str | None]]:
    names: Collection[str] = dict.fromkeys(name for row in staff for name in row.categories)
    return {name: [row.categories.get(name) or None for row in staff] for name in names}
