"""Sends the survey's mails one by one: claim, look again, deliver, write down.

Call these outside any scope: each step is a transaction of its own, so that a crash never loses track of a
mail that was handed over.
"""

import datetime

from surveys.domain.eligibility import Addressee, Withdrawal, withdrawal_reason
from surveys.enums import TextKind
from surveys.models import Campaign, Invitation
from surveys.selectors.reminder_schedule import steps_of
from surveys.services.campaign_test_mail import TEST_MAIL, sample_letter_of
from surveys.services.invitations import INVITATION_MAIL
from surveys.services.mail_hours import mail_hours
from surveys.services.reminders import REMINDER_MAIL, reminder_number
from surveys.services.survey_letters import personal_links, survey_letter, text_in
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.delivery import Letter, hand_over, record_outcome
from wpm_platform.mailing.services.outbox import claim_mail, resolve_interrupted, withdraw_mail
from wpm_platform.organisations.models import Organisation
from wpm_platform.scoping import organisation_scope

SURVEY_KINDS = [INVITATION_MAIL, REMINDER_MAIL]
TEXT_KINDS = {INVITATION_MAIL: TextKind.INVITATION, REMINDER_MAIL: TextKind.REMINDER}


def send_next_mail(*, organisation_id: int, now: datetime.datetime) -> bool:
    """Send, or withdraw, the next due mail of the organisation. Returns whether there was one.

    Between 20:00 and 07:00 local time only test mails leave; the others stay due until the morning.
    """
    kinds = [*SURVEY_KINDS, TEST_MAIL] if mail_hours().contain(now) else [TEST_MAIL]
    with organisation_scope(organisation_id):
        organisation = Organisation.objects.get(pk=organisation_id)
        mail = claim_mail(organisation=organisation, kinds=kinds, now=now)
    if mail is None:
        return False
    with organisation_scope(organisation_id):
        letter = _letter_or_withdraw(mail, now=now)
    if letter is None:
        return True
    outcome = hand_over(mail=mail, letter=letter)
    with organisation_scope(organisation_id):
        record_outcome(mail=mail, letter=letter, outcome=outcome, now=now)
        if outcome.is_sent and mail.kind == INVITATION_MAIL:
            Invitation.objects.filter(organisation=organisation, code=mail.reference, invited_at__isnull=True).update(
                invited_at=now
            )
    return True


def resolve_interrupted_mails(*, organisation: Organisation, now: datetime.datetime) -> tuple[int, int]:
    """Mails whose worker died: an invitation goes again under the same Message-ID, a reminder never."""
    return resolve_interrupted(
        organisation=organisation,
        kinds=[*SURVEY_KINDS, TEST_MAIL],
        repeatable_kinds=[INVITATION_MAIL],
        now=now,
    )


def _letter_or_withdraw(mail: OutgoingMail, *, now: datetime.datetime) -> Letter | None:
    if mail.kind == TEST_MAIL:
        return _test_letter_or_withdraw(mail)
    invitation = (
        Invitation.objects.select_related("campaign__organisation", "week", "employee")
        .filter(organisation=mail.organisation_id, code=mail.reference)
        .get()
    )
    reason = withdrawal_reason(_addressee(mail, invitation), now=now)
    text = text_in(campaign=invitation.campaign, kind=TEXT_KINDS[mail.kind], language=invitation.employee.language)
    if reason is None and text is None:
        reason = Withdrawal.TEXT_MISSING
    if reason is not None or text is None:
        withdraw_mail(mail=mail, reason=str(reason))
        return None
    if mail.recipient != invitation.employee.email:
        mail.recipient = invitation.employee.email
        mail.save(update_fields=["recipient"])
    text.campaign = invitation.campaign
    return survey_letter(text=text, week=invitation.week, links=personal_links(invitation))


def _test_letter_or_withdraw(mail: OutgoingMail) -> Letter | None:
    campaign = Campaign.objects.select_related("organisation").get(
        organisation=mail.organisation_id, code=mail.reference
    )
    letter = sample_letter_of(mail, campaign=campaign)
    if letter is None:
        withdraw_mail(mail=mail, reason=Withdrawal.TEXT_MISSING.value)
    return letter


def _addressee(mail: OutgoingMail, invitation: Invitation) -> Addressee:
    employee = invitation.employee
    return Addressee(
        campaign_state=invitation.campaign.state,
        closes_at=invitation.week.closes_at,
        expires_at=_expires_at(mail, invitation),
        is_withdrawn=invitation.withdrawn_at is not None,
        has_answered=invitation.answered_at is not None,
        has_opted_out=_has_opted_out(invitation),
        has_left=employee.left_at is not None,
        employed_until=employee.employed_until,
        is_on_leave=employee.is_on_leave,
        email=employee.email,
    )


def _expires_at(mail: OutgoingMail, invitation: Invitation) -> datetime.datetime:
    if mail.kind == INVITATION_MAIL:
        return invitation.week.closes_at
    number = reminder_number(mail.occasion)
    ends = [step.expires_at for step in steps_of(invitation.week) if step.number == number]
    return ends[0] if ends else mail.due_at


def _has_opted_out(invitation: Invitation) -> bool:
    """Who asked for no more mail about one week of a campaign gets none about its other weeks either."""
    return Invitation.objects.filter(
        organisation=invitation.organisation_id,
        campaign=invitation.campaign_id,
        employee=invitation.employee_id,
        opted_out_at__isnull=False,
    ).exists()
