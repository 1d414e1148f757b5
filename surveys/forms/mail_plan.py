"""What HR fills in about the mail plan: another moment for a mail, another last day, and which rows of a list."""

import datetime
from typing import Any, cast

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.domain.calendar import AMSTERDAM, moment_of
from surveys.domain.step_moves import MoveProblem
from surveys.selectors.mail_batches import RECEIVING, BatchSummary
from surveys.selectors.mail_reason_labels import mail_reason_label
from surveys.services.mail_plan.refusals import MailPlanRefused, MoveRejected

EARLIEST, LATEST = datetime.date(2000, 1, 1), datetime.date(2099, 12, 31)
UNKNOWN_DAY = gettext_lazy("Choose a day, such as 16-03-2026.")
UNKNOWN_TIME = gettext_lazy("Enter a time as 09:00.")


def _day_field(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[MinValueValidator(EARLIEST, UNKNOWN_DAY), MaxValueValidator(LATEST, UNKNOWN_DAY)],
        error_messages={"required": UNKNOWN_DAY, "invalid": UNKNOWN_DAY},
    )


def _time_field(label: Any, *, help_text: Any = "") -> forms.TimeField:
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time", "class": "short"}, format="%H:%M"),
        help_text=help_text,
        error_messages={"required": UNKNOWN_TIME, "invalid": UNKNOWN_TIME},
    )


class MoveForm(forms.Form):
    """Another moment for a mail of the plan, on the Dutch clock."""

    due_on = _day_field(gettext_lazy("Day"))
    due_time = _time_field(gettext_lazy("Time"), help_text=gettext_lazy("Between 7:00 and 20:00, Dutch time."))

    def moment(self) -> datetime.datetime:
        return moment_of(self.cleaned_data["due_on"], self.cleaned_data["due_time"])

    def reject(self, error: MailPlanRefused) -> None:
        """Show the refusal beside the field it is about; what concerns the whole plan stands above the form."""
        field = None
        if isinstance(error, MoveRejected):
            field = "due_time" if error.problem == MoveProblem.AT_NIGHT else "due_on"
        self.add_error(field, str(error))


class ClosingForm(forms.Form):
    """Another last moment to answer, on the Dutch clock."""

    closes_on = _day_field(gettext_lazy("Last day to answer"))
    closes_time = _time_field(gettext_lazy("Until"), help_text=gettext_lazy("23:59 is the end of the day."))

    def moment(self) -> datetime.datetime:
        return moment_of(self.cleaned_data["closes_on"], self.cleaned_data["closes_time"])


def moment_initial(moment: datetime.datetime, *, day: str, time: str) -> dict[str, Any]:
    """What the fields `day` and `time` show for a moment."""
    local = moment.astimezone(AMSTERDAM)
    return {day: local.date(), time: local.time()}


class BatchFilterForm(forms.Form):
    """Which people of a frozen list; what is wrong in the address is left out."""

    show = forms.ChoiceField(label=gettext_lazy("Show"), required=False)
    q = forms.CharField(
        label=gettext_lazy("Staff number"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    def __init__(self, data: Any, *, summary: BatchSummary) -> None:
        super().__init__(data, auto_id="filter_%s")
        everybody = summary.receiving + summary.left_out_total
        choices = [
            ("", _choice(_("Everybody"), everybody)),
            (RECEIVING, _choice(_("Gets the mail"), summary.receiving)),
        ]
        choices += [(code, _choice(capfirst(mail_reason_label(code)), people)) for code, people in summary.left_out]
        cast(forms.ChoiceField, self.fields["show"]).choices = choices

    def wanted(self) -> dict[str, str]:
        self.is_valid()
        return {"shows": self.cleaned_data.get("show", ""), "text": self.cleaned_data.get("q", "").strip()}


def _choice(label: str, people: int) -> str:
    return f"{label} ({number_format(people, use_l10n=True, force_grouping=True)})"
