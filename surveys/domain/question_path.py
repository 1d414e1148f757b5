"""Which question comes next, and which one came before: derived from the answers, stored nowhere.

So a reload, a second tab, the back button or another device can never bring anybody out of step.

Rosters. Who works by a roster is asked about exactly the days that it has in the week, and nothing about the weekend:
a Saturday of the roster is a day like any other. The days outside of it count as not worked, which is 0 km and
needs no row [D, as all day rules where the guidance is silent]. A normal week in its place is asked about the same
days: which days are worked is the roster's to say, and the weeks that are asked about cover its cycle; what
somebody tells is how they usually travel on those days.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

WEEKDAYS = range(5)
WEEKEND = range(5, 7)


class Step(StrEnum):
    FACTS = "facts"
    DAY = "day"
    FUEL = "fuel"
    PROVIDER = "provider"
    WEEKEND = "weekend"
    NORMAL_WEEK = "normal_week"
    NORMAL_WEEKEND = "normal_weekend"
    CHECK = "check"
    RECEIPT = "receipt"


class Question(NamedTuple):
    """One page. date and is_normal_week: of a day; mode: of a vehicle."""

    step: Step
    date: datetime.date | None = None
    is_normal_week: bool = False
    mode: str = ""


class AnsweredDay(NamedTuple):
    whereabouts: str
    mode: str = ""


class Vehicle(NamedTuple):
    """What is known about somebody's vehicle of one mode; None: not asked for this mode."""

    fuel_is_known: bool | None
    provider_is_known: bool | None


@dataclass(frozen=True, kw_only=True)
class WeekAnswers:
    """All that decides about the path. vehicles: by mode, for modes with a question about the vehicle.

    was_normal_week: None until it is said. week, normal_week: the answered days of either. roster: the days of
    somebody's roster in this week, 0 for Monday; empty for who works without one.
    """

    monday: datetime.date
    roster: tuple[int, ...] = ()
    has_facts: bool = False
    week: Mapping[datetime.date, AnsweredDay] = field(default_factory=dict)
    normal_week: Mapping[datetime.date, AnsweredDay] = field(default_factory=dict)
    vehicles: Mapping[str, Vehicle] = field(default_factory=dict)
    worked_in_weekend: bool | None = None
    was_normal_week: bool | None = None
    is_submitted: bool = False

    def days(self, *, is_normal_week: bool) -> Mapping[datetime.date, AnsweredDay]:
        return self.normal_week if is_normal_week else self.week

    def dates(self, offsets: Iterable[int]) -> list[datetime.date]:
        return [self.monday + datetime.timedelta(days=offset) for offset in offsets]

    @cached_property
    def plain_days(self) -> list[datetime.date]:
        """The days that are asked about in any case: those of the roster, else Monday to Friday."""
        return self.dates(self.roster or WEEKDAYS)

    @property
    def asks_weekend(self) -> bool:
        """Whether it must be asked if there was work in the weekend; a roster tells that."""
        return not self.roster


def roster_of(asked_days: str) -> tuple[int, ...]:
    """The roster behind ISO numbers of weekdays: "1467" → Monday, Thursday, Saturday, Sunday; "" → no roster.

    Raises ValueError for anything else.
    """
    roster = tuple(int(number) - 1 for number in asked_days)
    if list(roster) != sorted({day for day in roster if day in range(7)}):
        raise ValueError(f"{asked_days!r} are no weekdays from 1 to 7 in order.")
    return roster


def is_asked(week: WeekAnswers, *, day: datetime.date, is_normal_week: bool) -> bool:
    """Whether this day may be answered: of the roster or the week, and a weekend only for who said to have worked."""
    is_weekend = week.asks_weekend and day in week.dates(WEEKEND)
    if is_normal_week:
        return week.was_normal_week is False and (is_weekend or day in week.plain_days)
    return day in week.plain_days or (is_weekend and week.worked_in_weekend is True)


def is_normal_week_complete(week: WeekAnswers) -> bool:
    """Whether a normal week stands in for this one: every day of it is answered, and this one was unusual."""
    wanted = week.plain_days + (week.dates(WEEKEND) if week.asks_weekend else [])
    return week.was_normal_week is False and all(day in week.normal_week for day in wanted)


def next_question(week: WeekAnswers) -> Question:
    """The first question without an answer; else the check, or the receipt for who has sent it already."""
    asked = _questions(week, with_normal_week=bool(week.normal_week))
    last = Question(step=Step.RECEIPT if week.is_submitted else Step.CHECK)
    return next((question for question, is_answered in asked if not is_answered), last)


def previous_question(week: WeekAnswers, question: Question) -> Question | None:
    """The page before this one; None for the first.

    A vehicle is not gone back to: it is changed from the check. Asked about one, its day comes before it.
    """
    path = [asked for asked, _ in _questions(week, with_normal_week=_with_normal_week(week, question))]
    place = path.index(question) if question in path else len(path)
    vehicle_steps = (Step.FUEL, Step.PROVIDER)
    before = [asked for asked in path[:place] if asked.step not in vehicle_steps or asked.mode == question.mode]
    return before[-1] if before else None


def progress(week: WeekAnswers, question: Question) -> tuple[int, int]:
    """Number of this question and of all; a vehicle's questions share the number of the day before them."""
    path = [asked for asked, _ in _questions(week, with_normal_week=_with_normal_week(week, question))]
    place = path.index(question) + 1 if question in path else len(path)
    counted = [asked.step not in (Step.FUEL, Step.PROVIDER) for asked in path]
    last = question.step in (Step.CHECK, Step.RECEIPT)
    return sum(counted[:place]) + last, sum(counted) + 1


def day_to_copy(week: WeekAnswers, *, day: datetime.date, is_normal_week: bool) -> datetime.date | None:
    """The nearest earlier day of the same week whose answer can be taken over; None on the first day."""
    days = week.days(is_normal_week=is_normal_week)
    earlier = [other for other, answer in days.items() if other < day and answer.whereabouts != "unknown"]
    return max(earlier, default=None)


def _with_normal_week(week: WeekAnswers, question: Question) -> bool:
    return bool(week.normal_week) or question.is_normal_week or question.step is Step.NORMAL_WEEKEND


def _questions(week: WeekAnswers, *, with_normal_week: bool) -> list[tuple[Question, bool]]:
    """Every question that applies, in order, with whether it has an answer."""
    path = [(Question(step=Step.FACTS), week.has_facts)]
    vehicles_asked: set[str] = set()
    for day in week.plain_days:
        path += _day(week, day, is_normal_week=False, vehicles_asked=vehicles_asked)
    if week.asks_weekend:
        path += _weekend(week, vehicles_asked)
    if week.was_normal_week is False:
        path.append((Question(step=Step.NORMAL_WEEK), True))
        if with_normal_week:
            path += _normal_week(week, vehicles_asked)
    return path


def _weekend(week: WeekAnswers, vehicles_asked: set[str]) -> Iterator[tuple[Question, bool]]:
    yield Question(step=Step.WEEKEND), week.worked_in_weekend is not None
    if week.worked_in_weekend:
        for day in week.dates(WEEKEND):
            yield from _day(week, day, is_normal_week=False, vehicles_asked=vehicles_asked)


def _normal_week(week: WeekAnswers, vehicles_asked: set[str]) -> Iterator[tuple[Question, bool]]:
    for day in week.plain_days:
        yield from _day(week, day, is_normal_week=True, vehicles_asked=vehicles_asked)
    if not week.asks_weekend:
        return
    weekend = [week.normal_week.get(day) for day in week.dates(WEEKEND)]
    yield Question(step=Step.NORMAL_WEEKEND), any(weekend)
    if any(answer is None or answer.whereabouts != "not_worked" for answer in weekend) and any(weekend):
        for day in week.dates(WEEKEND):
            yield from _day(week, day, is_normal_week=True, vehicles_asked=vehicles_asked)


def _day(
    week: WeekAnswers, day: datetime.date, *, is_normal_week: bool, vehicles_asked: set[str]
) -> Iterator[tuple[Question, bool]]:
    answer = week.days(is_normal_week=is_normal_week).get(day)
    yield Question(step=Step.DAY, date=day, is_normal_week=is_normal_week), answer is not None
    vehicle = week.vehicles.get(answer.mode) if answer else None
    if answer is None or vehicle is None or answer.mode in vehicles_asked:
        return
    vehicles_asked.add(answer.mode)
    if vehicle.fuel_is_known is not None:
        yield Question(step=Step.FUEL, mode=answer.mode), vehicle.fuel_is_known
    if vehicle.provider_is_known is not None:
        yield Question(step=Step.PROVIDER, mode=answer.mode), vehicle.provider_is_known
