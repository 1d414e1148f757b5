"""Forms of the settings pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wpm_platform.organisations.models import LegalEntity, Organisation, Site


class OrganisationForm(forms.ModelForm):
    """The organisation's settings. Only who manages the members decides how safely they log in."""

    def __init__(self, *args: Any, manages_members: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not manages_members:
            del self.fields["requires_second_factor"]

    class Meta:
        model = Organisation
        fields = (
            "name",
            "contact_name",
            "contact_email",
            "contact_phone",
            "requires_second_factor",
            "stores_names",
            "stores_birth_years",
        )
        help_texts = {
            "requires_second_factor": _("They set up an authenticator app or a passkey at their next visit."),
            "stores_birth_years": _(
                "The report needs neither. Choose this only when your people agreed to it; "
                "it counts from the next staff file on."
            ),
        }


class LegalEntityForm(forms.ModelForm):
    class Meta:
        model = LegalEntity
        fields = ("kvk_number", "name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kvk_number"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}


class PostcodeField(forms.CharField):
    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace(" ", "").upper()


class SiteForm(forms.ModelForm):
    postcode = PostcodeField(
        label=Site._meta.get_field("postcode").verbose_name,
        required=False,
        validators=Site._meta.get_field("postcode").validators,
    )

    class Meta:
        model = Site
        fields = ("name", "postcode")
