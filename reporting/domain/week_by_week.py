"""A survey of several weeks, week by week, without giving away a few people's answers.

Shown of a week: how many answered, the kilometres per respondent, and over which vehicles these divide. The report's
own lines over all weeks stand beside it and are exact, so what is hidden must not follow by subtraction either [D]:

- a week with one to four respondents, or one to four who travelled, is hidden; then the smallest other week too, so
  that what all hidden weeks have together is about five people and more;
- a vehicle stands apart only if in every week, and in the hidden weeks together, nobody or at least five people used
  it. The others stand together, with as many more vehicles as it takes for the same to hold of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from reporting.domain.rvo import Mode

SMALLEST = 5


class ModeGroup(StrEnum):
    """Vehicles as the figure shows them. `OTHERS`: what stands together."""

    CAR = "car"
    PUBLIC_TRANSPORT = "public_transport"
    BICYCLE_WALKING = "bicycle_walking"
    MOTORCYCLE_MOPED = "motorcycle_moped"
    OTHERS = "others"


GROUP_OF_MODE: Mapping[Mode, ModeGroup] = {
    Mode.CAR: ModeGroup.CAR,
    Mode.PUBLIC_TRANSPORT: ModeGroup.PUBLIC_TRANSPORT,
    Mode.BICYCLE: ModeGroup.BICYCLE_WALKING,
    Mode.WALKING: ModeGroup.BICYCLE_WALKING,
    Mode.MOTORCYCLE: ModeGroup.MOTORCYCLE_MOPED,
    Mode.MOPED: ModeGroup.MOTORCYCLE_MOPED,
    Mode.SPEED_PEDELEC: ModeGroup.MOTORCYCLE_MOPED,
}


@dataclass(frozen=True, kw_only=True)
class WeekResult:
    """One week as it was answered. people: at least how many different people used the vehicles of a group."""

    week_from: date
    respondents: int
    travellers: int
    people: Mapping[ModeGroup, int] = field(default_factory=dict)
    metres: Mapping[ModeGroup, Fraction] = field(default_factory=dict)

    @property
    def is_small(self) -> bool:
        return 0 < self.respondents < SMALLEST or 0 < self.travellers < SMALLEST


@dataclass(frozen=True, kw_only=True)
class ShownWeek:
    """One week as it is shown; a hidden one has no figures. annual_km: if only this week counted, exact."""

    week_from: date
    is_hidden: bool = False
    respondents: int = 0
    km_per_respondent: Fraction | None = None
    annual_km: Fraction | None = None
    shares: Mapping[ModeGroup, Fraction] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class WeekByWeek:
    """groups: the vehicles that stand apart, in a fixed order, `OTHERS` last where there are any."""

    weeks: tuple[ShownWeek, ...]
    groups: tuple[ModeGroup, ...]

    @property
    def hidden(self) -> int:
        return sum(week.is_hidden for week in self.weeks)

    @property
    def usable(self) -> tuple[ShownWeek, ...]:
        """Weeks that a report can rest on alone."""
        return tuple(week for week in self.weeks if week.km_per_respondent is not None)


def week_by_week(weeks: Sequence[WeekResult], *, weeks_per_year: int, headcount: int) -> WeekByWeek:
    """The figure of a closed survey; `weeks_per_year` (45) and `headcount` bring a week to the year."""
    hidden = _hidden(weeks)
    seen = [week for week in weeks if week.week_from not in hidden]
    unseen = [week for week in weeks if week.week_from in hidden]
    apart, together = _groups(seen, unseen)
    groups = (*apart, ModeGroup.OTHERS) if together else tuple(apart)
    return WeekByWeek(
        weeks=tuple(
            ShownWeek(week_from=week.week_from, is_hidden=True)
            if week.week_from in hidden
            else _shown(week, apart=apart, together=together, factor=weeks_per_year * headcount)
            for week in weeks
        ),
        groups=groups,
    )


def _hidden(weeks: Sequence[WeekResult]) -> frozenset[date]:
    small = {week.week_from for week in weeks if week.is_small}
    if not small:
        return frozenset()
    others = [week for week in weeks if week.week_from not in small and week.travellers]
    if not others:
        return frozenset(week.week_from for week in weeks)
    return frozenset(small | {min(others, key=lambda week: (week.travellers, week.week_from)).week_from})


def _groups(seen: Sequence[WeekResult], unseen: Sequence[WeekResult]) -> tuple[list[ModeGroup], list[ModeGroup]]:
    """The groups that stand apart, and those that stand together."""
    used: list[ModeGroup] = [
        group
        for group in ModeGroup
        if any(week.people.get(group, 0) for week in (*seen, *unseen)) and group is not ModeGroup.OTHERS
    ]
    together: list[ModeGroup] = [group for group in used if not _is_large([group], seen, unseen)]
    apart: list[ModeGroup] = [group for group in used if group not in together]
    while together and apart and not _is_large(together, seen, unseen):
        smallest = min(apart, key=lambda group: sum(week.people.get(group, 0) for week in seen))
        apart.remove(smallest)
        together.append(smallest)
    return apart, together


def _is_large(groups: list[ModeGroup], seen: Sequence[WeekResult], unseen: Sequence[WeekResult]) -> bool:
    """Nobody or five people and more in each week that is seen, and in those that are not. A person can use two
    vehicles in a week, so the people of several groups are at least those of the largest."""
    counts = [_at_least(groups, week) for week in seen]
    counts.append(max((_at_least(groups, week) for week in unseen), default=0))
    return all(count == 0 or count >= SMALLEST for count in counts)


def _at_least(groups: list[ModeGroup], week: WeekResult) -> int:
    return max((week.people.get(group, 0) for group in groups), default=0)


def _shown(week: WeekResult, *, apart: list[ModeGroup], together: list[ModeGroup], factor: int) -> ShownWeek:
    if not week.respondents:
        return ShownWeek(week_from=week.week_from)
    total = sum(week.metres.values(), Fraction(0))
    metres = {group: week.metres.get(group, Fraction(0)) for group in apart}
    if together:
        metres[ModeGroup.OTHERS] = sum((week.metres.get(group, Fraction(0)) for group in together), Fraction(0))
    per_respondent = total / 1000 / week.respondents
    return ShownWeek(
        week_from=week.week_from,
        respondents=week.respondents,
        km_per_respondent=per_respondent,
        annual_km=per_respondent * factor,
        shares={group: part / total if total else Fraction(0) for group, part in metres.items()},
    )
