"""A work pattern as a form: per week of the cycle seven days, each off, worked, or begun at a time."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.domain.work_pattern import MOST_WEEKS, WorkCycle
from surveys.models import WorkPattern
from surveys.selectors.work_patterns import monday_of

CLOCK = "%H:%M"


@dataclass(frozen=True, kw_only=True)
class DayFields:
    """One day of the grid. number: 0 for Monday."""

    number: int
    works: forms.BoundField
    at: forms.BoundField

    @property
    def label(self) -> str:
        return str(WEEKDAYS[self.number])

    @property
    def is_wrong(self) -> bool:
        return bool(self.works.errors or self.at.errors)


class WorkPatternForm(forms.Form):
    """Fields `works_<week>_<day>` and `at_<week>_<day>`, both from 0, for as many weeks as `weeks` says."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=80, help_text=gettext_lazy("As your staff file names it.")
    )
    starts_on = forms.DateField(
        label=gettext_lazy("The cycle begins on Monday"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("The first week below is the week of this day. With one week it makes no difference."),
    )

    def __init__(self, data: Any = None, *, weeks: int, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.weeks = weeks
        for week in range(weeks):
            for day in range(7):
                words = {"day": WEEKDAYS[day], "week": week + 1}
                self.fields[f"works_{week}_{day}"] = forms.BooleanField(
                    label=_("%(day)s, week %(week)s") % words, required=False
                )
                self.fields[f"at_{week}_{day}"] = forms.TimeField(
                    label=_("%(day)s, week %(week)s: the shift begins at") % words,
                    required=False,
                    input_formats=[CLOCK, "%H:%M:%S", "%H.%M"],
                    widget=forms.TimeInput(attrs={"type": "time"}, format=CLOCK),
                )

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for week in range(self.weeks):
            for day in range(7):
                if values.get(f"at_{week}_{day}") and not values.get(f"works_{week}_{day}"):
                    problem = _("There is a time here, but the day is off. Tick it, or clear the time.")
                    self.add_error(f"works_{week}_{day}", problem)
        if not self.errors and not any(values.get(f"works_{week}_{day}") for week, day in self._places()):
            self.add_error("works_0_0", _("Tick the days that are worked: one at least."))
        return values

    def grid(self) -> list[list[DayFields]]:
        """Per week the fields of its days."""
        return [
            [DayFields(number=day, works=self[f"works_{week}_{day}"], at=self[f"at_{week}_{day}"]) for day in range(7)]
            for week in range(self.weeks)
        ]

    def cycle(self) -> WorkCycle:
        """What was filled in. A cycle begins on a Monday: another day means the one before it."""
        days = {place: self._shift(*place) for place in self._places()}
        return WorkCycle(
            starts_on=monday_of(self.cleaned_data["starts_on"]),
            weeks=tuple(tuple(days[week, day] for day in range(7)) for week in range(self.weeks)),
        )

    @property
    def moved_start(self) -> datetime.date | None:
        """The Monday that was taken instead of the day that was filled in; None when it was a Monday."""
        chosen: datetime.date = self.cleaned_data["starts_on"]
        return None if monday_of(chosen) == chosen else monday_of(chosen)

    def _places(self) -> list[tuple[int, int]]:
        return [(week, day) for week in range(self.weeks) for day in range(7)]

    def _shift(self, week: int, day: int) -> str | None:
        if not self.cleaned_data[f"works_{week}_{day}"]:
            return None
        at: datetime.time | None = self.cleaned_data[f"at_{week}_{day}"]
        return at.strftime(CLOCK) if at else ""


def new_pattern(*, today: datetime.date) -> dict[str, Any]:
    """Monday to Friday, from this week on."""
    return {"starts_on": monday_of(today)} | {f"works_0_{day}": True for day in range(5)}


def pattern_as_filled_in(pattern: WorkPattern) -> dict[str, Any]:
    found: dict[str, Any] = {"name": pattern.name, "starts_on": pattern.starts_on}
    for week, days in enumerate(pattern.weeks):
        for day, shift in enumerate(days):
            found |= {f"works_{week}_{day}": shift is not None, f"at_{week}_{day}": shift or ""}
    return found


def posted_weeks(data: Mapping[str, Any]) -> int:
    """How many weeks the posted grid has."""
    text = str(data.get("weeks", ""))
    return min(max(int(text), 1), MOST_WEEKS) if text.isascii() and text.isdecimal() and len(text) < 3 else 1


def with_another_week(data: Mapping[str, Any], *, weeks: int) -> dict[str, Any]:
    """What was posted, and after it a week like the last one."""
    found = posted_values(data)
    for day in range(7):
        for part in ("works", "at"):
            found[f"{part}_{weeks}_{day}"] = found.get(f"{part}_{weeks - 1}_{day}", "")
    return found


def posted_values(data: Mapping[str, Any]) -> dict[str, Any]:
    """What was posted, to be shown again without a word about mistakes."""
    return {name: data.get(name) for name in data}


class PatternChoiceForm(forms.Form):
    """Which pattern somebody gets; none is a choice as well."""

    pattern = forms.ChoiceField(label=gettext_lazy("Work pattern"), required=False)

    def __init__(self, data: Any = None, *, patterns: list[WorkPattern], initial: str = "") -> None:
        super().__init__(data, initial={"pattern": initial})
        field = cast(forms.ChoiceField, self.fields["pattern"])
        field.choices = [
            ("", _("No pattern: Monday to Friday")),
            *((str(pattern.code), pattern.name) for pattern in patterns),
        ]
        self.patterns = {str(pattern.code): pattern for pattern in patterns}

    def chosen(self) -> WorkPattern | None:
        return self.patterns.get(self.cleaned_data["pattern"])
