"""Work patterns as files and systems name them: by name, or as fixed weekdays, for which a pattern is made."""

import datetime
from collections.abc import Iterable

from surveys.domain.calendar import DAY
from surveys.domain.weekdays import weekdays_name, weekdays_of
from surveys.models import WorkPattern
from wpm_platform.organisations.models import Organisation


class PatternNames(dict[str, str | None]):
    """What is written → the name of the pattern that is meant, "" for none at all, None for an unknown one.

    Names go before fixed days, whatever their capitals. A pattern for fixed days need not be there yet. Looked up once
    per organisation, and worked out once per spelling.
    """

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__({"": ""})
        self._known = {name.casefold(): name for name in names}

    def __missing__(self, written: str) -> str | None:
        days = weekdays_of(written)
        meant = weekdays_name(days) if days else None
        found = self._known.get(written.casefold()) or (self._known.get(meant, meant) if meant else None)
        self[written] = found
        return found


def pattern_names(organisation: Organisation) -> PatternNames:
    return PatternNames(WorkPattern.objects.filter(organisation=organisation).values_list("name", flat=True))


def pattern_ids(*, organisation: Organisation, names: Iterable[str]) -> dict[str, int]:
    """Name → id of the patterns that are there."""
    found = WorkPattern.objects.filter(organisation=organisation, name__in=list(names))
    return dict(found.values_list("name", "pk"))


def made_pattern_ids(*, organisation: Organisation, names: Iterable[str], today: datetime.date) -> dict[str, int]:
    """Name → id; patterns of fixed days that are missing are made. Hold the staff list (`lock_staff_list`).

    A name that is neither a pattern nor fixed days is left out.
    """
    names = [name for name in names if name]
    there = pattern_ids(organisation=organisation, names=names)
    monday = today - today.weekday() * DAY
    WorkPattern.objects.bulk_create(
        WorkPattern(organisation=organisation, name=name, starts_on=monday, weeks=[_week(days)])
        for name in names
        if name not in there and (days := weekdays_of(name))
    )
    return pattern_ids(organisation=organisation, names=names)


def _week(days: tuple[int, ...]) -> list[str | None]:
    return ["" if number in days else None for number in range(1, 8)]
