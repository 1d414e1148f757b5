"""Who a mail server gives a bounce back to."""

from uuid import UUID

from django.conf import settings

from wpm_platform.mailing.domain.verp import bounce_address


def envelope_sender(*, code: UUID) -> str | None:
    """The address that bounces of this mail come back to; None without a mailbox for bounces.

    A mail provider takes bounces itself and chooses its own address.
    """
    if not settings.BOUNCE_ADDRESS or settings.MAIL_PROVIDER:
        return None
    return bounce_address(code=code, base=settings.BOUNCE_ADDRESS, key=settings.LINK_KEY)
