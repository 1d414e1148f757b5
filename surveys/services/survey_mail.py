"""Sends the survey's mails one by one: claim, look again, deliver, write down.

Call these outside any scope: each round is a transaction of its own, so that a crash never loses track of a mail
that was handed over. A round writes down what became of one mail and takes the next, in one transaction:

    round  [ record A, claim B, look at B ]  commit   →   hand B over   →   round  [ record B, claim C … ]

So the outcome of A is committed before B leaves, and B's claim before B leaves. A worker that dies leaves at most
one mail in flight, about which `resolve_interrupted_mails` decides.
"""

import datetime
from collections.abc import Callable

from surveys.domain.mail_kinds import REPEATABLE_KINDS
from surveys.services.mail_round import SURVEY_KINDS, Delivered, Run, next_claim, record_for_certain
from wpm_platform.mailing.domain.retries import Result
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.delivery import Carrier, open_carrier
from wpm_platform.mailing.services.letters import Letter
from wpm_platform.mailing.services.sweeping import resolve_interrupted
from wpm_platform.organisations.models import Organisation

# The mail server is away, or refuses us: the next mail of this run would fare no better.
NOBODY_GETS_MAIL = (Result.UNREACHED, Result.SENDER_REFUSED)
Clock = Callable[[], datetime.datetime]
KeepPlace = Callable[[], bool]


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
            claim = next_claim(run, delivered, now=now)
            delivered = None
            if claim is None:
                return False
            if claim.letter is not None:
                delivered = _hand_over(carrier, claim.mail, claim.letter)
                if delivered.outcome.result in NOBODY_GETS_MAIL:
                    break
        if delivered is not None:
            record_for_certain(run, delivered, now=clock())
    return delivered is None or delivered.outcome.result not in NOBODY_GETS_MAIL


def send_next_mail(*, organisation_id: int, now: datetime.datetime) -> bool:
    """Send, withdraw or put off the next due mail of the organisation. Returns whether there was one."""
    run = Run(organisation=Organisation(pk=organisation_id))
    claim = next_claim(run, None, now=now)
    if claim is not None and claim.letter is not None:
        with open_carrier() as carrier:
            delivered = _hand_over(carrier, claim.mail, claim.letter)
        record_for_certain(run, delivered, now=now)
    return claim is not None


def resolve_interrupted_mails(*, organisation: Organisation, now: datetime.datetime) -> tuple[int, int]:
    """Mails whose worker died: an invitation goes again under the same Message-ID, a reminder never."""
    return resolve_interrupted(
        organisation=organisation, kinds=SURVEY_KINDS, repeatable_kinds=REPEATABLE_KINDS, now=now
    )


def _hand_over(carrier: Carrier, mail: OutgoingMail, letter: Letter) -> Delivered:
    return Delivered(mail=mail, letter=letter, outcome=carrier.hand_over(mail=mail, letter=letter))
