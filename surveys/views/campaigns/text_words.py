"""What HR reads about the mails and about the fields between braces."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.domain.campaign_text import FIELDS
from surveys.enums import TextKind
from surveys.models import Campaign

PURPOSES: dict[str, Promise | str] = {
    TextKind.ANNOUNCEMENT: _("Before the survey, without a link: so that people know that the mail to come is real."),
    TextKind.INVITATION: _("With the personal link, at the moment that the questions open."),
    TextKind.REMINDER: _("With the personal link, only to who has not answered yet."),
    TextKind.THANKS: _("After closing, with the result for the whole organisation."),
}
MEANINGS: dict[str, Promise | str] = {
    "link": _("the personal link; on a line of its own it becomes a button"),
    "week": _("the dates of the surveyed week"),
    "opens": _("the day of the invitation"),
    "closes": _("the last day to answer"),
    "minutes": _("how long it takes"),
    "mails": _("how many mails a person gets at most"),
    "about": _("the address of your page on which people can check whether a mail is real"),
    "result": _("how many people answered and how they travel, in one or two sentences"),
}


def fields_in_words(campaign: Campaign, *, kind: str) -> list[dict[str, str]]:
    """The fields that this kind of mail may have, each with its meaning or, where it is fixed, its value."""
    values = {"employer": campaign.organisation.name, "sender": campaign.sender_name}
    return [{"name": f"{{{name}}}", "meaning": values.get(name) or str(MEANINGS[name])} for name in FIELDS[kind]]
