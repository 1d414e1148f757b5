"""Forgets addresses and texts of old mails; that a mail was sent, and what came of it, stays."""

import datetime

from django.conf import settings
from django.db.models import F
from django.db.models.functions import Coalesce

from wpm_platform.mailing.enums import MailState
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.organisations.models import Organisation
from wpm_platform.scoping import call_system_function, organisation_scope

# Small, so that a worker that sends never waits long for a row.
ROWS_AT_ONCE = 500
UNDER_WAY = (MailState.QUEUED, MailState.AWAITING_RETRY, MailState.INFLIGHT)


def forget_old_mails(*, now: datetime.datetime) -> int:
    """Empty address, subject and text of every organisation's mails older than `WPM_MAIL_KEEP_DAYS`.

    A mail's age counts from when it was sent, or was due if it never was. Opens its own scopes; safe to stop at any
    moment and to do twice. Returns how many.
    """
    before = now - datetime.timedelta(days=settings.MAIL_KEEP_DAYS)
    forgotten = 0
    for row in call_system_function("organisations_with_old_mail", before):
        while count := _forget_some(row["organisation_id"], before=before, now=now):
            forgotten += count
    return forgotten


def _forget_some(organisation_id: int, *, before: datetime.datetime, now: datetime.datetime) -> int:
    with organisation_scope(organisation_id):
        old = (
            OutgoingMail.objects.filter(organisation=Organisation(pk=organisation_id), purged_at__isnull=True)
            .exclude(state__in=UNDER_WAY)
            .annotate(left_at=Coalesce(F("sent_at"), F("due_at")))
            .filter(left_at__lt=before)
            .order_by("pk")
        )
        some = list(old.values_list("pk", flat=True)[:ROWS_AT_ONCE])
        return OutgoingMail.objects.filter(organisation=organisation_id, pk__in=some).update(
            recipient="", recipient_domain="", subject="", body="", purged_at=now
        )
