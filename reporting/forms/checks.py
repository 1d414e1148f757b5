"""Why a figure that stands out is right."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reporting.selectors.checks_page import FindingShown
from reporting.services.plausibility import LONGEST_REASON

REASON_LABEL = _("Why is this right?")
REASON_HELP = _("It stays with the report, for whoever asks later. Name nobody.")


class AnswerForm(forms.Form):
    """The answer to one finding; `fingerprint` says which, with which figures."""

    fingerprint = forms.RegexField(regex=r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    reason = forms.CharField(
        label=REASON_LABEL, help_text=REASON_HELP, max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 2})
    )


class TakeBackForm(forms.Form):
    """The answer that is taken back."""

    answer = forms.UUIDField()


class FreezeForm(forms.Form):
    """One answer per finding that is still open, on the page that freezes."""

    def __init__(self, *args: Any, findings: Sequence[FindingShown], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {row.finding.fingerprint: f"reason_{row.finding.fingerprint[:16]}" for row in findings}
        for row in findings:
            self.fields[self.names[row.finding.fingerprint]] = forms.CharField(
                label=REASON_LABEL, max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 2})
            )
        self.rows = [(row, self[self.names[row.finding.fingerprint]]) for row in findings]

    def reasons(self) -> dict[str, str]:
        return {fingerprint: self.cleaned_data[name] for fingerprint, name in self.names.items()}
