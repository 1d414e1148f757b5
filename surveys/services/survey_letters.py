"""Renders survey mails from the campaign's texts, at the moment they leave."""

import datetime
from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from surveys.domain.calendar import local_date
from surveys.domain.campaign_text import FIELDS, body_blocks, filled_in
from surveys.domain.dates_in_words import day_in_words, week_in_words
from surveys.domain.mail_kinds import FOLLOW_UP_MAIL, OWN_LINK_MAIL
from surveys.domain.mail_language import spoken_language
from surveys.enums import TextKind
from surveys.models import Campaign, CampaignText, FollowUp, Invitation, SurveyWeek
from surveys.selectors.open_invitations import open_invitations
from surveys.selectors.published_result import is_published
from surveys.services.campaign_result_words import result_in_words, sample_result_in_words
from surveys.services.campaign_texts import default_text_row
from surveys.services.letter_fields import field_values
from surveys.services.letter_links import Links, employer_address, personal_links, stop_headers
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.letters import Letter

# Nothing comes after the thanks, so there is nothing left to stop.
KINDS_TO_STOP = (TextKind.ANNOUNCEMENT, TextKind.INVITATION, TextKind.REMINDER)


def letter_for(*, mail: OutgoingMail, invitation: Invitation) -> Letter | None:
    """The letter of a mail of the plan, or of a link that somebody asked for; None when there is no text for it.

    invitation: with its campaign, organisation, week and employee.
    """
    campaign, language = invitation.campaign, invitation.employee.language
    if mail.kind == OWN_LINK_MAIL:
        return _own_link_letter(invitation, asked_at=mail.due_at)
    if mail.kind == FOLLOW_UP_MAIL:
        return _follow_up_letter(invitation)
    text = text_in(campaign=campaign, kind=mail.kind.removeprefix("surveys."), language=language)
    if text is None:
        return None
    text.campaign = campaign
    return survey_letter(text=text, week=invitation.week, links=personal_links(invitation))


def text_in(*, campaign: Campaign, kind: str, language: str) -> CampaignText | None:
    """The campaign's text in the employee's language, else our usual words in it, else its own in Dutch or English.

    A kind of mail that the campaign has no text for in any language stays unwritten: None.
    """
    texts = {
        text.language: text
        for text in CampaignText.objects.filter(organisation=campaign.organisation_id, campaign=campaign, kind=kind)
    }
    spoken = spoken_language(language, written=texts)
    return texts.get(spoken) or (default_text_row(campaign=campaign, kind=kind, language=spoken) if spoken else None)


def survey_letter(*, text: CampaignText, week: SurveyWeek, links: Links, is_test: bool = False) -> Letter:
    """The rendered mail about one week. The languages of text and surrounding words are the text's."""
    campaign = text.campaign
    with translation.override(text.language):
        values = field_values(campaign=campaign, week=week, language=text.language, link=links.answer)
        if "result" in FIELDS[text.kind]:
            values["result"] = result_in_words(campaign) if links.secret else sample_result_in_words()
        return _rendered(
            campaign,
            folder=f"emails/{text.kind}",
            links=[links],
            headers=stop_headers(links) if text.kind in KINDS_TO_STOP else {},
            context={
                "language": text.language,
                "subject": filled_in(text.subject, values),
                "text": filled_in(text.body, values),
                "blocks": body_blocks(text.body, values),
                "links": links,
                "result_link": _result_link(text, links=links),
                "is_test": is_test,
            },
        )


def _result_link(text: CampaignText, *, links: Links) -> str:
    """Where the person reads the published result; empty in other mails, in previews and before it is published."""
    if "result" not in FIELDS[text.kind] or not links.secret or not is_published(text.campaign):
        return ""
    return f"{links.answer}result/"


def sender_address(campaign: Campaign) -> str:
    """The From header: a person and the organisation, at the platform's address."""
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    name = " ".join(f"{campaign.sender_name} ({campaign.organisation.name})".split())
    return formataddr((name, address))


def _own_link_letter(invitation: Invitation, *, asked_at: datetime.datetime) -> Letter:
    """The person's links of this campaign, one per week that can be answered, in their language."""
    language = _language_of(invitation)
    links = []
    lines = []
    for found in open_invitations(campaign=invitation.campaign, employee_id=invitation.employee_id, now=asked_at) or [
        invitation
    ]:
        links.append(personal_links(found))
        lines.append(
            {
                "address": links[-1].answer,
                "week": week_in_words(found.week.monday, language=language),
                "closes": day_in_words(local_date(found.week.closes_at), language=language),
            }
        )
    with translation.override(language):
        return _rendered(
            invitation.campaign,
            folder="emails/own_link",
            links=links,
            headers={},
            context={
                "language": language,
                "lines": lines,
                "about": employer_address(invitation.campaign.organisation),
            },
        )


def _follow_up_letter(invitation: Invitation) -> Letter | None:
    """The one question, in the person's language; None when nobody was asked."""
    campaign, links, language = invitation.campaign, personal_links(invitation), _language_of(invitation)
    asked = FollowUp.objects.filter(organisation=campaign.organisation_id, campaign=campaign).first()
    if asked is None:
        return None
    with translation.override(language):
        return _rendered(
            campaign,
            folder="emails/follow_up",
            links=[links],
            headers=stop_headers(links),
            context={
                "language": language,
                "links": links,
                "address": f"{links.answer}usual/",
                "closes": day_in_words(local_date(asked.closes_at), language=language),
            },
        )


def _language_of(invitation: Invitation) -> str:
    wanted = invitation.employee.language
    return wanted if wanted in dict(settings.EMPLOYEE_LANGUAGES) else settings.LANGUAGE_CODE


def _rendered(
    campaign: Campaign, *, folder: str, links: list[Links], headers: dict[str, str], context: dict[str, Any]
) -> Letter:
    """A mail from the three templates of a folder, in the language at hand, in the campaign's name."""
    context = {"organisation": campaign.organisation, "campaign": campaign, **context}
    subject = " ".join(render_to_string(f"{folder}/subject.txt", context).split())
    context.setdefault("subject", subject)
    return Letter(
        subject=subject,
        text=render_to_string(f"{folder}/body.txt", context).strip() + "\n",
        html=render_to_string(f"{folder}/body.html", context),
        sender=sender_address(campaign),
        reply_to=campaign.reply_to,
        headers=headers,
        secrets=tuple(link.secret for link in links if link.secret),
    )
