"""Hands a claimed mail to the mail server and records what came of it."""

import datetime
import smtplib
from dataclasses import dataclass, field
from smtplib import SMTPException

from django.core.mail import EmailMultiAlternatives, get_connection

from wpm_platform.mailing.domain.retries import verdict
from wpm_platform.mailing.enums import MailState
from wpm_platform.mailing.models import OutgoingMail


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A rendered mail. `secrets` are the texts (personal links) that the kept copy must not hold."""

    subject: str
    text: str
    html: str
    sender: str
    reply_to: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    secrets: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What the mail server said. smtp_code: None when it never answered."""

    is_sent: bool
    smtp_code: int | None = None
    reason: str = ""


def hand_over(*, mail: OutgoingMail, letter: Letter) -> Outcome:
    """Send the letter of a claimed mail now, outside any transaction."""
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
        connection=get_connection(),
    )
    message.attach_alternative(letter.html, "text/html")
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        code, text = next(iter(error.recipients.values()))
        return Outcome(is_sent=False, smtp_code=code, reason=_plain(text))
    except smtplib.SMTPResponseException as error:
        return Outcome(is_sent=False, smtp_code=error.smtp_code, reason=_plain(error.smtp_error))
    except (SMTPException, OSError) as error:
        return Outcome(is_sent=False, reason=type(error).__name__)
    return Outcome(is_sent=True)


def record_outcome(*, mail: OutgoingMail, letter: Letter, outcome: Outcome, now: datetime.datetime) -> None:
    """Write down what came of the delivery; a mail that is no longer in flight stays as it is."""
    if outcome.is_sent:
        changes = {"state": MailState.SENT, "sent_at": now, "reason": ""}
    else:
        wait = verdict(smtp_code=outcome.smtp_code, attempts=mail.attempts).retry_after
        code = f"{outcome.smtp_code} " if outcome.smtp_code else ""
        changes = {"state": MailState.FAILED, "reason": f"{code}{outcome.reason}"[:200]}
        if wait is not None:
            changes |= {"state": MailState.AWAITING_RETRY, "due_at": now + wait}
    OutgoingMail.objects.filter(pk=mail.pk, state=MailState.INFLIGHT).update(
        **changes, subject=letter.subject[:200], body=_redacted(letter)
    )


def _redacted(letter: Letter) -> str:
    text = letter.text
    for secret in letter.secrets:
        text = text.replace(secret, "…")
    return text


def _plain(text: bytes | str) -> str:
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else text
