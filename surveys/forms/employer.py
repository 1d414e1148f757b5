"""What an employee types on the public page of an employer."""

from django import forms
from django.utils.translation import gettext_lazy as _


class OwnLinkForm(forms.Form):
    """The work address whose link is asked for. Says nothing about whether the address is known."""

    email = forms.EmailField(
        label=_("Your work e-mail address"),
        max_length=254,
        error_messages={
            "required": _("Fill in your work e-mail address."),
            "invalid": _("This is no e-mail address. Write it as name@company.nl."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
