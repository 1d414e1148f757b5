"""The form for a new API key."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wpm_platform.organisations.enums import ApiScope
from wpm_platform.organisations.services.api_keys import DEFAULT_LIFE


class ApiKeyForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("Which system uses it, such as: salary system, nightly export.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What the key may do"), choices=ApiScope.choices, widget=forms.CheckboxSelectMultiple
    )
    expires_on = forms.DateField(
        label=_("Valid until and including"),
        help_text=_("At most a year from now. Make a new key before this day."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"expires_on": today + DEFAULT_LIFE})
        super().__init__(*args, **kwargs)
        last = today + datetime.timedelta(days=365)
        self.fields["expires_on"].widget.attrs |= {"min": today.isoformat(), "max": last.isoformat()}
