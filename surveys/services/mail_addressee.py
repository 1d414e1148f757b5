"""What is known at this moment about the person that a mail is for."""

import datetime

from django.db import connection
from django.db.models import Exists, OuterRef

from surveys.domain.eligibility import Addressee
from surveys.domain.mail_kinds import PLANNED_KINDS, THANKS_MAIL, step_number
from surveys.enums import MailStepState
from surveys.models import Invitation, MailStep
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.selectors.counts import counted_mails
from wpm_platform.mailing.services.stops import stop_of

# Thanks whose step is gone make sense for two weeks.
THANKS_LAST = datetime.timedelta(days=14)
# So near to the limit, two mails that leave at the same time must not both take the last place.
NEARLY = 2
PANEL = "panel:"


def invitation_of(mail: OutgoingMail) -> Invitation | None:
    """The invitation that a mail is about, with everything around it; None when it is gone."""
    other_weeks = Invitation.objects.filter(
        organisation=mail.organisation_id,
        campaign=OuterRef("campaign"),
        employee=OuterRef("employee"),
        opted_out_at__isnull=False,
    )
    return (
        Invitation.objects.select_related("campaign__organisation", "week", "employee")
        .annotate(has_opted_out=Exists(other_weeks))
        .filter(organisation=mail.organisation_id, code=mail.reference)
        .first()
    )


def addressee_of(mail: OutgoingMail, invitation: Invitation) -> Addressee:
    """invitation: from `invitation_of`. Who asked for no more mail about one week gets none about the others either."""
    employee, campaign, week = invitation.employee, invitation.campaign, invitation.week
    step = _step(mail, invitation)
    stop = stop_of(organisation=campaign.organisation, address=employee.email)
    return Addressee(
        kind=mail.kind,
        campaign_state=campaign.state,
        closes_at=week.closes_at,
        expires_at=step.expires_at if step else _last_moment(mail, invitation),
        is_step_undone=step is not None and step.state == MailStepState.UNDONE,
        is_withdrawn=invitation.withdrawn_at is not None,
        has_answered=invitation.answered_at is not None,
        has_opted_out=invitation.has_opted_out,
        has_left=employee.left_at is not None,
        employed_until=employee.employed_until,
        is_on_leave=employee.is_on_leave,
        leave_until=employee.leave_until,
        email=employee.email,
        is_stopped_by_hr=invitation.mail_stopped_at is not None,
        stopped_by=stop.kind if stop else "",
        mails_left=_mails_left(mail, invitation),
    )


def _step(mail: OutgoingMail, invitation: Invitation) -> MailStep | None:
    """The step of the plan that the mail belongs to: its week's, or the campaign's only one of this kind."""
    if mail.kind not in PLANNED_KINDS:
        return None
    steps = MailStep.objects.only("state", "expires_at", "week_id").filter(
        organisation=mail.organisation_id,
        campaign=invitation.campaign_id,
        kind=mail.kind.removeprefix("surveys."),
        number=step_number(mail.occasion),
    )
    return max(steps, key=lambda step: step.week_id == invitation.week_id, default=None)


def _last_moment(mail: OutgoingMail, invitation: Invitation) -> datetime.datetime:
    closes_at = invitation.week.closes_at
    return closes_at + THANKS_LAST if mail.kind == THANKS_MAIL else closes_at


def _mails_left(mail: OutgoingMail, invitation: Invitation) -> int | None:
    """How many mails the person may still get under this mail's count, this one included; None without a limit."""
    campaign = invitation.campaign
    limit = campaign.mail_limit if mail.counter.startswith(PANEL) else campaign.organisation.yearly_mail_limit
    if not mail.counter or mail.addressee is None or limit is None:
        return None
    left = limit - _had(mail)
    if 0 < left <= NEARLY:
        _hold_count(mail)
        left = limit - _had(mail)
    return left


def _had(mail: OutgoingMail) -> int:
    counted = counted_mails(organisation_id=mail.organisation_id, addressee=mail.addressee, counter=mail.counter)
    return counted.exclude(pk=mail.pk).count()


def _hold_count(mail: OutgoingMail) -> None:
    """Wait for a worker that sends this person another mail at this moment; until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('surveys.mail-count:' || %s, 0))",
            [f"{mail.addressee}:{mail.counter}"],
        )
