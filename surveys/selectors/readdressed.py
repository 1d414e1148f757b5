"""Whose invitation went to an address that is no longer theirs.

Another address ends the links that were mailed before it (surveys/sql/addresses.sql), whoever changed it: a page, the
API or a staff file. So it is asked of the rows, not of those who change them.
"""

import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from surveys.domain.calendar import local_date
from surveys.domain.eligibility import Withdrawal
from surveys.domain.mail_kinds import INVITATION_MAIL, OWN_LINK_MAIL, REMINDER_MAIL
from surveys.enums import CampaignState, MailStepKind
from surveys.models import BatchLine, Invitation
from wpm_platform.mailing.enums import MailState
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.organisations.models import Organisation

WITH_LINK = (INVITATION_MAIL, REMINDER_MAIL, OWN_LINK_MAIL)
ON_ITS_WAY = (MailState.QUEUED, MailState.INFLIGHT, MailState.AWAITING_RETRY)
PERHAPS_LEFT = (
    *(MailState.SENT, MailState.DELIVERED, MailState.SOFT_BOUNCE, MailState.HARD_BOUNCE),
    *(MailState.BLOCKED, MailState.UNKNOWN),
)
# The address was the reason that nothing left, or nothing more.
FOR_WANT_OF_ADDRESS = (Withdrawal.NO_ADDRESS.value, Withdrawal.BOUNCED.value)
BY_ADDRESS = (*FOR_WANT_OF_ADDRESS, Withdrawal.READDRESSED.value)


def readdressed_invitations(*, organisation: Organisation, now: datetime.datetime) -> QuerySet[Invitation]:
    """Invitations that can be answered now and were not, of which the last mail with a link went elsewhere.

    Or of which the mail was left out for want of an address that works. Not while another one is on its way, nor for
    who wants or may get no mail, is away, or marked one of our mails as unwanted. A mail of which the address is
    forgotten says nothing.
    """
    mails = OutgoingMail.objects.filter(organisation=organisation, reference=OuterRef("code"), kind__in=WITH_LINK)
    tried = mails.filter(Q(state__in=PERHAPS_LEFT) | Q(state=MailState.WITHDRAWN, reason__in=BY_ADDRESS)).order_by(
        F("claimed_at").desc(nulls_last=True), "-pk"
    )
    complaints = OutgoingMail.objects.filter(
        organisation=organisation, addressee=OuterRef("employee__code"), state=MailState.COMPLAINT
    )
    left_out = BatchLine.objects.filter(
        organisation=organisation,
        employee=OuterRef("employee"),
        invitation=OuterRef("pk"),
        batch__step__kind=MailStepKind.INVITATION,
        reason__in=FOR_WANT_OF_ADDRESS,
    )
    went_elsewhere = Q(last_recipient__gt="") & ~Q(last_recipient__iexact=F("employee__email"))
    return (
        _may_be_mailed(organisation, now=now)
        .annotate(last_recipient=Subquery(tried.values("recipient")[:1]))
        .filter(~Exists(mails.filter(state__in=ON_ITS_WAY)), ~Exists(complaints))
        .filter(went_elsewhere | Q(last_recipient__isnull=True) & Exists(left_out))
    )


def _may_be_mailed(organisation: Organisation, *, now: datetime.datetime) -> QuerySet[Invitation]:
    """Open invitations of people whose address changed at some time: few, so the mails of few are looked at."""
    today = local_date(now)
    refused = Invitation.objects.filter(
        Q(opted_out_at__isnull=False) | Q(mail_stopped_at__isnull=False),
        organisation=organisation,
        campaign=OuterRef("campaign"),
        employee=OuterRef("employee"),
    )
    return (
        Invitation.objects.filter(
            organisation=organisation,
            campaign__state=CampaignState.RUNNING,
            week__opens_at__lte=now,
            week__closes_at__gt=now,
            answered_at__isnull=True,
            withdrawn_at__isnull=True,
            employee__address_changes__gt=0,
            employee__left_at__isnull=True,
        )
        .exclude(employee__email="")
        .exclude(employee__employed_until__lt=today)
        .exclude(
            Q(employee__leave_until__isnull=True) | Q(employee__leave_until__gte=today), employee__is_on_leave=True
        )
        .filter(~Exists(refused))
    )
