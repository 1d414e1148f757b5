"""Work patterns: what they say, who has them, and what giving one to a group would change."""

import datetime
import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from surveys.domain.calendar import DAY
from surveys.domain.work_pattern import WorkCycle, cycle_from
from surveys.models import Employee, PatternChange, WorkPattern
from surveys.selectors.staff import StaffFilter, staff_list
from wpm_platform.organisations.models import Organisation

SHOWN_CHANGES = 5
UNDONE_WITHIN = datetime.timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class PatternDay:
    """A day of a pattern. shift: "HH:MM", "" for a working day without a fixed start, None for a day off."""

    date: datetime.date
    shift: str | None


@dataclass(frozen=True, kw_only=True)
class PatternLine:
    """A pattern as a list shows it. people: how many who work here now have it."""

    pattern: WorkPattern
    weeks: tuple[tuple[PatternDay, ...], ...]
    people: int


@dataclass(frozen=True, kw_only=True)
class GroupPreview:
    """What giving a pattern to a group would change.

    people: who is in the group. already: who has it. before: name of the pattern that the others have ("" for none)
    and how many. version: changes whenever the group or their patterns do.
    """

    people: int
    already: int
    before: tuple[tuple[str, int], ...]
    version: str

    @property
    def changed(self) -> int:
        return self.people - self.already


def work_patterns(*, organisation: Organisation) -> QuerySet[WorkPattern]:
    """By name."""
    return WorkPattern.objects.filter(organisation=organisation)


def pattern_lines(*, organisation: Organisation) -> list[PatternLine]:
    here = Count("employees", filter=Q(employees__left_at__isnull=True))
    return [
        PatternLine(pattern=pattern, weeks=weeks_of(cycle_of(pattern)), people=pattern.people)
        for pattern in work_patterns(organisation=organisation).annotate(people=here).order_by("name")
    ]


def pattern_by_code(*, organisation: Organisation, code: UUID) -> WorkPattern | None:
    return work_patterns(organisation=organisation).filter(code=code).first()


def people_with(pattern: WorkPattern) -> QuerySet[Employee]:
    """Who works by the pattern now."""
    return Employee.objects.filter(organisation=pattern.organisation_id, work_pattern=pattern, left_at__isnull=True)


def cycle_of(pattern: WorkPattern) -> WorkCycle | None:
    return cycle_from(starts_on=pattern.starts_on, weeks=pattern.weeks)


def weeks_of(cycle: WorkCycle | None) -> tuple[tuple[PatternDay, ...], ...]:
    """The weeks of the cycle as they came first."""
    return coming_weeks(cycle, monday=cycle.starts_on, count=len(cycle.weeks)) if cycle else ()


def coming_weeks(
    cycle: WorkCycle | None, *, monday: datetime.date, count: int = 2
) -> tuple[tuple[PatternDay, ...], ...]:
    """What the pattern says about the weeks from this Monday on."""
    if cycle is None:
        return ()
    days = (monday + number * DAY for number in range(7 * count))
    found = [PatternDay(date=day, shift=cycle.shift_on(day)) for day in days]
    return tuple(tuple(found[start : start + 7]) for start in range(0, len(found), 7))


def monday_of(day: datetime.date) -> datetime.date:
    return day - day.weekday() * DAY


def pattern_version(pattern: WorkPattern) -> str:
    """Another one for every change, to see that somebody else made one meanwhile."""
    return _version([pattern.name, pattern.starts_on.isoformat(), pattern.weeks])


def group_members(*, organisation: Organisation, wanted: StaffFilter) -> list[tuple[int, int | None]]:
    """Who of the filtered list works here now: their id and that of their pattern, by id."""
    people = staff_list(organisation=organisation, wanted=wanted).filter(left_at__isnull=True).order_by("pk")
    return list(people.values_list("pk", "work_pattern_id"))


def group_version(members: list[tuple[int, int | None]]) -> str:
    return _version(members)


def group_preview(*, organisation: Organisation, wanted: StaffFilter, pattern: WorkPattern | None) -> GroupPreview:
    members = group_members(organisation=organisation, wanted=wanted)
    names = dict(work_patterns(organisation=organisation).values_list("pk", "name"))
    chosen = pattern.pk if pattern else None
    counts = Counter(pattern_id for _person, pattern_id in members)
    already = counts.pop(chosen, 0)
    return GroupPreview(
        people=len(members),
        already=already,
        before=tuple((names.get(pattern_id or 0, ""), count) for pattern_id, count in counts.most_common()),
        version=group_version(members),
    )


def recent_changes(*, organisation: Organisation, now: datetime.datetime) -> QuerySet[PatternChange]:
    """What may still be taken back, latest first."""
    return (
        PatternChange.objects.filter(organisation=organisation, made_at__gt=now - UNDONE_WITHIN, undone_at=None)
        .defer("before")
        .select_related("made_by")
        .defer("made_by__password")[:SHOWN_CHANGES]
    )


def _version(content: object) -> str:
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]
