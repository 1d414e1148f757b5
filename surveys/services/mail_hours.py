"""The hours in which survey mail may leave, from the settings."""

from django.conf import settings

from surveys.domain.calendar import MailHours


def mail_hours() -> MailHours:
    """Local hours, 7 to 20 unless the installation says otherwise."""
    return MailHours(from_hour=settings.MAIL_FROM_HOUR, until_hour=settings.MAIL_UNTIL_HOUR)
