"""A test mail to oneself, through the real outbox."""

import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from surveys.domain.mail_kinds import TEST_MAIL
from surveys.models import Campaign
from surveys.services.campaign_start import WeeksMissing
from surveys.services.letter_links import sample_links
from surveys.services.survey_letters import survey_letter, text_in
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.letters import Letter
from wpm_platform.mailing.services.outbox import PlannedMail, plan_mails
from wpm_platform.organisations.models import Organisation, User
from wpm_platform.organisations.services.audit import record_event
from wpm_platform.queue import enqueue


class AddressNotVerified(Exception):
    """A test mail goes to one's own verified address only, so that nobody is mailed in another's name."""

    def __str__(self) -> str:
        return str(_("Verify your own e-mail address first. A test mail only goes to your own address."))


@transaction.atomic
def send_test_mail(
    *,
    organisation: Organisation,
    actor: User,
    now: datetime.datetime,
    campaign: Campaign,
    kind: str,
    language: str,
) -> str:
    """Queue the campaign's mail to the actor's own address and return that address.

    Its link answers nothing. Asked twice within a minute it is sent once. Raises `AddressNotVerified` or
    `WeeksMissing`.
    """
    if not EmailAddress.objects.filter(user=actor, email__iexact=actor.email, verified=True).exists():
        raise AddressNotVerified
    if not campaign.weeks.exists():
        raise WeeksMissing
    plan_mails(
        organisation=organisation,
        mails=[
            PlannedMail(
                kind=TEST_MAIL,
                occasion=f"test-mail:{kind}:{language}:{campaign.pk}:{actor.pk}:{now:%Y%m%d%H%M}",
                reference=campaign.code,
                recipient=actor.email,
                language=language,
                due_at=now,
            )
        ],
    )
    record_event(
        organisation=organisation,
        actor=actor,
        action="campaign.test_mail_sent",
        now=now,
        subject=str(campaign.code),
        detail={"kind": kind, "language": language},
    )
    enqueue("surveys.send_due_mails", organisation_id=organisation.pk)
    return actor.email


def sample_letter(*, campaign: Campaign, kind: str, language: str, is_test: bool = False) -> Letter | None:
    """The mail as people will get it, with links that answer nothing; None without a text or a week."""
    text, week = text_in(campaign=campaign, kind=kind, language=language), campaign.weeks.first()
    if text is None or week is None:
        return None
    text.campaign = campaign
    return survey_letter(text=text, week=week, links=sample_links(), is_test=is_test)


def sample_letter_of(mail: OutgoingMail, *, campaign: Campaign) -> Letter | None:
    """The letter of a queued test mail."""
    kind = mail.occasion.split(":")[1]
    return sample_letter(campaign=campaign, kind=kind, language=mail.language, is_test=True)
