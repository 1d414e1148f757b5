"""Sends the survey's mails one by one: claim, look again, deliver, write down.

Call these outside any scope: each round is a transaction of its own, so that a crash never loses track of a mail
that was handed over. A round writes down what became of one mail and takes the next, in one transaction:

    round  [ record A, claim B, look at B ]  commit   →   hand B over   →   round  [ record B, claim C … ]

So the outcome of A is committed before B leaves, and B's claim before B leaves. A worker that dies leaves at most
one mail in flight, about which `resolve_interrupted_mails` decides.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog

from surveys.domain.mail_kinds import INVITATION_MAIL, OWN_LINK_MAIL, PLANNED_KINDS, REPEATABLE_KINDS, TEST_MAIL
from surveys.services.letter_press import LetterPress
from surveys.services.mail_check import letter_or_stop
from surveys.services.mail_facts import mark_invited
from wpm_platform.mailing.domain.retries import Result
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.delivery import Carrier, Letter, Outcome, open_carrier
from wpm_platform.mailing.services.outbox import claim_mail, postpone_mail
from wpm_platform.mailing.services.outcomes import DATABASE_GONE, record_outcome, with_patience
from wpm_platform.mailing.services.sweeping import resolve_interrupted
from wpm_platform.mailing.services.throttle import Pace
from wpm_platform.organisations.models import Organisation
from wpm_platform.scoping import organisation_scope

# The mail server is away, or refuses us: the next mail of this run would fare no better.
NOBODY_GETS_MAIL = (Result.UNREACHED, Result.SENDER_REFUSED)
SURVEY_KINDS = (*PLANNED_KINDS, OWN_LINK_MAIL, TEST_MAIL)
Clock = Callable[[], datetime.datetime]
KeepPlace = Callable[[], bool]

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


def send_due_mails(*, organisation_id: int, clock: Clock, seconds: float, keeps_place: KeepPlace) -> bool:
    """Send the organisation's due mails for at most so many seconds, over one connection.

    keeps_place: asked before each mail; False ends the run. Several workers may send at once. Returns whether there
    may be more to send.
    """
    run = Run(organisation=Organisation(pk=organisation_id))
    ends_at = clock() + datetime.timedelta(seconds=seconds)
    delivered: Delivered | None = None
    with open_carrier() as carrier:
        while (now := clock()) < ends_at and keeps_place():
            claim = _round(run, delivered, now=now)
            delivered = None
            if claim is None:
                return False
            if claim.letter is not None:
                delivered = _hand_over(carrier, claim.mail, claim.letter)
                if delivered.outcome.result in NOBODY_GETS_MAIL:
                    break
        if delivered is not None:
            _record_for_certain(run, delivered, now=clock())
    return delivered is None or delivered.outcome.result not in NOBODY_GETS_MAIL


def send_next_mail(*, organisation_id: int, now: datetime.datetime) -> bool:
    """Send, withdraw or put off the next due mail of the organisation. Returns whether there was one."""
    run = Run(organisation=Organisation(pk=organisation_id))
    claim = _round(run, None, now=now)
    if claim is not None and claim.letter is not None:
        with open_carrier() as carrier:
            delivered = _hand_over(carrier, claim.mail, claim.letter)
        _record_for_certain(run, delivered, now=now)
    return claim is not None


def resolve_interrupted_mails(*, organisation: Organisation, now: datetime.datetime) -> tuple[int, int]:
    """Mails whose worker died: an invitation goes again under the same Message-ID, a reminder never."""
    return resolve_interrupted(
        organisation=organisation, kinds=SURVEY_KINDS, repeatable_kinds=REPEATABLE_KINDS, now=now
    )


def _round(run: Run, delivered: Delivered | None, *, now: datetime.datetime) -> Claim | None:
    """Write down what became of the last mail, and claim the next one; None when none is due."""
    try:
        with organisation_scope(run.organisation):
            if delivered is not None:
                _record(delivered, now=now)
            mail = _claimed(run, now=now)
            return Claim(mail=mail, letter=letter_or_stop(mail, press=run.press, now=now)) if mail else None
    except DATABASE_GONE:
        if delivered is None:
            raise
        _record_for_certain(run, delivered, now=now)
        return _round(run, None, now=now)
    except Exception:
        # One mail's trouble must neither lose what became of the last one nor hold up the next: step by step.
        log.exception("mail_round_failed", organisation=run.organisation.pk)
        if delivered is not None:
            _record_for_certain(run, delivered, now=now)
        return _careful_round(run, now=now)


def _careful_round(run: Run, *, now: datetime.datetime) -> Claim | None:
    """Claim the next mail for good, then look at it: one that cannot be made into a letter fails in the end."""
    with organisation_scope(run.organisation):
        mail = _claimed(run, now=now)
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
        _record_for_certain(run, Delivered(mail=mail, letter=None, outcome=outcome), now=now)
        return Claim(mail=mail)


def _claimed(run: Run, *, now: datetime.datetime) -> OutgoingMail | None:
    """The next due mail whose domain may get one more in this minute; the others go back."""
    while mail := claim_mail(organisation=run.organisation, kinds=SURVEY_KINDS, now=now):
        if run.pace.allows(domain=mail.recipient_domain, now=now):
            return mail
        postpone_mail(mail=mail, due_at=mail.due_at)
    return None


def _hand_over(carrier: Carrier, mail: OutgoingMail, letter: Letter) -> Delivered:
    return Delivered(mail=mail, letter=letter, outcome=carrier.hand_over(mail=mail, letter=letter))


def _record(delivered: Delivered, *, now: datetime.datetime) -> None:
    mail, outcome = delivered.mail, delivered.outcome
    record_outcome(
        mail=mail, letter=delivered.letter, outcome=outcome, now=now, is_repeatable=mail.kind in REPEATABLE_KINDS
    )
    if outcome.is_sent and mail.kind == INVITATION_MAIL:
        mark_invited(mail, now=now)


def _record_for_certain(run: Run, delivered: Delivered, *, now: datetime.datetime) -> None:
    def record() -> None:
        with organisation_scope(run.organisation):
            _record(delivered, now=now)

    with_patience(record)
