"""What follows from a mail server's answer: a pure function of the answer and the attempt."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from wpm_platform.mailing.domain.returns import kind_of_refusal
from wpm_platform.mailing.domain.throttle import asks_to_slow_down, is_greylisted

NO_WAIT = datetime.timedelta()
# For what says nothing about the address: a mail that we cannot make, a lost answer, greylisting.
WAITS = (datetime.timedelta(minutes=5), datetime.timedelta(minutes=30), datetime.timedelta(hours=4))
MOST_FAULTY_ATTEMPTS = 3
MOST_UNKNOWN_ATTEMPTS = 3
MINUTE = datetime.timedelta(minutes=1)
# Our account was refused, whoever the mail is for: nothing is given up while somebody mends that.
SENDER_WAIT = datetime.timedelta(minutes=30)


class Result(StrEnum):
    """How a delivery ended.

    SENT: the server took the mail over. REFUSED: it said no to this mail; SENDER_REFUSED: it said no to us, before
    it heard for whom. UNREACHED: it could not be talked to, or the talk broke before the text was sent. UNKNOWN:
    the text was sent, no answer came. FAULTY: we could not make the mail.
    """

    SENT = "sent"
    REFUSED = "refused"
    SENDER_REFUSED = "sender_refused"
    UNREACHED = "unreached"
    UNKNOWN = "unknown"
    FAULTY = "faulty"


class Follow(StrEnum):
    """What is done with the mail."""

    SENT = "sent"
    BOUNCE = "bounce"  # the server's refusal is recorded as what came back
    WAIT = "wait"  # goes again after `wait`; the attempt counts
    BACK = "back"  # goes again after `wait`, as if it had not been tried
    FAILED = "failed"
    UNCERTAIN = "uncertain"  # perhaps it arrived: never sent again


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """slows_domain: nobody mails the recipient's domain for a while. bounce: the kind of return to record."""

    follow: Follow
    wait: datetime.timedelta = NO_WAIT
    slows_domain: bool = False
    bounce: str = ""


def verdict(
    *, result: Result, smtp_code: int | None = None, text: str = "", attempts: int = 1, is_repeatable: bool = False
) -> Verdict:
    """What follows from a delivery.

    smtp_code, text: the server's reply; an enhanced status code (RFC 3463) stands in the text. attempts: deliveries
    tried so far, this one included. is_repeatable: whether the mail may come twice when its fate is not known.
    """
    if result == Result.SENT:
        return Verdict(follow=Follow.SENT)
    if result == Result.UNKNOWN:
        # Each try may be another copy in somebody's mailbox.
        may_repeat = is_repeatable and attempts < MOST_UNKNOWN_ATTEMPTS
        return Verdict(follow=Follow.WAIT, wait=WAITS[attempts - 1]) if may_repeat else Verdict(follow=Follow.UNCERTAIN)
    if result == Result.FAULTY:
        return _again_or_failed(attempts, most=MOST_FAULTY_ATTEMPTS)
    if result == Result.UNREACHED:
        return Verdict(follow=Follow.BACK, wait=MINUTE)
    if asks_to_slow_down(smtp_code=smtp_code, text=text):
        return Verdict(follow=Follow.BACK, slows_domain=True)
    if result == Result.SENDER_REFUSED:
        return Verdict(follow=Follow.BACK, wait=SENDER_WAIT)
    bounce = kind_of_refusal(code=smtp_code, text=text)
    if bounce is None or is_greylisted(text):
        return _again_or_failed(attempts, most=len(WAITS) + 1)
    return Verdict(follow=Follow.BOUNCE, bounce=bounce)


def _again_or_failed(attempts: int, *, most: int) -> Verdict:
    if attempts >= most:
        return Verdict(follow=Follow.FAILED)
    return Verdict(follow=Follow.WAIT, wait=WAITS[attempts - 1])
