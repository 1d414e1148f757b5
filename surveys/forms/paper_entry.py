"""What an employee types from a slip of paper."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 40


class SlipCodeInput(forms.TextInput):
    """A line for the code. Never shows again what was typed: the next person may look on."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, None, attrs)
        return context


class PaperCodeForm(forms.Form):
    """The code, grouped however it was typed.

    afresh: delete what was answered by a mailed link before, and begin anew; shown only when there is something.
    """

    code = forms.CharField(
        label=_("The code on your slip"),
        help_text=_("Eight letters and digits. Small letters are fine, and you may leave out the dash."),
        max_length=LONGEST,
        error_messages={
            "required": _("Fill in the code on your slip."),
            "max_length": _("A code has eight letters and digits. Look at your slip again."),
        },
        widget=SlipCodeInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "autocorrect": "off",
                "spellcheck": "false",
                "dir": "ltr",
                "class": "code-field",
            }
        ),
    )
    afresh = forms.BooleanField(label=_("Delete those answers and start again"), required=False)
