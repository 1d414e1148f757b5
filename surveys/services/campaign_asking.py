"""Whom a draft will ask: checked before it is kept."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.domain.asking import LARGEST_ANCHOR, SMALLEST_ANCHOR, USUAL_ANCHOR, WITH_ANCHOR, WITH_JOINERS, Asks
from surveys.models import Campaign
from surveys.selectors.asking import earlier_campaigns


class AskingProblem(StrEnum):
    """Values are names of form fields."""

    NO_EARLIER_SURVEY = "asked_since"
    ANCHOR_SIZE = "anchor_size"


MESSAGES: dict[AskingProblem, Promise | str] = {
    AskingProblem.NO_EARLIER_SURVEY: _("Choose the closed survey since which people count as joiners."),
    AskingProblem.ANCHOR_SIZE: _("Draw between 10 and 5000 people."),
}


class AskingRejected(Exception):
    """Whom to ask cannot be so. `problem` says which rule; the text says what to do."""

    def __init__(self, problem: AskingProblem) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return str(MESSAGES[self.problem])


def set_asking(campaign: Campaign, *, asks: str, anchor_size: int | None, asked_since: Campaign | None) -> None:
    """Fill in whom the draft asks; what does not belong to the choice is dropped. Raises `AskingRejected`."""
    choice = Asks(asks)
    campaign.asks, campaign.anchor_size, campaign.asked_since = choice.value, None, None
    if choice in WITH_ANCHOR:
        campaign.anchor_size = USUAL_ANCHOR if anchor_size is None else anchor_size
        if not SMALLEST_ANCHOR <= campaign.anchor_size <= LARGEST_ANCHOR:
            raise AskingRejected(AskingProblem.ANCHOR_SIZE)
    if choice in WITH_JOINERS:
        usable = earlier_campaigns(organisation=campaign.organisation, besides=campaign)
        campaign.asked_since = usable.filter(pk=asked_since.pk).first() if asked_since else None
        if campaign.asked_since is None:
            raise AskingRejected(AskingProblem.NO_EARLIER_SURVEY)
