"""The result of a campaign in words, for the mail that thanks."""

from django.core.cache import cache
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from surveys.enums import CampaignState, Mode
from surveys.models import Campaign
from surveys.selectors.campaign_result import CampaignResult, campaign_result

# A closed campaign's figures stay: they are summed once, not once per mail.
KEPT_SECONDS = 600
NOUNS_WITH_CAPITALS = ("de",)


def result_in_words(campaign: Campaign) -> str:
    """Response and mode split of the whole organisation in the language at hand; without figures where those
    could point at somebody, and while the campaign is open."""
    if campaign.state != CampaignState.CLOSED:
        return _without_figures()
    key = f"campaign-result:{campaign.code}:{get_language()}"
    words = cache.get(key)
    if words is None:
        words = _in_words(campaign_result(campaign))
        cache.set(key, words, KEPT_SECONDS)
    return str(words)


def sample_result_in_words() -> str:
    """What stands in a preview, before there is a result."""
    return _("[After closing, it says here how many people answered and how your organisation travels.]")


def _in_words(result: CampaignResult | None) -> str:
    if result is None:
        return _without_figures()
    response = _("%(answered)s of %(people)s people answered (%(percentage)s %%).") % {
        "answered": result.answered,
        "people": result.people,
        "percentage": result.percentage,
    }
    if not result.shares:
        return response
    shares = ", ".join(_share(mode, percentage) for mode, percentage in result.shares)
    split = _(
        "Of the days on which they travelled to work: %(shares)s. What fewer than five people used is left out."
    ) % {"shares": shares}
    return f"{response} {split}"


def _share(mode: str, percentage: int) -> str:
    label = str(Mode(mode).label)
    if get_language() not in NOUNS_WITH_CAPITALS:
        label = label[:1].lower() + label[1:]
    return _("%(mode)s %(percentage)s %%") % {"mode": label, "percentage": percentage or "< 1"}


def _without_figures() -> str:
    return _("We give no figures here, so that nobody's answers can be recognised.")
