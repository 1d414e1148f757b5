"""Choosing which figures of commuting a report states."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

GUIDANCE, ESTIMATE = "guidance", "estimate"


class FiguresChoiceForm(forms.Form):
    """Guidance or estimate, and why. run: the estimate that was on the page, whatever was computed since."""

    run = forms.UUIDField(required=False, widget=forms.HiddenInput)
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

    def __init__(self, data: Any = None, *, is_estimate: bool = False, reason: str = "") -> None:
        super().__init__(data, initial={"figures": ESTIMATE if is_estimate else GUIDANCE, "reason": reason})

    @property
    def wants_estimate(self) -> bool:
        return bool(self._sent("figures") == ESTIMATE)

    @property
    def seen(self) -> UUID | None:
        """The run that the sent form showed, if it names one."""
        run: UUID | None = self._sent("run")
        return run

    @property
    def shown_figures(self) -> str:
        """What is ticked."""
        return str(self["figures"].value())

    def _sent(self, name: str) -> Any:
        """What is right in itself, also when another field is not; None otherwise."""
        self.is_valid()
        return self.cleaned_data.get(name)
