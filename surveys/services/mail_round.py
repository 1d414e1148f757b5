"""One round of sending: what became of the last mail is written down and the next one taken, in one transaction."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import structlog

from surveys.domain.mail_kinds import INVITATION_MAIL, OWN_LINK_MAIL, PLANNED_KINDS, REPEATABLE_KINDS, TEST_MAIL
from surveys.services.letter_press import LetterPress
from surveys.services.mail_check import letter_or_stop
from surveys.services.mail_facts import invited_statement
from wpm_platform.mailing.domain.retries import Result
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.delivery import Outcome
from wpm_platform.mailing.services.letters import Letter
from wpm_platform.mailing.services.outbox import claim_mail, claim_statement, claimed_mail, postpone_mail
from wpm_platform.mailing.services.outcomes import DATABASE_GONE, record_outcome, sent_statement, with_patience
from wpm_platform.mailing.services.statements import Statement, ask, together
from wpm_platform.mailing.services.throttle import Pace
from wpm_platform.organisations.models import Organisation
from wpm_platform.scoping import organisation_scope

SURVEY_KINDS = (*PLANNED_KINDS, OWN_LINK_MAIL, TEST_MAIL)

log = structlog.get_logger(__name__)


@dataclass(kw_only=True)
class Run:
    """What one worker keeps between the mails of a run."""

    organisation: Organisation
    press: LetterPress = field(default_factory=LetterPress)
    pace: Pace = field(default_factory=Pace)


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A mail that is ours, with its letter; no letter when it must not leave now."""

    mail: OutgoingMail
    letter: Letter | None = None


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """A mail that was handed over, and what the mail server said: not written down yet."""

    mail: OutgoingMail
    letter: Letter | None
    outcome: Outcome


def next_claim(run: Run, delivered: Delivered | None, *, now: datetime.datetime) -> Claim | None:
    """Write down what became of the last mail, and claim the next one; None when none is due."""
    try:
        with _claiming(run, delivered, now=now) as mail:
            return Claim(mail=mail, letter=letter_or_stop(mail, press=run.press, now=now)) if mail else None
    except DATABASE_GONE:
        if delivered is None:
            raise
        record_for_certain(run, delivered, now=now)
        return next_claim(run, None, now=now)
    except Exception:
        # One mail's trouble must neither lose what became of the last one nor hold up the next: step by step.
        log.exception("mail_round_failed", organisation=run.organisation.pk)
        if delivered is not None:
            record_for_certain(run, delivered, now=now)
        return _careful_claim(run, now=now)


def record_for_certain(run: Run, delivered: Delivered, *, now: datetime.datetime) -> None:
    """Write down what became of a mail, also when PostgreSQL is away for a moment."""

    def record() -> None:
        with organisation_scope(run.organisation):
            _record(delivered, now=now)

    with_patience(record)


def _careful_claim(run: Run, *, now: datetime.datetime) -> Claim | None:
    """Claim the next mail for good, then look at it: one that cannot be made into a letter fails in the end."""
    with _claiming(run, None, now=now) as mail:
        pass
    if mail is None:
        return None
    try:
        with organisation_scope(run.organisation):
            return Claim(mail=mail, letter=letter_or_stop(mail, press=run.press, now=now))
    except DATABASE_GONE:
        raise
    except Exception as error:
        log.exception("mail_not_rendered", code=str(mail.code), kind=mail.kind, attempts=mail.attempts)
        outcome = Outcome(result=Result.FAULTY, reason=type(error).__name__)
        record_for_certain(run, Delivered(mail=mail, letter=None, outcome=outcome), now=now)
        return Claim(mail=mail)


@contextmanager
def _claiming(run: Run, delivered: Delivered | None, *, now: datetime.datetime) -> Iterator[OutgoingMail | None]:
    """The transaction of a round, with the next due mail whose domain may get one more in this minute.

    Usually one way to PostgreSQL and back does it all.
    """
    sent = _sent_statements(delivered, now=now)
    claim = claim_statement(organisation=run.organisation, kinds=SURVEY_KINDS, now=now)
    if delivered is not None and not sent:
        with organisation_scope(run.organisation):
            _record(delivered, now=now)
            yield _in_pace(run, claimed_mail(ask(claim)), now=now)
        return
    with organisation_scope(run.organisation, first=together(*sent, claim)) as scope:
        done, rows = scope.answer[: len(sent)], scope.answer[len(sent) :]
        if delivered is not None and done[0] == (False,):
            log.warning("mail_claim_lost", code=str(delivered.mail.code), result=delivered.outcome.result.value)
        yield _in_pace(run, claimed_mail(rows), now=now)


def _in_pace(run: Run, mail: OutgoingMail | None, *, now: datetime.datetime) -> OutgoingMail | None:
    """The claimed mail, or the first after it whose domain has not had its number; the others go back."""
    while mail and not run.pace.allows(domain=mail.recipient_domain, now=now):
        postpone_mail(mail=mail, due_at=mail.due_at)
        mail = claim_mail(organisation=run.organisation, kinds=SURVEY_KINDS, now=now)
    return mail


def _sent_statements(delivered: Delivered | None, *, now: datetime.datetime) -> list[Statement]:
    """What writes down that a mail left; empty when more follows from what became of it."""
    if delivered is None or delivered.letter is None or not delivered.outcome.is_sent or delivered.mail.is_struck:
        return []
    mail = delivered.mail
    sent = sent_statement(mail=mail, letter=delivered.letter, outcome=delivered.outcome, now=now)
    return [sent, invited_statement(mail, now=now)] if mail.kind == INVITATION_MAIL else [sent]


def _record(delivered: Delivered, *, now: datetime.datetime) -> None:
    mail, outcome = delivered.mail, delivered.outcome
    record_outcome(
        mail=mail, letter=delivered.letter, outcome=outcome, now=now, is_repeatable=mail.kind in REPEATABLE_KINDS
    )
    if outcome.is_sent and mail.kind == INVITATION_MAIL:
        ask(invited_statement(mail, now=now))
