"""Sends the invitations of members that are due: claim, commit, re-check, hand over, record."""

import datetime

import structlog
from django.template.loader import render_to_string
from django.utils import translation

from wpm_platform.mailing.domain.retries import Result
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.delivery import Outcome, hand_over
from wpm_platform.mailing.services.letters import Letter
from wpm_platform.mailing.services.outbox import claim_mail, withdraw_mail
from wpm_platform.mailing.services.outcomes import DATABASE_GONE, record_outcome
from wpm_platform.mailing.services.sweeping import resolve_interrupted
from wpm_platform.organisations.models import MembershipInvitation, Organisation
from wpm_platform.organisations.services.invitations import MAIL_KIND, invitation_url
from wpm_platform.scoping import organisation_scope

MOST_AT_ONCE = 200

log = structlog.get_logger(__name__)


def send_member_invitations(*, organisation_id: int, now: datetime.datetime, sender: str) -> int:
    """Send what is due for one organisation; opens its own scopes, since each step commits. Returns how many went.

    An interrupted mail goes again under the same Message-ID. sender: the platform's own address.
    """
    with organisation_scope(organisation_id):
        organisation = Organisation.objects.get(pk=organisation_id)
        resolve_interrupted(organisation=organisation, kinds=[MAIL_KIND], repeatable_kinds=[MAIL_KIND], now=now)
    sent = 0
    for _turn in range(MOST_AT_ONCE):
        with organisation_scope(organisation_id):
            mail = claim_mail(organisation=organisation, kinds=[MAIL_KIND], now=now)
        if mail is None:
            break
        sent += _send(mail, sender=sender, now=now)
    return sent


def _send(mail: OutgoingMail, *, sender: str, now: datetime.datetime) -> bool:
    """Send, withdraw or give up a claimed mail. Returns whether it left."""
    letter = None
    try:
        with organisation_scope(mail.organisation_id):
            letter = _letter(mail=mail, sender=sender, now=now)
        if letter is None:
            return False
        outcome = hand_over(mail=mail, letter=letter)
    except DATABASE_GONE:
        raise
    except Exception as error:
        # One invitation that cannot be written must not hold up the others: it is tried again, and fails in the end.
        log.exception("mail_not_rendered", code=str(mail.code), kind=mail.kind, attempts=mail.attempts)
        outcome = Outcome(result=Result.FAULTY, reason=type(error).__name__)
    with organisation_scope(mail.organisation_id):
        record_outcome(mail=mail, letter=letter, outcome=outcome, now=now, is_repeatable=True)
    return outcome.is_sent


def _letter(*, mail: OutgoingMail, sender: str, now: datetime.datetime) -> Letter | None:
    """The invitation as it is now, or None when it may no longer be sent."""
    invitation = (
        MembershipInvitation.objects.select_related("organisation", "invited_by")
        .defer("invited_by__password")
        .filter(code=mail.reference)
        .first()
    )
    if invitation is None or invitation.accepted_at or invitation.withdrawn_at or invitation.expires_at <= now:
        withdraw_mail(mail=mail, reason="invitation no longer open")
        return None
    link = invitation_url(invitation)
    context = {"invitation": invitation, "organisation": invitation.organisation, "link": link}
    with translation.override(mail.language):
        return Letter(
            subject=" ".join(render_to_string("emails/member_invitation/subject.txt", context).split()),
            text=render_to_string("emails/member_invitation/body.txt", context),
            html=render_to_string("emails/member_invitation/body.html", context),
            sender=sender,
            secrets=(link,),
        )
