"""Mails to owners and HR admins: a deadline comes near, or rows about persons are about to go.

Each is a row of the outbox, once per occasion and member by the outbox' constraint. Who wants none switches them off
under Settings; whether a mail still makes sense is looked at again when it leaves.
"""

import datetime
from collections.abc import Iterable

from reporting.domain.parameter_files import load_parameters, reporting_years
from reporting.selectors.duty import entity_duties
from surveys.domain.calendar import local_date, sending_moment
from surveys.models import Campaign
from surveys.selectors.mail_settings import mail_hours
from wpm_platform.mailing.services.outbox import PlannedMail, plan_mails
from wpm_platform.organisations.enums import MemberRole
from wpm_platform.organisations.models import Membership, Organisation

DEADLINE_MAIL = "reporting.deadline"
RETENTION_MAIL = "reporting.retention"
NOTICE_KINDS = (DEADLINE_MAIL, RETENTION_MAIL)
# Days before the deadline; whoever starts late gets the last one that has come.
REMINDER_DAYS = (90, 30, 7)
ADDRESSED = (MemberRole.OWNER, MemberRole.HR_ADMIN)


def addressed_members(*, organisation: Organisation) -> list[Membership]:
    """Owners and HR admins who did not switch these mails off."""
    members = Membership.objects.filter(
        organisation=organisation, role__in=ADDRESSED, gets_notices=True, user__is_active=True
    )
    return list(members.select_related("user").defer("user__password").order_by("pk"))


def reminder_due(*, deadline: datetime.date, today: datetime.date) -> int | None:
    """The reminder whose day has come, as days before the deadline; None too early and after the deadline.

    After downtime reminders do not stack: only the last one goes.
    """
    left = (deadline - today).days
    if left < 0:
        return None
    return min((days for days in REMINDER_DAYS if left <= days), default=None)


def plan_deadline_reminders(*, organisation: Organisation, now: datetime.datetime) -> int:
    """Remind of each year whose deadline comes near while an obliged legal entity has not filed.

    Returns how many mails were asked; one that is there already stays as it is.
    """
    planned = 0
    for year in reporting_years():
        deadline = load_parameters(reporting_year=year).day("filing_deadline")
        days = reminder_due(deadline=deadline, today=local_date(now))
        if days is None or not must_file(organisation=organisation, reporting_year=year):
            continue
        planned += _plan(organisation, kind=DEADLINE_MAIL, about=f"deadline:{year}:{days}", now=now)
    return planned


def must_file(*, organisation: Organisation, reporting_year: int) -> bool:
    """Whether an obliged legal entity has not filed for this year."""
    return any(duty.must_file for duty in entity_duties(organisation=organisation, reporting_year=reporting_year))


def plan_retention_notice(*, organisation: Organisation, campaign: Campaign, now: datetime.datetime) -> int:
    """Tell that a campaign's rows are about to go; once per announcement. Returns how many mails were asked."""
    about = f"retention:{campaign.code}:{local_date(now).isoformat()}"
    return _plan(organisation, kind=RETENTION_MAIL, about=about, now=now)


def _plan(organisation: Organisation, *, kind: str, about: str, now: datetime.datetime) -> int:
    return plan_mails(organisation=organisation, mails=_mails(organisation, kind=kind, about=about, now=now))


def _mails(organisation: Organisation, *, kind: str, about: str, now: datetime.datetime) -> Iterable[PlannedMail]:
    due_at = sending_moment(now, hours=mail_hours())
    for member in addressed_members(organisation=organisation):
        yield PlannedMail(
            kind=kind,
            occasion=f"{about}:{member.code}",
            reference=member.code,
            recipient=member.user.email,
            language=member.user.language,
            due_at=due_at,
        )
