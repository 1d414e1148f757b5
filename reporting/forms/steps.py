"""What is asked on a report's way: which year, which survey, a correction, the filing, a reason."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reporting.domain.parameter_files import reporting_years
from reporting.forms.amounts import EuroField, KilometresField
from surveys.models import Campaign
from wpm_platform.organisations.models import LegalEntity


class OpenReportForm(forms.Form):
    """Which legal entity, which year."""

    def __init__(self, *args: Any, legal_entities: Sequence[LegalEntity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        entities = [(str(entity.code), str(entity)) for entity in legal_entities]
        years = [(year, str(year)) for year in reversed(reporting_years())]
        self.fields["legal_entity"] = forms.ChoiceField(label=_("Legal entity"), choices=entities)
        self.fields["reporting_year"] = forms.TypedChoiceField(label=_("Reporting year"), coerce=int, choices=years)


class CampaignChoiceForm(forms.Form):
    """Which closed campaign gives the commuting kilometres; empty for none."""

    def __init__(self, *args: Any, campaigns: Sequence[Campaign], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.campaigns = {str(campaign.code): campaign for campaign in campaigns}
        choices = [(code, campaign.name) for code, campaign in self.campaigns.items()]
        self.fields["campaign"] = forms.ChoiceField(
            label=_("Survey"),
            widget=forms.RadioSelect,
            required=False,
            choices=[*choices, ("", _("No survey: I enter commuting by hand"))],
        )

    def chosen(self) -> Campaign | None:
        return self.campaigns.get(self.cleaned_data["campaign"])


class CellTotalForm(forms.Form):
    """A computed figure by hand: kilometres, or euros where the cell asks these; empty brings the computed one back."""

    kilometres = KilometresField(
        label=_("Kilometres in the year"), required=False, help_text=_("Leave empty to use the computed figure.")
    )
    reason = forms.CharField(
        label=_("Why does this figure replace the computed one?"),
        max_length=200,
        required=False,
        help_text=_("It stands beside the figure, for whoever asks how it came about."),
    )

    def __init__(self, *args: Any, is_euro: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_euro:
            asked = self.fields["kilometres"]
            self.fields["kilometres"] = EuroField(label=_("Amount in euros"), required=False, help_text=asked.help_text)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("kilometres") is not None and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Say why this figure replaces the computed one."))
        return cleaned


class FilingForm(forms.Form):
    """When the report was filed, and with which reference."""

    filed_on = forms.DateField(
        label=_("Filed on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), localize=False
    )
    reference = forms.CharField(
        label=_("Reference of the filing"),
        max_length=80,
        help_text=_("The number on the confirmation that you received from RVO."),
    )

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["filed_on"].initial = today
        self.fields["filed_on"].widget.attrs["max"] = today.isoformat()

    def clean_filed_on(self) -> datetime.date:
        filed_on: datetime.date = self.cleaned_data["filed_on"]
        if filed_on > self.today:
            raise forms.ValidationError(_("This day is still to come. Enter the day on which you filed the report."))
        return filed_on


class ReopeningForm(forms.Form):
    """Why a frozen or filed report is opened again."""

    reason = forms.CharField(
        label=_("Why do you reopen the report?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: a lease contract was missing."),
    )


class ParameterForm(forms.Form):
    """One setting with its source; `name` says which."""

    name = forms.CharField(widget=forms.HiddenInput)
    value = forms.CharField(label=_("Value"), max_length=60)
    source = forms.CharField(
        label=_("Where does this choice come from?"),
        max_length=200,
        help_text=_("For example: the Staatsblad with its number, or advice of your environmental agency."),
    )

    def clean_value(self) -> str:
        """Dutch readers write 0,02."""
        value: str = self.cleaned_data["value"]
        return value.strip().replace(",", ".")
