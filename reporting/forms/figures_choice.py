"""Choosing which figures of commuting a report states."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

GUIDANCE, ESTIMATE = "guidance", "estimate"


class FiguresChoiceForm(forms.Form):
    """Guidance or estimate, and why."""

    figures = forms.ChoiceField(
        label=gettext_lazy("Which figures do you report?"),
        choices=[(GUIDANCE, gettext_lazy("By the guidance")), (ESTIMATE, gettext_lazy("With the estimate"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why these figures?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("It stands in the evidence, for whoever asks. Keep names of people out of it."),
    )

    def __init__(self, data: Any = None, *, is_estimate: bool, reason: str) -> None:
        super().__init__(data, initial={"figures": ESTIMATE if is_estimate else GUIDANCE, "reason": reason})

    @property
    def wants_estimate(self) -> bool:
        return bool(self.cleaned_data["figures"] == ESTIMATE)

    @property
    def shown_figures(self) -> str:
        """What is ticked."""
        return str(self["figures"].value())
