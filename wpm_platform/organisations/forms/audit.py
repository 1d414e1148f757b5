"""The filter of the audit trail."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wpm_platform.organisations.action_labels import action_label


class AuditFilterForm(forms.Form):
    action = forms.ChoiceField(label=_("What happened"), required=False)
    person = forms.ChoiceField(label=_("By whom"), required=False)

    def __init__(self, *args: Any, actions: list[str], people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        action_choices = [("", _("Everything")), *((name, action_label(name)) for name in actions)]
        self.fields["action"].choices = action_choices  # type: ignore[attr-defined]
        self.fields["person"].choices = [("", _("Everybody")), *people]  # type: ignore[attr-defined]
