"""Choosing how the commuting kilometres of a report come about."""

import datetime
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.template.defaultfilters import date as date_words
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.domain.commute_method import CommuteMethod, MethodChoice
from reporting.domain.rvo import RvoLine
from reporting.domain.week_by_week import ShownWeek
from reporting.forms.amounts import KilometresField
from reporting.labels import LINE_LABELS

_ONE_WEEK = f"{CommuteMethod.SURVEY}:"


class MethodForm(forms.Form):
    """One method, or one week of the survey, and why."""

    choice = forms.ChoiceField(label=gettext_lazy("How do we compute commuting?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Why this method?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("It stands in the evidence, for whoever asks. Keep names of people out of it."),
    )

    def __init__(self, data: Any = None, *, weeks: Sequence[ShownWeek], current: MethodChoice) -> None:
        initial = {"choice": _code(current.method, current.week_from), "reason": current.reason}
        super().__init__(data, initial=initial)
        cast(forms.ChoiceField, self.fields["choice"]).choices = [
            (CommuteMethod.SURVEY.value, _("Survey, all weeks together") if weeks else _("Survey")),
            *(
                (
                    _code(CommuteMethod.SURVEY, week.week_from),
                    _("Survey, only the week of %(day)s") % {"day": date_words(week.week_from, "j F Y")},
                )
                for week in weeks
            ),
            (CommuteMethod.STANDARD_DAYS.value, _("214 days: a standard rhythm per employee")),
            (CommuteMethod.TRIP_REGISTRATION.value, _("Trip registration: totals of a system")),
        ]

    def chosen(self) -> tuple[CommuteMethod, datetime.date | None]:
        code: str = self.cleaned_data["choice"]
        if code.startswith(_ONE_WEEK):
            return CommuteMethod.SURVEY, datetime.date.fromisoformat(code.removeprefix(_ONE_WEEK))
        return CommuteMethod(code), None


class RegistrationTotalsForm(forms.Form):
    """Totals of a trip registration that were read off a screen or a letter: kilometres a year per line."""

    origin = forms.CharField(
        label=gettext_lazy("Where do these totals come from?"),
        max_length=200,
        help_text=gettext_lazy("For example: yearly overview of the trip registration, 12 January."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for line in RvoLine:
            self.fields[line.value] = KilometresField(label=LINE_LABELS[line], required=True)
        self.order_fields((*(line.value for line in RvoLine), "origin"))

    def kilometres(self) -> dict[RvoLine, int]:
        return {line: self.cleaned_data[line.value] for line in RvoLine}


def _code(method: CommuteMethod, week_from: datetime.date | None) -> str:
    return method.value if week_from is None else f"{_ONE_WEEK}{week_from.isoformat()}"
