"""What an estimate may use of the staff list."""

from collections.abc import Collection, Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reporting.domain.staff_features import DEFAULT_FEATURES, StaffFeature
from reporting.estimation_sentences import FEATURE_LABELS, FEATURE_REASONS
from reporting.services.estimation.start import LONGEST_NOTE

NOT_HELD = _("Your staff list does not hold this, so it adds nothing.")


class AnyNames(forms.MultipleChoiceField):
    """Also takes names that are not on the page, so that the service can say why it refuses them."""

    def valid_value(self, value: object) -> bool:
        return True


class EstimationForm(forms.Form):
    """The chosen facts, and what the works council knows about them."""

    features = AnyNames(
        label=_("Which data may the estimate use?"),
        required=False,
        choices=[(feature.value, FEATURE_LABELS[feature]) for feature in StaffFeature],
        widget=forms.CheckboxSelectMultiple,
    )
    council_note = forms.CharField(
        label=_("What does the works council know about this?"),
        help_text=_(
            "For example: discussed on 3 March, no objections. No works council? Then write that. Keep names out of it."
        ),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, absent: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.absent = absent
        self.initial.setdefault("features", [feature.value for feature in DEFAULT_FEATURES if feature not in absent])

    def rows(self) -> Iterator[tuple[BoundWidget, Promise]]:
        """Each fact's box with why it helps, or that nobody's is known."""
        for box in self["features"]:
            name = str(box.data["value"])
            yield box, NOT_HELD if name in self.absent else FEATURE_REASONS[name]
