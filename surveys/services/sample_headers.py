"""The headers of a survey mail, as a filter for unwanted mail sees them."""

from email.utils import parseaddr
from uuid import UUID

from django.conf import settings

from surveys.services.letter_links import sample_links, stop_headers
from wpm_platform.mailing.services.envelope import envelope_sender
from wpm_platform.organisations.models import Organisation

SAMPLE_CODE = UUID(int=0)
AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


def sample_headers(*, organisation: Organisation, sender_name: str) -> list[tuple[str, str]]:
    """(name, value) in the order of a mail; codes and signatures are made up, the rest is what really leaves."""
    envelope = envelope_sender(code=SAMPLE_CODE)
    reply_to = organisation.reply_to or organisation.contact_email
    headers = [
        ("Return-Path", f"<{envelope}>" if envelope else ""),
        ("DKIM-Signature", _signature()),
        ("From", f"{sender_name} ({organisation.name}) <{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}>"),
        ("Reply-To", reply_to),
        ("Message-ID", f"<{SAMPLE_CODE}@{settings.MAIL_DOMAIN}>"),
        *AUTOMATIC.items(),
        *stop_headers(sample_links()).items(),
    ]
    return [(name, value) for name, value in headers if value]


def _signature() -> str:
    if not settings.DKIM_SELECTOR:
        return ""
    return f"v=1; d={settings.MAIL_DOMAIN}; s={settings.DKIM_SELECTOR}; …"
