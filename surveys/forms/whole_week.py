"""The whole week as one form: a choice per day, and whether there was work in the weekend."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.enums import Mode, Whereabouts

YES, NO = "yes", "no"
WEEKEND = "weekend"
CHOICES = [*Mode.choices, *((value, label) for value, label in Whereabouts.choices if value != Whereabouts.WORKPLACE)]


def field_of(date: datetime.date) -> str:
    """The name of a day's field."""
    return f"day-{date}"


class WholeWeekForm(forms.Form):
    """Every field must be answered; what is answered stands in `cleaned_data` whether or not others are missing."""

    def __init__(self, *args: Any, days: Sequence[datetime.date], asks_weekend: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        missing = {"required": _("There is no answer yet"), "invalid_choice": _("There is no answer yet")}
        for date in days:
            self.fields[field_of(date)] = forms.ChoiceField(choices=CHOICES, error_messages=missing)
        if asks_weekend:
            self.fields[WEEKEND] = forms.ChoiceField(choices=[(YES, YES), (NO, NO)], error_messages=missing)

    def chosen(self, date: datetime.date) -> str:
        """The code chosen for this day; empty when there is none."""
        return str(self.cleaned_data.get(field_of(date), ""))

    @property
    def has_worked_in_weekend(self) -> bool | None:
        return {YES: True, NO: False}.get(self.cleaned_data.get(WEEKEND, ""))
