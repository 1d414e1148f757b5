"""Forms of the settings pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wpm_platform.organisations.models import LegalEntity, Organisation, Site

# An invitation and one reminder; and no more than about one a week.
FEWEST_MAILS, MOST_MAILS = 2, 60
# As surveys/domain/retention says.
SHORTEST_KEPT, LONGEST_KEPT = 1, 84


class OrganisationForm(forms.ModelForm):
    """The organisation's settings. Only who manages the members decides how safely they log in."""

    yearly_mail_limit = forms.IntegerField(
        label=_("Mails a person gets in a year, at most"),
        min_value=FEWEST_MAILS,
        max_value=MOST_MAILS,
        widget=forms.NumberInput(attrs={"class": "short"}),
        help_text=_(
            "Over all campaigns together; the announcement tells your people. A panel that asks every week has a "
            "number of its own."
        ),
    )

    answers_kept_months = forms.IntegerField(
        label=_("Months that the rows of a campaign are kept after it closed"),
        min_value=SHORTEST_KEPT,
        max_value=LONGEST_KEPT,
        widget=forms.NumberInput(attrs={"class": "short"}),
        help_text=_(
            "24 leaves at least half a year after the deadline of the report for questions and corrections. A campaign "
            "can have a period of its own."
        ),
    )

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
            "reply_to",
            "yearly_mail_limit",
            "requires_second_factor",
            "answers_kept_months",
        )
        help_texts = {
            "reply_to": _("What a new campaign begins with. Choose a mailbox that somebody reads."),
            "requires_second_factor": _("They set up an authenticator app or a passkey at their next visit."),
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
        help_text=_("As 1234 AB. With it, the survey can suggest the distance from an employee's home to this site."),
        validators=Site._meta.get_field("postcode").validators,
    )

    class Meta:
        model = Site
        fields = ("name", "postcode")
