"""Renders survey mails from the campaign's texts, at the moment they leave."""

from dataclasses import dataclass
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import ngettext

from surveys.domain.calendar import local_date
from surveys.domain.campaign_text import body_blocks, filled_in
from surveys.domain.dates_in_words import day_in_words, week_in_words
from surveys.domain.invitation_rules import MINUTES_TO_ANSWER
from surveys.domain.personal_link import personal_token
from surveys.models import Campaign, CampaignText, Invitation, SurveyWeek
from wpm_platform.mailing.services.delivery import Letter

FALLBACK_LANGUAGES = ("nl", "en")
# No personal link: it opens the page that explains that a link does not work.
SAMPLE_LINK = "voorbeeld"


@dataclass(frozen=True, kw_only=True)
class Links:
    """The addresses that a mail shows. secret: the part that the kept copy must not hold."""

    answer: str
    stop: str
    secret: str = ""


def personal_links(invitation: Invitation) -> Links:
    """The invitation's own links, made again from its code."""
    token = personal_token(code=invitation.code, version=invitation.link_number, key=settings.LINK_KEY)
    return _links(token, secret=token)


def sample_links() -> Links:
    """Links for a preview or test mail; nobody can answer with them."""
    return _links(SAMPLE_LINK, secret="")


def text_in(*, campaign: Campaign, kind: str, language: str) -> CampaignText | None:
    """The campaign's text in the employee's language, else in Dutch, else in English."""
    texts = {
        text.language: text
        for text in CampaignText.objects.filter(organisation=campaign.organisation_id, campaign=campaign, kind=kind)
    }
    return next((texts[code] for code in (language, *FALLBACK_LANGUAGES) if code in texts), None)


def survey_letter(*, text: CampaignText, week: SurveyWeek, links: Links, is_test: bool = False) -> Letter:
    """The rendered mail about one week. The languages of text and surrounding words are the text's."""
    campaign, organisation = text.campaign, text.campaign.organisation
    with translation.override(text.language):
        values = {
            "employer": organisation.name,
            "week": week_in_words(week.monday, language=text.language),
            "link": links.answer,
            "minutes": ngettext("%(count)s minute", "%(count)s minutes", MINUTES_TO_ANSWER)
            % {"count": MINUTES_TO_ANSWER},
            "closes": day_in_words(local_date(week.closes_at), language=text.language),
            "sender": campaign.sender_name,
        }
        context = {
            "organisation": organisation,
            "campaign": campaign,
            "language": text.language,
            "subject": filled_in(text.subject, values),
            "text": filled_in(text.body, values),
            "blocks": body_blocks(text.body, values),
            "links": links,
            "is_test": is_test,
        }
        folder = f"emails/{text.kind}"
        return Letter(
            subject=" ".join(render_to_string(f"{folder}/subject.txt", context).split()),
            text=render_to_string(f"{folder}/body.txt", context).strip() + "\n",
            html=render_to_string(f"{folder}/body.html", context),
            sender=sender_address(campaign),
            reply_to=campaign.reply_to,
            headers={"List-Unsubscribe": f"<{links.stop}>"},
            secrets=(links.secret,) if links.secret else (),
        )


def sender_address(campaign: Campaign) -> str:
    """The From header: a person and the organisation, at the platform's address."""
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    name = " ".join(f"{campaign.sender_name} ({campaign.organisation.name})".split())
    return formataddr((name, address))


def _links(token: str, *, secret: str) -> Links:
    answer = f"{settings.BASE_URL}/r/{token}/"
    return Links(answer=answer, stop=f"{answer}stop/", secret=secret)
