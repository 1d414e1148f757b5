"""What the installation says about survey mail."""

import datetime

from django.conf import settings

from surveys.domain.calendar import MailHours


def mail_hours() -> MailHours:
    """Local hours in which mail may leave, 7 to 20 unless the installation says otherwise."""
    return MailHours(from_hour=settings.MAIL_FROM_HOUR, until_hour=settings.MAIL_UNTIL_HOUR)


def undo_time() -> datetime.timedelta:
    """How long a prepared list waits before its mails leave."""
    return datetime.timedelta(minutes=settings.MAIL_UNDO_MINUTES)
