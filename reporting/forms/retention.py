"""What is asked about the period of a campaign's rows, and about a hold."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.domain.retention import LONGEST_MONTHS, SHORTEST_MONTHS


class PeriodForm(forms.Form):
    """Months after the closing; empty for the organisation's own period."""

    months = forms.IntegerField(
        label=_("Months after the closing"),
        required=False,
        min_value=SHORTEST_MONTHS,
        max_value=LONGEST_MONTHS,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )

    def __init__(self, *args: Any, usual_months: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["months"].help_text = _(
            "Empty: your organisation's period, which is %(months)s months. Nothing goes before the calendar year of "
            "the closing is over."
        ) % {"months": usual_months}


class HoldForm(forms.Form):
    """Why the rows stay, and until when."""

    reason = forms.CharField(
        label=_("Why must the rows stay?"),
        max_length=300,
        help_text=_("For instance: the environmental agency announced an inspection. Name nobody."),
    )
    until = forms.DateField(
        label=_("Until and including"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}),
        help_text=_("Empty: until somebody lifts the hold."),
    )
