"""What is filled in between the braces of a mail's text."""

from django.utils.translation import ngettext

from surveys.domain.calendar import local_date
from surveys.domain.dates_in_words import day_in_words, week_in_words
from surveys.domain.invitation_rules import MINUTES_TO_ANSWER
from surveys.enums import CampaignKind
from surveys.models import Campaign, SurveyWeek
from surveys.services.letter_links import employer_address


def field_values(*, campaign: Campaign, week: SurveyWeek, language: str, link: str) -> dict[str, str]:
    """Every field but the result, in the language at hand, which is `language`."""
    return {
        "employer": campaign.organisation.name,
        "week": week_in_words(week.monday, language=language),
        "link": link,
        "minutes": ngettext("%(count)s minute", "%(count)s minutes", MINUTES_TO_ANSWER) % {"count": MINUTES_TO_ANSWER},
        "opens": day_in_words(local_date(week.opens_at), language=language),
        "closes": day_in_words(local_date(week.closes_at), language=language),
        "mails": most_mails(campaign),
        "about": employer_address(campaign.organisation),
        "sender": campaign.sender_name,
    }


def most_mails(campaign: Campaign) -> str:
    """What is promised: a panel's own number of mails, or the organisation's in a year."""
    if campaign.kind == CampaignKind.WEEKLY_PANEL and campaign.mail_limit is not None:
        count = campaign.mail_limit
        words = ngettext(
            "%(count)s mail in all these weeks together", "%(count)s mails in all these weeks together", count
        )
    else:
        count = campaign.organisation.yearly_mail_limit
        words = ngettext("%(count)s mail a year", "%(count)s mails a year", count)
    return words % {"count": count}
