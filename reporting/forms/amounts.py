"""Fields for figures of the form, typed the way people write them: 1234567, 1.234.567 or 1 234 567."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LARGEST = 99_999_999_999


def _without_blanks(value: Any) -> Any:
    return "".join(value.split()) if isinstance(value, str) else value


class KilometresField(forms.IntegerField):
    """Whole kilometres; None when left empty."""

    default_error_messages = {"invalid": _("Enter whole kilometres, such as 12500.")}

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "figure-input"})
        super().__init__(min_value=0, max_value=LARGEST, localize=True, widget=widget, **kwargs)

    def to_python(self, value: Any) -> int | None:
        return super().to_python(_without_blanks(value))


class EuroField(forms.DecimalField):
    """Euros with at most two decimals; None when left empty."""

    default_error_messages = {"invalid": _("Enter an amount in euros, such as 1250,50.")}

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "figure-input"})
        super().__init__(
            min_value=0, max_value=LARGEST, max_digits=14, decimal_places=2, localize=True, widget=widget, **kwargs
        )

    # The stubs derive decimal fields from integer fields.
    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        return super().to_python(_without_blanks(value))
