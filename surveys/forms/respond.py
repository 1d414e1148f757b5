"""What employees type: their workplace and distance, and the distance to another site."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from surveys.enums import DistanceSource
from surveys.forms.respond_fields import KilometresField, PostcodeField, SiteField
from surveys.services.distances import Suggestion
from wpm_platform.organisations.models import Site


class FactsForm(forms.Form):
    """Workplace (when there is a choice), home postcode (when the employer does not know it), usual distance.

    shown: the distance that stands in the field at first, if any, as `ShownDistance` writes it; it comes back with the
    answer, so that it can be told whether the person changed it. suggestion: that distance is an estimate of ours.
    can_estimate: a home postcode would lead to one.
    """

    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        sites: list[Site],
        asks_postcode: bool,
        suggestion: Suggestion | None = None,
        can_estimate: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if len(sites) > 1:
            self.fields["site"] = SiteField(sites=sites, label=_("Where is your workplace?"))
        if asks_postcode:
            self.fields["home_postcode"] = PostcodeField(
                label=_("Your home postcode"),
                help_text=_("Helps to check the distance. Rather not? Leave this empty."),
            )
        self.suggests = suggestion is not None
        label, help_text = _distance_words(suggestion, can_estimate=can_estimate)
        self.fields["one_way"] = KilometresField(label=label, help_text=help_text)

    def lacks_only_the_distance(self) -> bool:
        """Everything else is filled in as it should be, and the distance is left empty."""
        return self.errors.keys() == {"one_way"} and self.has_error("one_way", "required")


def _distance_words(suggestion: Suggestion | None, *, can_estimate: bool) -> tuple[Promise | str, Promise | str]:
    """Label and explanation of the distance."""
    if suggestion is None:
        return _("How many kilometres is it from home to your work, one way?"), (
            _("The route you usually take. Do you not know? Leave this empty: we estimate it from your postcode.")
            if can_estimate
            else _("The route you usually take. An estimate is fine.")
        )
    label = gettext("± %(km)s km one way. Is that right?") % {"km": suggestion.one_way_metres // 1_000}
    if suggestion.source == DistanceSource.ROUTE:
        return label, _(
            "This is an estimate: a calculated route by road between your home postcode and your work. Is your route "
            "longer or shorter? Change the number."
        )
    return label, _(
        "This is an estimate: the straight line between your home postcode and your work, with a detour added. Is your "
        "route longer or shorter? Change the number."
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
