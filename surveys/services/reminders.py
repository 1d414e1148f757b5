"""Plans the reminder whose turn it is; late ones expire, they do not stack."""

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from surveys.domain.calendar import sending_moment
from surveys.domain.mail_steps import SHORTEST_WAIT, ReminderStep, step_at
from surveys.enums import CampaignState
from surveys.models import SurveyWeek
from surveys.selectors.reminder_schedule import steps_of
from surveys.services.invitations import open_invitations, planned_mail
from surveys.services.mail_hours import mail_hours
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.outbox import plan_mails
from wpm_platform.organisations.models import Organisation

REMINDER_MAIL = "surveys.reminder"


@transaction.atomic
def plan_due_reminders(*, organisation: Organisation, now: datetime.datetime) -> int:
    """Put the reminder of this moment into the outbox for who was invited and has not answered.

    Who was invited less than a day before the step gets the next one. Returns how many were planned.
    """
    weeks = SurveyWeek.objects.filter(
        organisation=organisation,
        campaign__state=CampaignState.RUNNING,
        campaign__has_reminders=True,
        opens_at__lte=now,
        closes_at__gt=now,
    ).select_related("campaign")
    planned = 0
    for week in weeks:
        step = step_at(steps_of(week), now)
        if step is not None:
            planned += _plan_step(organisation=organisation, week=week, step=step, now=now)
    return planned


def reminder_occasion(*, number: int, code: object) -> str:
    return f"reminder-{number}:{code}"


def reminder_number(occasion: str) -> int:
    """The number of the step that a reminder's occasion names."""
    return int(occasion.split(":", 1)[0].removeprefix("reminder-"))


def _plan_step(*, organisation: Organisation, week: SurveyWeek, step: ReminderStep, now: datetime.datetime) -> int:
    this_step = OutgoingMail.objects.filter(
        reference=OuterRef("code"), kind=REMINDER_MAIL, occasion__startswith=f"reminder-{step.number}:"
    )
    due = open_invitations(organisation=organisation, now=now).filter(
        ~Exists(this_step), week=week, invited_at__lte=step.at - SHORTEST_WAIT
    )
    due_at = sending_moment(now, hours=mail_hours())
    return plan_mails(
        organisation=organisation,
        mails=[
            planned_mail(
                invitation,
                kind=REMINDER_MAIL,
                occasion=reminder_occasion(number=step.number, code=invitation.code),
                due_at=due_at,
            )
            for invitation in due
        ],
    )
