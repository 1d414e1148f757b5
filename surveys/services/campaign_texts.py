"""The words of a campaign's mails: the default ones, and HR's own."""

import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.domain.campaign_text import FIELDS, TextFault, TextProblem, text_problems
from surveys.enums import CampaignState, TextKind
from surveys.models import Campaign, CampaignText
from wpm_platform.organisations.models import Organisation, User
from wpm_platform.organisations.services.audit import record_event

DEFAULT_SUBJECTS = {
    TextKind.INVITATION: _("How did you travel to work? ({minutes})"),
    TextKind.REMINDER: _("Reminder: how did you travel to work? ({minutes})"),
}
DEFAULT_BODIES = {
    TextKind.INVITATION: _(
        "Hello,\n\n"
        "{employer} must report every year how its staff travel to work. That is why we ask you how you travelled "
        "in the week of {week}. It takes about {minutes}.\n\n"
        "{link}\n\n"
        "Your answers only go to the government as part of a total. Your manager does not see them.\n\n"
        "You can answer and change your answers until {closes}.\n\n"
        "Thank you,\n{sender}"
    ),
    TextKind.REMINDER: _(
        "Hello,\n\n"
        "You have not yet told us how you travelled to work in the week of {week}. It takes about {minutes} and it "
        "helps {employer} to give a correct total.\n\n"
        "{link}\n\n"
        "You can answer until {closes}.\n\n"
        "Thank you,\n{sender}"
    ),
}
FAULT_MESSAGES: dict[TextFault, Promise | str] = {
    TextFault.UNKNOWN_FIELD: _("{%(field)s} is not a field. Use one of these: %(fields)s."),
    TextFault.LOOSE_BRACE: _("There is a brace too many. Write a field as {link}, with one brace on each side."),
    TextFault.LINK_MISSING: _("The text has no {link}. Without it nobody can answer; put {link} on a line of its own."),
    TextFault.LINK_IN_SUBJECT: _("Leave {link} out of the subject. It belongs in the text."),
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
    fields = ", ".join(f"{{{name}}}" for name in FIELDS)
    return str(FAULT_MESSAGES[problem.fault]) % {"field": problem.field, "fields": fields}


def add_default_texts(*, campaign: Campaign) -> None:
    """Put the default words into a new campaign, in each language of the interface."""
    rows = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            rows += [
                CampaignText(
                    organisation=campaign.organisation,
                    campaign=campaign,
                    language=language,
                    kind=kind,
                    subject=str(DEFAULT_SUBJECTS[kind]),
                    body=str(DEFAULT_BODIES[kind]),
                )
                for kind in TextKind
            ]
    CampaignText.objects.bulk_create(rows)


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
    problems = text_problems(subject=subject, body=body)
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
