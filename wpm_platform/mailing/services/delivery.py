"""Hands a claimed mail to the mail server, over one connection for a whole run."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parseaddr
from functools import lru_cache

import structlog
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.utils.encoding import punycode

from wpm_platform.mailing.domain.retries import Result
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.envelope import envelope_sender
from wpm_platform.mailing.services.letters import Letter, built_message
from wpm_platform.mailing.services.moulds import Moulds
from wpm_platform.mailing.services.smtp_talk import SmtpTalk

# Statuses of a provider that are about our account, whoever the mail is for.
OUR_ACCOUNT = (401, 402, 403, 429)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of a delivery. smtp_code: None when the server said nothing; provider_id: its name for the mail."""

    result: Result
    smtp_code: int | None = None
    reason: str = ""
    provider_id: str = ""

    @property
    def is_sent(self) -> bool:
        return self.result == Result.SENT


class Carrier:
    """Takes mails to the mail server, or to another backend of Django's; an SMTP connection stays open between."""

    def __init__(self) -> None:
        backend = get_connection()
        self._talk = SmtpTalk(backend) if isinstance(backend, EmailBackend) else None
        self._backend = backend
        self._moulds = Moulds()

    def hand_over(self, *, mail: OutgoingMail, letter: Letter) -> Outcome:
        """Send the letter of a claimed mail now, outside any transaction. Never raises: the outcome tells."""
        try:
            if self._talk is None:
                return self._send_otherwise(mail, built_message(mail, letter))
            sender = bare_address(envelope_sender(code=mail.code) or _address_in(letter.sender))
            recipient = bare_address(mail.recipient)
            content = self._moulds.content(mail, letter)
        except Exception as error:
            # Whatever is wrong with one mail's text, the others go on.
            log.exception("mail_not_built", code=str(mail.code))
            return Outcome(result=Result.FAULTY, reason=type(error).__name__)
        reply = self._talk.deliver(sender=sender, recipient=recipient, content=content)
        return Outcome(result=reply.result, smtp_code=reply.code, reason=reply.text)

    def close(self) -> None:
        if self._talk is not None:
            self._talk.close()

    def _send_otherwise(self, mail: OutgoingMail, message: EmailMultiAlternatives) -> Outcome:
        try:
            self._backend.send_messages([message])
        except OSError as error:
            return Outcome(result=Result.UNREACHED, reason=type(error).__name__)
        except Exception as error:
            log.exception("mail_provider_failed", code=str(mail.code))
            status = getattr(error, "status_code", None) or 0
            return Outcome(result=_provider_refusal(status), reason=type(error).__name__)
        status = getattr(message, "anymail_status", None)
        return Outcome(result=Result.SENT, provider_id=str(getattr(status, "message_id", "") or ""))


def _provider_refusal(status: int) -> Result:
    """What the HTTP status of a provider's API says; any but 4xx leaves open what became of the mail."""
    if status in OUR_ACCOUNT:
        return Result.SENDER_REFUSED
    return Result.FAULTY if 400 <= status < 500 else Result.UNKNOWN


@contextmanager
def open_carrier() -> Iterator[Carrier]:
    """A carrier for one run of mails; its connection is opened by the first mail and closed at the end."""
    carrier = Carrier()
    try:
        yield carrier
    finally:
        carrier.close()


def hand_over(*, mail: OutgoingMail, letter: Letter) -> Outcome:
    """Send one letter over a connection of its own."""
    with open_carrier() as carrier:
        return carrier.hand_over(mail=mail, letter=letter)


@lru_cache(maxsize=64)
def _address_in(header: str) -> str:
    return parseaddr(header)[1]


def bare_address(address: str) -> str:
    """The address as SMTP's envelope wants it, its domain in ASCII. Raises ValueError for what is no address.

    Before the @ only ASCII: few servers take more (RFC 6531), and the talk breaks over it.
    """
    local, at, domain = address.rpartition("@")
    if not at or not local.isascii() or not address.isprintable() or any(sign in address for sign in "<> "):
        raise ValueError("no address")  # without the address: this is logged
    return f"{local}@{punycode(domain)}"
