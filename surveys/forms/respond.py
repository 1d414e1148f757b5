"""What employees type: their workplace and distance, and the distance to another site."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.forms.respond_fields import KilometresField, PostcodeField, SiteField
from wpm_platform.organisations.models import Site


class FactsForm(forms.Form):
    """Workplace (when there is a choice), home postcode (when the employer does not know it), usual distance."""

    def __init__(self, *args: Any, sites: list[Site], asks_postcode: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(sites) > 1:
            self.fields["site"] = SiteField(sites=sites, label=_("Where is your workplace?"))
        if asks_postcode:
            self.fields["home_postcode"] = PostcodeField(
                label=_("Your home postcode"),
                help_text=_("Helps to check the distance. Rather not? Leave this empty."),
            )
        self.fields["one_way"] = KilometresField(
            label=_("How many kilometres is it from home to your work, one way?"),
            help_text=_("The route you usually take. An estimate is fine."),
        )


class OtherSiteForm(forms.Form):
    """Which other site, and how far it is; both may be left open."""

    def __init__(self, *args: Any, sites: list[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if sites:
            self.fields["site"] = SiteField(
                sites=sites, required=False, empty_label=_("A site that is not in this list"), label=_("Which site?")
            )
        self.fields["one_way"] = KilometresField(
            required=False,
            label=_("How many kilometres is it from home to there, one way?"),
            help_text=_("Do you not know? Leave this empty; we then use your usual distance."),
        )
