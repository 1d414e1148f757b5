"""Work patterns for tests."""

import datetime
from typing import Any

from surveys.domain.work_pattern import WorkCycle
from surveys.models import Employee, WorkPattern
from tests.factories import as_owner
from wpm_platform.organisations.models import Organisation

MONDAY = datetime.date(2026, 3, 9)
OFF = None
EARLY = ("06:00",) * 5 + (OFF, OFF)
LATE = (OFF, "14:00", "14:00", "14:00", "14:00", OFF, OFF)
NIGHTS = ("22:30",) * 4 + (OFF, OFF, "22:30")
WEEKDAYS = ("",) * 5 + (OFF, OFF)
FREE = (OFF,) * 7


def cycle(*weeks: Any, starts_on: datetime.date = MONDAY) -> WorkCycle:
    return WorkCycle(starts_on=starts_on, weeks=tuple(tuple(week) for week in weeks or (EARLY,)))


def make_work_pattern(
    organisation: Organisation, *weeks: Any, name: str = "Vroege dienst", starts_on: datetime.date = MONDAY
) -> WorkPattern:
    with as_owner(organisation):
        return WorkPattern.objects.create(
            organisation=organisation, name=name, starts_on=starts_on, weeks=[list(week) for week in weeks or (EARLY,)]
        )


def patterns_of(organisation: Organisation) -> dict[str, str]:
    """Staff number → name of the pattern, "" for none."""
    with as_owner(organisation):
        people = Employee.objects.filter(organisation=organisation).order_by("staff_number")
        return {number: name or "" for number, name in people.values_list("staff_number", "work_pattern__name")}
