"""The CO2 factors that the shipped set leaves open."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reporting.co2_labels import FACTOR_LABELS
from reporting.domain.parameters import Parameter
from reporting.services.emission_factors import LONGEST_SOURCE, MOST_GRAMS


class FactorsForm(forms.Form):
    """One field per factor, empty where it stays unknown, and one source for all of them."""

    source = forms.CharField(
        label=_("Where do these factors come from?"),
        max_length=LONGEST_SOURCE,
        required=False,
        help_text=_("Name the list, its year and where it can be found."),
    )

    def __init__(self, *args: Any, factors: Sequence[Parameter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = {row.key for row in factors}
        self.keys = [key for key in FACTOR_LABELS if key in keys]
        for key in self.keys:
            self.fields[key] = forms.IntegerField(
                label=str(FACTOR_LABELS[key]), min_value=0, max_value=MOST_GRAMS, required=False, localize=False
            )
        self.order_fields([*self.keys, "source"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if any(cleaned.get(key) is not None for key in self.keys) and not cleaned.get("source", "").strip():
            self.add_error("source", _("Say where these factors come from."))
        return cleaned

    def factor_fields(self) -> list[forms.BoundField]:
        return [self[key] for key in self.keys]

    def factors(self) -> dict[str, int | None]:
        return {key: self.cleaned_data[key] for key in self.keys}
