"""Fields that employees type into, forgiving about how they write."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wpm_platform.organisations.models import Site

LARGEST_KILOMETRES = 999
POSTCODE = re.compile(r"[1-9]\d{3}[A-Z]{2}")


class KilometresField(forms.CharField):
    """Kilometres one way, with a decimal comma or point, to integer metres: `14,5` → 14500."""

    default_error_messages = {
        "required": _("Fill in how many kilometres it is one way."),
        "invalid": _("Write the distance as a number, for example 14 or 14,5."),
        "too_small": _("Fill in a distance of more than 0 km."),
        "too_large": _("Fill in at most 999 km one way."),
    }

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"inputmode": "decimal", "autocomplete": "off", "class": "short"}
        super().__init__(max_length=20, widget=forms.TextInput(attrs=attributes), **kwargs)

    def clean(self, value: Any) -> int | None:
        text = super().clean(value).lower().replace(",", ".").removesuffix("km").strip()
        if not text:
            return None
        try:
            if not re.fullmatch(r"\d{1,6}(\.\d{0,3})?|\.\d{1,3}", text, re.ASCII):
                raise InvalidOperation
            metres = int(Decimal(text) * 1000)
        except InvalidOperation:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        if metres <= 0:
            raise ValidationError(self.error_messages["too_small"], code="too_small")
        if metres > LARGEST_KILOMETRES * 1000:
            raise ValidationError(self.error_messages["too_large"], code="too_large")
        return metres


class PostcodeField(forms.CharField):
    """A Dutch postcode, `1234 ab` → `1234AB`; empty for who rather does not say."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"autocomplete": "postal-code", "class": "short"}
        super().__init__(max_length=12, required=False, widget=forms.TextInput(attrs=attributes), **kwargs)

    def clean(self, value: Any) -> str:
        text = "".join(super().clean(value).split()).upper()
        if text and not POSTCODE.fullmatch(text):
            raise ValidationError(_("Write the postcode as 1234 AB, or leave this empty."), code="invalid")
        return text


class SiteField(forms.ChoiceField):
    """One of the employer's sites, chosen by its code; cleaned to the site itself, None for the empty choice."""

    default_error_messages = {"required": _("Choose a site."), "invalid_choice": _("Choose a site from the list.")}

    def __init__(self, *, sites: list[Site], empty_label: str | Promise = "", **kwargs: Any) -> None:
        self.sites = {str(site.code): site for site in sites}
        choices: list[tuple[str, Any]] = [(code, site.name) for code, site in self.sites.items()]
        super().__init__(choices=[*choices, ("", empty_label)] if empty_label else choices, **kwargs)

    def clean(self, value: Any) -> Site | None:
        return self.sites.get(super().clean(value))
