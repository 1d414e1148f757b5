"""Reads the mailbox that bounces come back to, by IMAP; for those who run their own mail server."""

import datetime
import email
import hashlib
import imaplib
import ssl
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default as parsing
from typing import Any

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError

from wpm_platform.mailing.domain.bounce_texts import addressed_to, original_message_id, read_returned
from wpm_platform.mailing.domain.verp import code_in_address
from wpm_platform.mailing.enums import EventSource, MailEventKind, MailState
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.events import record_mail_event
from wpm_platform.mailing.services.reports import code_in, find_reported_mail
from wpm_platform.scoping import organisation_scope

TIMEOUT_SECONDS = 20
# At most so many messages in one visit, and so many bytes of each: a report tells it in its first part.
MESSAGES_PER_VISIT = 200
BYTES_PER_MESSAGE = 200_000
log = structlog.get_logger()


class MailboxUnreachable(Exception):
    """The mailbox cannot be opened; says why in the mail server's words."""


@dataclass(frozen=True, kw_only=True)
class Visit:
    """recorded: reports noted (or nothing to note, such as "still trying") and deleted from the mailbox. left: not
    understood, marked as read. waiting: about a mail that is being sent this moment; looked at again next time."""

    recorded: int
    left: int
    waiting: int


def read_mailbox(*, now: datetime.datetime) -> Visit:
    """Take in what came back; call this outside any scope. Safe to do twice. Raises MailboxUnreachable."""
    outcomes: Counter[str] = Counter()
    try:
        with _connection() as connection:
            connection.login(settings.IMAP_USER, settings.IMAP_PASSWORD)
            _checked(connection.select(settings.IMAP_FOLDER))
            for uid in _unread(connection)[:MESSAGES_PER_VISIT]:
                outcome = _take_or_leave(_message(connection, uid), now=now)
                outcomes[outcome] += 1
                flag = {"recorded": r"(\Deleted)", "left": r"(\Seen)"}.get(outcome)
                if flag:
                    _checked(connection.uid("STORE", uid, "+FLAGS", flag))
            _checked(connection.expunge())
    except (imaplib.IMAP4.error, OSError) as error:
        raise MailboxUnreachable(f"{type(error).__name__}: {error}") from error
    return Visit(recorded=outcomes["recorded"], left=outcomes["left"], waiting=outcomes["waiting"])


def _take_or_leave(raw: bytes, *, now: datetime.datetime) -> str:
    """Anybody can write to this mailbox: a message that breaks our reading must not keep the others waiting."""
    try:
        return take_returned(raw=raw, now=now)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        # Without the traceback: the message may stand in it.
        log.warning("returned_mail_unreadable", error=type(error).__name__)
        return "left"


def take_returned(*, raw: bytes, now: datetime.datetime) -> str:
    """One message that came back: "recorded", "left" when it is not understood, "waiting" while its mail is sent."""
    message = email.message_from_bytes(raw, policy=parsing)
    returned, found = read_returned(message), _mail_of(message)
    if returned is None or found is None:
        return "left"
    if returned.kind is None:
        return "recorded"
    organisation_id, mail_id = found
    with organisation_scope(organisation_id):
        mail = OutgoingMail.objects.get(organisation=organisation_id, pk=mail_id)
        if mail.state == MailState.INFLIGHT:
            return "waiting"
        record_mail_event(
            mail=mail,
            kind=MailEventKind(returned.kind),
            source=EventSource.MAILBOX,
            happened_at=_moment(message, now=now),
            event_key=f"mailbox:{hashlib.sha256(raw).hexdigest()}",
            detail=returned.detail,
            now=now,
        )
    return "recorded"


def _mail_of(message: EmailMessage) -> tuple[int, int] | None:
    """By the address it came in at, whose check proves that we made it; else by the Message-ID that it names.

    A Message-ID holds the mail's random code, which only its recipient can know.
    """
    base = settings.BOUNCE_ADDRESS
    codes = (code_in_address(address, base=base, key=settings.LINK_KEY) for address in addressed_to(message))
    code = next((code for code in codes if code), None) or code_in(original_message_id(message))
    return find_reported_mail(code=code) if code else None


def _moment(message: EmailMessage, *, now: datetime.datetime) -> datetime.datetime:
    """When the report was written, as far as that can be: not in the future, and not without a time zone."""
    try:
        written: datetime.datetime | None = message["Date"].datetime
    except (AttributeError, ValueError, TypeError, LookupError):
        return now
    if written is None or written.tzinfo is None:
        return now
    return min(written, now)


@contextmanager
def _connection() -> Iterator[imaplib.IMAP4]:
    connection = _opened()
    try:
        yield connection
    finally:
        try:
            connection.logout()
        except (imaplib.IMAP4.error, OSError):
            # The standard library leaves the socket open when the goodbye fails.
            connection.shutdown()


def _opened() -> imaplib.IMAP4:
    if not settings.IMAP_TLS:
        return imaplib.IMAP4(settings.IMAP_HOST, settings.IMAP_PORT, timeout=TIMEOUT_SECONDS)
    context = ssl.create_default_context()
    return imaplib.IMAP4_SSL(settings.IMAP_HOST, settings.IMAP_PORT, ssl_context=context, timeout=TIMEOUT_SECONDS)


def _unread(connection: imaplib.IMAP4) -> list[str]:
    lines = _checked(connection.uid("SEARCH", "UNSEEN", "UNDELETED"))
    return [uid.decode("ascii") for line in lines if line for uid in line.split()]


def _message(connection: imaplib.IMAP4, uid: str) -> bytes:
    answer = _checked(connection.uid("FETCH", uid, f"(BODY.PEEK[]<0.{BYTES_PER_MESSAGE}>)"))
    return next((part[1] for part in answer if isinstance(part, tuple)), b"")


def _checked(answer: tuple[str, list[Any]]) -> list[Any]:
    status, lines = answer
    if status != "OK":
        raise imaplib.IMAP4.error(f"{status} {lines!r}"[:200])
    return lines
