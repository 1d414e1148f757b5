"""The part of a campaign's form about whom to ask."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.domain.asking import LARGEST_ANCHOR, SMALLEST_ANCHOR, USUAL_ANCHOR, WITH_ANCHOR, WITH_JOINERS
from surveys.enums import Asks
from surveys.models import Campaign
from surveys.services.campaign_asking import MESSAGES, AskingProblem

ASKING_FIELDS = ("asks", "asked_since", "anchor_size")


class AskingForm(forms.Form):
    """Everybody, joiners, or a lot; joiners only once a survey among everybody is closed.

    earlier: the closed campaigns that joiners can be counted from.
    """

    asks = forms.ChoiceField(
        label=_("Who is asked"),
        choices=Asks.choices,
        initial=Asks.EVERYBODY,
        required=False,
        widget=forms.RadioSelect,
        help_text=_(
            "The report needs answers of everybody, or of people drawn by lot. From the second year on a few drawn by "
            "lot and who joined since can be enough, with the estimate for the others."
        ),
    )
    asked_since = forms.TypedChoiceField(
        label=_("The earlier survey"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Only for who joined: hired after it, or not on its list."),
    )
    anchor_size = forms.IntegerField(
        label=_("How many by lot"),
        required=False,
        min_value=SMALLEST_ANCHOR,
        max_value=LARGEST_ANCHOR,
        initial=USUAL_ANCHOR,
        help_text=_("Only for the lot. From every site in proportion to its staff, at least one. 50 is usual."),
    )

    def __init__(self, *args: Any, earlier: list[Campaign], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.earlier = {campaign.pk: campaign for campaign in earlier}
        if earlier:
            since = cast("forms.TypedChoiceField", self.fields["asked_since"])
            since.choices = [(campaign.pk, campaign.name) for campaign in earlier]
        else:
            asks = cast("forms.ChoiceField", self.fields["asks"])
            asks.choices = [(value, label) for value, label in Asks.choices if value not in WITH_JOINERS]
            del self.fields["asked_since"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("asks") not in WITH_ANCHOR:
            # A number that is left in a field that nobody looks at.
            self.errors.pop("anchor_size", None)
            cleaned.setdefault("anchor_size", None)
        needs_earlier = cleaned.get("asks") in WITH_JOINERS
        if needs_earlier and not cleaned.get("asked_since") and "asked_since" not in self.errors:
            self.add_error("asked_since", str(MESSAGES[AskingProblem.NO_EARLIER_SURVEY]))
        return cleaned

    def asking(self) -> dict[str, Any]:
        """As `CampaignDetails` takes it."""
        cleaned = self.cleaned_data
        return {
            "asks": cleaned["asks"] or Asks.EVERYBODY.value,
            "anchor_size": cleaned["anchor_size"],
            "asked_since": self.earlier.get(cleaned.get("asked_since") or 0),
        }


def asking_initial(campaign: Campaign) -> dict[str, Any]:
    return {
        "asks": campaign.asks,
        "anchor_size": campaign.anchor_size or USUAL_ANCHOR,
        "asked_since": campaign.asked_since_id,
    }
