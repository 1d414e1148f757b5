"""Writes down what became of a mail that was handed over."""

import datetime
import re
import time
from collections.abc import Callable

import structlog
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F

from wpm_platform.mailing.domain.retries import Follow, Verdict, verdict
from wpm_platform.mailing.enums import EventSource, MailEventKind, MailState
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.delivery import Outcome
from wpm_platform.mailing.services.events import record_mail_event
from wpm_platform.mailing.services.letters import Letter
from wpm_platform.mailing.services.statements import Statement, ask
from wpm_platform.mailing.services.throttle import forgive_domain, strike_domain

# PostgreSQL is back within seconds after a restart; after two minutes the mail is left to the sweep.
PATIENCE_SECONDS = (1, 2, 4, 8, 15, 30, 60)
DATABASE_GONE = (OperationalError, InterfaceError)
ADDRESS = re.compile(r"[^\s<>\"']+@[^\s<>\"']+")
STATE_AFTER = {
    Follow.BOUNCE: MailState.INFLIGHT,  # record_mail_event gives it the state of what came back
    Follow.WAIT: MailState.AWAITING_RETRY,
    Follow.BACK: MailState.QUEUED,
    Follow.FAILED: MailState.FAILED,
    Follow.UNCERTAIN: MailState.UNKNOWN,
}
# States of a mail that nothing came back about yet: ours, the sweep's guess, or HR's while it was under way.
GUESSED = (MailState.INFLIGHT, MailState.QUEUED, MailState.UNKNOWN, MailState.WITHDRAWN, MailState.SENT)

# wpm_platform/mailing/sql/outbox.sql
SENT = "SELECT wpm.record_sent(%s, %s, %s, %s, %s, %s, %s, %s)"

log = structlog.get_logger(__name__)


@transaction.atomic(savepoint=False)
def record_outcome(
    *,
    mail: OutgoingMail,
    letter: Letter | None,
    outcome: Outcome,
    now: datetime.datetime,
    is_repeatable: bool = False,
) -> Verdict | None:
    """Write down what came of the delivery and draw the consequences; safe to do twice.

    letter: None when it could not be rendered. is_repeatable: whether the mail may be sent again when its fate is
    unknown. Returns None, and changes nothing, when the claim is no longer this worker's: another worker has
    claimed the mail since. That a mail left is recorded even when the sweep guessed otherwise meanwhile.
    """
    found = verdict(
        result=outcome.result,
        smtp_code=outcome.smtp_code,
        text=outcome.reason,
        attempts=mail.attempts,
        is_repeatable=is_repeatable,
    )
    if not _write(mail, letter, outcome, found, now=now):
        log.warning("mail_claim_lost", code=str(mail.code), result=outcome.result.value)
        return None
    if found.follow == Follow.BOUNCE:
        _record_bounce(mail, outcome, found, now=now)
    if found.slows_domain:
        strike_domain(domain=mail.recipient_domain, now=now)
    elif outcome.is_sent and mail.is_struck:
        forgive_domain(domain=mail.recipient_domain, now=now)
    return found


def with_patience(record: Callable[[], object], *, sleep: Callable[[float], None] = time.sleep) -> None:
    """Do `record`, again and again while PostgreSQL is away: what the mail server said must not get lost.

    Outside any transaction; a connection that PostgreSQL cut is opened anew. Raises what PostgreSQL raised when it
    stays away for two minutes.
    """
    for seconds in PATIENCE_SECONDS:
        try:
            record()
            return
        except DATABASE_GONE as error:
            log.warning("mail_outcome_waits_for_database", seconds=seconds, error=type(error).__name__)
            connection.close()
            sleep(seconds)
    record()


def _write(
    mail: OutgoingMail, letter: Letter | None, outcome: Outcome, found: Verdict, *, now: datetime.datetime
) -> bool:
    """Change the row if the claim is still ours; returns whether it was."""
    if letter is not None and outcome.is_sent:
        ((is_recorded,),) = ask(sent_statement(mail=mail, letter=letter, outcome=outcome, now=now))
        return bool(is_recorded)
    own = OutgoingMail.objects.filter(
        pk=mail.pk, claimed_at=mail.claimed_at, attempts=mail.attempts, state=MailState.INFLIGHT
    )
    return bool(own.update(**_changes(letter, outcome, found, now=now)))


def sent_statement(*, mail: OutgoingMail, letter: Letter, outcome: Outcome, now: datetime.datetime) -> Statement:
    """What writes down that the mail left, to be run with other statements. Answers one row: whether it was recorded.

    For a mail whose domain is not `is_struck`: nothing else follows from it. Otherwise use `record_outcome`.
    """
    guessed = [state.value for state in GUESSED]
    text = (outcome.provider_id, letter.subject[:200], _redacted(letter))
    return Statement(sql=SENT, values=(mail.pk, mail.claimed_at, mail.attempts, guessed, now, *text))


def _changes(letter: Letter | None, outcome: Outcome, found: Verdict, *, now: datetime.datetime) -> dict[str, object]:
    changes: dict[str, object] = {"state": STATE_AFTER[found.follow], "reason": _reason(outcome)}
    if found.follow == Follow.BACK:
        changes["attempts"] = F("attempts") - 1
    if found.wait:
        changes["due_at"] = now + found.wait
    if letter is not None and found.follow != Follow.BACK:
        changes |= {"subject": letter.subject[:200], "body": _redacted(letter)}
    return changes


def _reason(outcome: Outcome) -> str:
    """The server's words without addresses: a reason is kept longer than an address may be."""
    code = f"{outcome.smtp_code} " if outcome.smtp_code else ""
    return ADDRESS.sub("…", f"{code}{outcome.reason}")[:200]


def _record_bounce(mail: OutgoingMail, outcome: Outcome, found: Verdict, *, now: datetime.datetime) -> None:
    record_mail_event(
        mail=mail,
        kind=MailEventKind(found.bounce),
        source=EventSource.SMTP,
        happened_at=now,
        # One delivery is refused once.
        event_key=f"smtp:{mail.code}:{mail.claimed_at:%Y%m%d%H%M%S%f}",
        detail=_reason(outcome),
        now=now,
    )


def _redacted(letter: Letter) -> str:
    text = letter.text
    for secret in letter.secrets:
        text = text.replace(secret, "…")
    return text
