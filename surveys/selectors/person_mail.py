"""Whether a person gets mail, and if not, what stops it."""

import datetime
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from surveys.domain.calendar import DAY
from surveys.domain.follow_up import ASK_WITHIN, TIME_TO_ANSWER
from surveys.enums import CampaignState
from surveys.models import Employee, Invitation
from wpm_platform.mailing.enums import MailEventKind
from wpm_platform.mailing.services.stops import stop_of
from wpm_platform.organisations.models import Organisation


@dataclass(frozen=True, kw_only=True)
class MailStanding:
    """stopped_by: what stopped the address (MailEventKind), empty when nothing did. is_stopped_by_hr: in a campaign
    that mail may still come of. is_asked: there is such a campaign, so that stopping means something."""

    stopped_by: str
    is_stopped_by_hr: bool
    is_asked: bool

    @property
    def can_stop(self) -> bool:
        return self.is_asked and not self.is_stopped_by_hr and not self.stopped_by

    @property
    def can_allow(self) -> bool:
        """A complaint is the person's own word; nobody takes it back for them."""
        is_bounced = bool(self.stopped_by) and self.stopped_by != MailEventKind.COMPLAINT
        return self.is_stopped_by_hr or is_bounced


def invitations_with_mail(
    *, organisation: Organisation, employee: Employee, now: datetime.datetime
) -> QuerySet[Invitation]:
    """The person's invitations that mail may still come of: of open campaigns, and of closed ones whose thanks or
    follow-up may be on their way.
    """
    is_open = Q(campaign__state__in=[CampaignState.RUNNING, CampaignState.PAUSED])
    longest_ago = now - ASK_WITHIN - TIME_TO_ANSWER - DAY
    is_recent = Q(campaign__state=CampaignState.CLOSED, campaign__closed_at__gte=longest_ago)
    return Invitation.objects.filter(is_open | is_recent, organisation=organisation, employee=employee)


def mail_standing(*, organisation: Organisation, employee: Employee, now: datetime.datetime) -> MailStanding:
    """What holds for the person now."""
    stop = stop_of(organisation=organisation, address=employee.email)
    asked = invitations_with_mail(organisation=organisation, employee=employee, now=now)
    stopped = list(asked.values_list("mail_stopped_at", flat=True))
    return MailStanding(
        stopped_by=stop.kind if stop else "",
        is_stopped_by_hr=any(stopped),
        is_asked=bool(stopped),
    )
