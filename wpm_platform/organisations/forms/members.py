"""Forms about members: who, which role, which site."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from wpm_platform.organisations.enums import MemberRole
from wpm_platform.organisations.models import Site, User


class MemberRoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=MemberRole.choices)
    site: "forms.ModelChoiceField[Site]" = forms.ModelChoiceField(
        label=_("Site"),
        queryset=None,
        required=False,
        to_field_name="code",
        empty_label=_("No site"),
        help_text=_("Only for a site lead: the site that this person looks after."),
    )

    def __init__(self, *args: Any, sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = sites  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("role") == MemberRole.SITE_LEAD and not cleaned.get("site") and "site" not in self.errors:
            self.add_error("site", _("Choose the site that this site lead looks after."))
        return cleaned


class InviteMemberForm(MemberRoleForm):
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES)

    field_order = ("email", "role", "site", "language")


class NewPersonForm(forms.Form):
    """Name and password of an invited person without an account; the address is given."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        help_text=_("At least twelve characters. A sentence is easy to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "password" in cleaned:
            person = User(email=self.email, name=cleaned.get("name", ""))
            try:
                validate_password(cleaned["password"], person)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return cleaned
