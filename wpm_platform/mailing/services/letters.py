"""A rendered mail, and the message that it becomes."""

from dataclasses import dataclass, field
from typing import cast

from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import SafeMIMEMultipart

from wpm_platform.mailing.models import OutgoingMail


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A rendered mail. `secrets` are the texts (personal links) that the kept copy must not hold.

    pattern: the letter for many that this one was made from by putting in another secret, and nothing else.
    """

    subject: str
    text: str
    html: str
    sender: str
    reply_to: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    secrets: tuple[str, ...] = ()
    pattern: "Letter | None" = None


def in_bytes(message: EmailMultiAlternatives) -> bytes:
    """The message as SMTP sends it."""
    return cast(SafeMIMEMultipart, message.message()).as_bytes(linesep="\r\n")


def built_message(mail: OutgoingMail, letter: Letter) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        from_email=letter.sender,
        to=[mail.recipient],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers={
            "Message-ID": mail.message_id,
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            **letter.headers,
        },
    )
    message.attach_alternative(letter.html, "text/html")
    return message
