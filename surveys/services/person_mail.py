"""What HR decides about one person's mail: send the invitation again, stop it, allow it, correct the address."""

import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from surveys.domain.calendar import sending_moment
from surveys.domain.eligibility import Withdrawal, withdrawal_reason
from surveys.domain.mail_kinds import INVITATION_MAIL, PLANNED_KINDS, RESENT
from surveys.models import Campaign, Employee, Invitation
from surveys.selectors.mail_limit import counter_of
from surveys.selectors.mail_reason_labels import mail_reason_label
from surveys.selectors.mail_settings import mail_hours
from surveys.selectors.person_mail import invitations_with_mail
from surveys.services.mail_facts import facts_about
from surveys.services.staff_changes import change_employee
from wpm_platform.mailing.enums import MailState
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.again import give_up_elsewhere, hasten_retry, is_on_its_way, next_occasion
from wpm_platform.mailing.services.batches import withdraw_waiting
from wpm_platform.mailing.services.outbox import PlannedMail, plan_mails
from wpm_platform.mailing.services.stops import ComplaintStays, lift_stop
from wpm_platform.organisations.models import Organisation, User
from wpm_platform.organisations.services.audit import record_event
from wpm_platform.queue import enqueue

# What an invitation that was held back for these reasons waits for is HR's permission.
HELD_BACK = (Withdrawal.MAIL_STOPPED, Withdrawal.BOUNCED)


class MailNotPossible(Exception):
    """The invitation cannot be sent now; `reason` is the code of eligibility."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return _("The invitation cannot be sent: %(reason)s.") % {"reason": mail_reason_label(self.reason)}


class MailWaiting(Exception):
    """An invitation to this person is on its way already."""

    def __str__(self) -> str:
        return _("An invitation to this person is on its way already.")


class AddressNotNew(Exception):
    """The address is the one that we have already."""

    def __str__(self) -> str:
        return _("This is the address that we have already. Enter another one.")


@transaction.atomic
def resend_invitation(
    *, organisation: Organisation, actor: User | None, now: datetime.datetime, invitation: Invitation
) -> None:
    """Send the invitation once more, at once or when the quiet hours end. Raises MailNotPossible or MailWaiting."""
    _send_again(organisation=organisation, now=now, invitation=invitation)
    _record(organisation, actor, now, action="person_mail.resent", invitation=invitation)


@transaction.atomic
def correct_address(
    *, organisation: Organisation, actor: User | None, now: datetime.datetime, invitation: Invitation, email: str
) -> bool:
    """Give the person another address and invite them there. Returns whether the invitation goes again.

    It does not when it cannot be sent any more: answered, closed, stopped. Raises AddressNotNew.
    """
    employee = Employee.objects.select_related("organisation").get(organisation=organisation, pk=invitation.employee_id)
    if employee.email.lower() == email.lower():
        raise AddressNotNew
    change_employee(employee=employee, actor=actor, now=now, email=email)
    try:
        _send_again(organisation=organisation, now=now, invitation=invitation)
    except (MailNotPossible, MailWaiting) as refusal:
        # What waits already leaves to the address of that moment.
        return isinstance(refusal, MailWaiting)
    return True


@transaction.atomic
def skip_person(
    *, organisation: Organisation, actor: User | None, now: datetime.datetime, invitation: Invitation
) -> bool:
    """No more mail of this campaign to this person; answering stays possible. Returns False when it was so already."""
    asked = Invitation.objects.filter(
        organisation=organisation, campaign=invitation.campaign_id, employee=invitation.employee_id
    )
    if not _stop(asked, organisation=organisation, now=now):
        return False
    _record(organisation, actor, now, action="person_mail.skipped", invitation=invitation)
    return True


@transaction.atomic
def stop_mail(*, organisation: Organisation, actor: User | None, now: datetime.datetime, employee: Employee) -> bool:
    """No more mail to this person from any campaign that is open now, nor thanks or a follow-up of one that closed.

    Returns False when nothing was to be stopped.
    """
    asked = invitations_with_mail(organisation=organisation, employee=employee, now=now)
    if not _stop(asked, organisation=organisation, now=now):
        return False
    record_event(
        organisation=organisation, actor=actor, action="person_mail.stopped", now=now, subject=employee.staff_number
    )
    return True


@transaction.atomic
def allow_mail(
    *,
    organisation: Organisation,
    actor: User | None,
    now: datetime.datetime,
    employee: Employee,
    campaign: Campaign | None = None,
) -> bool:
    """Take back a stop by HR: of one campaign when given, else of all, with a bounced address as well.

    An invitation that was held back for it goes out now; reminders that were left out stay out. Returns whether
    anything changed. Raises ComplaintStays when only a complaint stops the person.
    """
    if campaign:
        asked = Invitation.objects.filter(organisation=organisation, employee=employee, campaign=campaign)
    else:
        asked = invitations_with_mail(organisation=organisation, employee=employee, now=now)
    allowed = asked.filter(mail_stopped_at__isnull=False).update(mail_stopped_at=None)
    is_lifted = campaign is None and _lift(organisation, employee, now=now, is_only=not allowed)
    if not allowed and not is_lifted:
        return False
    for invitation in asked.filter(invited_at__isnull=True):
        _invite_after_all(organisation, invitation, now=now)
    record_event(
        organisation=organisation,
        actor=actor,
        action="person_mail.allowed",
        now=now,
        subject=employee.staff_number,
        detail={"campaign": campaign.name} if campaign else {},
    )
    return True


def _send_again(*, organisation: Organisation, now: datetime.datetime, invitation: Invitation) -> None:
    # One at a time: a button that is pressed twice sends one mail.
    found = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("employee", "campaign__organisation")
        .get(organisation=organisation, pk=invitation.pk)
    )
    code, due_at = found.code, sending_moment(now, hours=mail_hours())
    if is_on_its_way(organisation=organisation, reference=code, kind=INVITATION_MAIL):
        raise MailWaiting
    planned = PlannedMail(
        kind=INVITATION_MAIL,
        occasion=next_occasion(organisation=organisation, reference=code, name=RESENT),
        reference=code,
        recipient=found.employee.email,
        language=found.employee.language,
        due_at=due_at,
        addressee=found.employee.code,
        counter=counter_of(found.campaign, due_at),
    )
    reason = _reason_against(planned, organisation=organisation)
    if reason is not None:
        raise MailNotPossible(reason)
    give_up_elsewhere(
        organisation=organisation,
        reference=code,
        kind=INVITATION_MAIL,
        address=found.employee.email,
        reason=Withdrawal.READDRESSED.value,
    )
    if not hasten_retry(organisation=organisation, reference=code, kind=INVITATION_MAIL, due_at=due_at):
        plan_mails(organisation=organisation, mails=[planned])
    enqueue("surveys.send_due_mails", organisation_id=organisation.pk)


def _reason_against(planned: PlannedMail, *, organisation: Organisation) -> str | None:
    """What would withdraw the mail at its moment; the same look as within the claim."""
    # A row that is not stored: no other mail has the number 0.
    facts = facts_about(OutgoingMail(pk=0, organisation=organisation, **vars(planned)))
    if facts is None:
        return Withdrawal.WITHDRAWN
    return withdrawal_reason(facts.addressee, now=planned.due_at)


def _stop(asked: QuerySet[Invitation], *, organisation: Organisation, now: datetime.datetime) -> bool:
    codes = list(asked.values_list("code", flat=True))
    if not asked.filter(mail_stopped_at__isnull=True).update(mail_stopped_at=now):
        return False
    withdraw_waiting(
        organisation=organisation, references=codes, reason=Withdrawal.MAIL_STOPPED.value, kinds=PLANNED_KINDS
    )
    return True


def _lift(organisation: Organisation, employee: Employee, *, now: datetime.datetime, is_only: bool) -> bool:
    """Lift what stops the address. A complaint stays; that is an error only when there was nothing else to allow."""
    try:
        return lift_stop(organisation=organisation, address=employee.email, now=now)
    except ComplaintStays:
        if is_only:
            raise
        return False


def _invite_after_all(organisation: Organisation, invitation: Invitation, *, now: datetime.datetime) -> None:
    was_held_back = OutgoingMail.objects.filter(
        organisation=organisation,
        reference=invitation.code,
        kind=INVITATION_MAIL,
        state=MailState.WITHDRAWN,
        reason__in=[reason.value for reason in HELD_BACK],
    ).exists()
    if not was_held_back:
        return
    try:
        _send_again(organisation=organisation, now=now, invitation=invitation)
    except (MailNotPossible, MailWaiting):
        return


def _record(
    organisation: Organisation, actor: User | None, now: datetime.datetime, *, action: str, invitation: Invitation
) -> None:
    found = Invitation.objects.select_related("campaign", "employee").get(organisation=organisation, pk=invitation.pk)
    record_event(
        organisation=organisation,
        actor=actor,
        action=action,
        now=now,
        subject=found.employee.staff_number,
        detail={"campaign": found.campaign.name},
    )
