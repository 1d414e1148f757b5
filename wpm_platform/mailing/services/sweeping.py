"""Decides about mails whose worker died after the claim."""

import datetime
from collections.abc import Iterable

import structlog
from django.conf import settings
from django.db.models import Q

from wpm_platform.mailing.enums import MailState
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.organisations.models import Organisation

INTERRUPTED = "interrupted"
# A mail whose sending ends the worker each time must end, too.
MOST_INTERRUPTIONS = 5

log = structlog.get_logger(__name__)


def resolve_interrupted(
    *, organisation: Organisation, kinds: Iterable[str], repeatable_kinds: Iterable[str], now: datetime.datetime
) -> tuple[int, int]:
    """Decide about mails in flight for too long: returns how many go again and how many stay uncertain.

    kinds: all kinds of the caller, who decides about its own mails only. Of these, a kind in
    `repeatable_kinds` goes again under the same Message-ID; any other becomes `unknown` and is never sent twice.
    claimed_at and attempts stay, so that a worker that lives after all can still say what became of the mail.
    """
    too_long = now - datetime.timedelta(seconds=settings.MAIL_INTERRUPTED_SECONDS)
    interrupted = OutgoingMail.objects.filter(
        organisation=organisation, kind__in=list(kinds), state=MailState.INFLIGHT, claimed_at__lt=too_long
    )
    # Named in both, so that a mail that another worker claims between the two falls under the right one.
    may_repeat = Q(kind__in=list(repeatable_kinds), attempts__lt=MOST_INTERRUPTIONS)
    again = interrupted.filter(may_repeat).update(state=MailState.QUEUED, reason=INTERRUPTED)
    uncertain = interrupted.exclude(may_repeat).update(state=MailState.UNKNOWN, reason=INTERRUPTED)
    if again or uncertain:
        log.warning("mails_interrupted", organisation=organisation.pk, again=again, uncertain=uncertain)
    return again, uncertain
