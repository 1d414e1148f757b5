"""The words of a campaign's mails: the default ones, and HR's own."""

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.domain.campaign_text import TextFault, TextProblem, text_problems
from surveys.enums import CampaignState, TextKind
from surveys.models import Campaign, CampaignText
from surveys.services.default_texts import DEFAULT_BODIES, DEFAULT_SUBJECTS
from wpm_platform.organisations.models import Organisation, User
from wpm_platform.organisations.services.audit import record_event

FAULT_MESSAGES: dict[TextFault, Promise | str] = {
    TextFault.UNKNOWN_FIELD: _("{%(field)s} is not a field. Use one of these: %(fields)s."),
    TextFault.LOOSE_BRACE: _("There is a brace too many. Write a field as {link}, with one brace on each side."),
    TextFault.LINK_MISSING: _("The text has no {link}. Without it nobody can answer; put {link} on a line of its own."),
    TextFault.LINK_FORBIDDEN: _("Leave {link} out. A personal link only belongs in the invitation and the reminder."),
    TextFault.FIELD_IN_SUBJECT: _("Leave {%(field)s} out of the subject. It belongs in the text."),
    TextFault.LINK_WITHIN_WORD: _("Put a space or a new line before and after {link}."),
    TextFault.SUBJECT_EMPTY: _("Write a subject."),
    TextFault.SUBJECT_HAS_LINES: _("Write the subject on one line."),
}


class TextRejected(Exception):
    """A text cannot be sent like this; `problems` lists everything that is wrong."""

    def __init__(self, problems: tuple[TextProblem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        return " ".join(problem_message(problem) for problem in self.problems)


class TextsFrozen(Exception):
    """The campaign is closed; its texts are kept as they were."""

    def __str__(self) -> str:
        return str(_("This campaign is closed. Its texts can no longer be changed."))


def problem_message(problem: TextProblem) -> str:
    """What is wrong and what to do, in the reader's language."""
    fields = ", ".join(f"{{{name}}}" for name in problem.allowed)
    return str(FAULT_MESSAGES[problem.fault]) % {"field": problem.field, "fields": fields}


def default_text(*, kind: str, language: str) -> tuple[str, str]:
    """Subject and body that a new campaign begins with, in one of the employees' languages."""
    with translation.override(language):
        return str(DEFAULT_SUBJECTS[kind]), str(DEFAULT_BODIES[kind])


def default_text_row(*, campaign: Campaign, kind: str, language: str) -> CampaignText:
    """The same as a text of the campaign, not stored."""
    subject, body = default_text(kind=kind, language=language)
    return CampaignText(
        organisation=campaign.organisation,
        campaign=campaign,
        language=language,
        kind=kind,
        subject=subject,
        body=body,
    )


def add_default_texts(*, campaign: Campaign) -> None:
    """Put the default words into a new campaign, in each language of the interface."""
    CampaignText.objects.bulk_create(
        default_text_row(campaign=campaign, kind=kind, language=language)
        for language, _name in settings.LANGUAGES
        for kind in TextKind
    )


def missing_texts(*, campaign: Campaign, kinds: Iterable[str], language: str) -> list[str]:
    """The kinds, in the order of the plan, without a text in this language that can be sent."""
    texts = CampaignText.objects.filter(organisation=campaign.organisation_id, campaign=campaign, language=language)
    usable = {text.kind for text in texts if not text_problems(kind=text.kind, subject=text.subject, body=text.body)}
    return [kind for kind in TextKind.values if kind in set(kinds) - usable]


@transaction.atomic
def save_text(
    *,
    organisation: Organisation,
    actor: User | None,
    now: datetime.datetime,
    campaign: Campaign,
    language: str,
    kind: str,
    subject: str,
    body: str,
) -> CampaignText:
    """Change the words of one mail in one language. Raises `TextRejected` or `TextsFrozen`.

    Allowed while the campaign runs: every mail is rendered from the text of the moment it leaves.
    """
    problems = text_problems(kind=kind, subject=subject, body=body)
    if problems:
        raise TextRejected(problems)
    state = Campaign.objects.select_for_update().get(organisation=organisation, pk=campaign.pk).state
    if state == CampaignState.CLOSED:
        raise TextsFrozen
    text, _created = CampaignText.objects.update_or_create(
        organisation=organisation,
        campaign=campaign,
        language=language,
        kind=kind,
        defaults={"subject": subject.strip(), "body": body.strip()},
    )
    record_event(
        organisation=organisation,
        actor=actor,
        action="campaign.text_changed",
        now=now,
        subject=str(campaign.code),
        detail={"language": language, "kind": kind},
    )
    return text
