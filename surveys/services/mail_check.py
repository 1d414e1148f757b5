"""The last look at a claimed mail: may it leave at this moment, to whom, and in which words."""

import datetime

from surveys.domain.eligibility import Withdrawal, postponed_until, withdrawal_reason
from surveys.domain.mail_kinds import TEST_MAIL
from surveys.enums import CampaignState
from surveys.models import Campaign
from surveys.selectors.mail_settings import mail_hours
from surveys.services.campaign_test_mail import sample_letter_of
from surveys.services.letter_press import LetterPress
from surveys.services.mail_facts import Facts, facts_about
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.letters import Letter
from wpm_platform.mailing.services.outbox import postpone_mail, redirect_mail, withdraw_mail

A_MOMENT = datetime.timedelta(seconds=5)


def letter_or_stop(mail: OutgoingMail, *, press: LetterPress, now: datetime.datetime) -> Letter | None:
    """The letter to send now; None when the mail was withdrawn, with the reason, or put off until quiet hours end.

    Everything is read anew within the claim: what HR or the person did a second ago counts.
    """
    letter = _test_letter(mail) if mail.kind == TEST_MAIL else _letter(mail, press=press, now=now)
    if isinstance(letter, Letter):
        return letter
    if isinstance(letter, Withdrawal):
        withdraw_mail(mail=mail, reason=letter.value)
    else:
        postpone_mail(mail=mail, due_at=letter)
    return None


def _letter(
    mail: OutgoingMail, *, press: LetterPress, now: datetime.datetime
) -> Letter | Withdrawal | datetime.datetime:
    """The letter, or why there is none, or until when it waits."""
    facts = facts_about(mail)
    if facts is None:
        return Withdrawal.WITHDRAWN
    obstacle: Withdrawal | datetime.datetime | None = withdrawal_reason(facts.addressee, now=now)
    if obstacle == Withdrawal.PAUSED and not _stays_paused(facts):
        return now + A_MOMENT
    obstacle = obstacle or postponed_until(facts.addressee, now=now, hours=mail_hours())
    if obstacle is not None:
        return obstacle
    if mail.recipient != facts.addressee.email:
        if _went_to_another(mail, email=facts.addressee.email):
            return Withdrawal.READDRESSED
        redirect_mail(mail=mail, recipient=facts.addressee.email)
    return press.letter(mail, facts) or Withdrawal.TEXT_MISSING


def _went_to_another(mail: OutgoingMail, *, email: str) -> bool:
    """Whether an earlier try may have gone to another address: what comes back about that one must not count for the
    new one. The new address gets a mail of its own (`readdressing`)."""
    return mail.attempts > 1 and mail.recipient.lower() != email.lower()


def _stays_paused(facts: Facts) -> bool:
    """Whether nobody lets the campaign go on at this very moment: they would not see the mail that we withdraw.

    Waits for nobody: who closes the campaign holds it, and waits for our mail.
    """
    held = Campaign.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
    return held.filter(pk=facts.campaign_id, state=CampaignState.PAUSED).exists()


def _test_letter(mail: OutgoingMail) -> Letter | Withdrawal:
    campaign = (
        Campaign.objects.select_related("organisation")
        .filter(organisation=mail.organisation_id, code=mail.reference)
        .first()
    )
    letter = sample_letter_of(mail, campaign=campaign) if campaign else None
    return letter or Withdrawal.TEXT_MISSING
