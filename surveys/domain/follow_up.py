"""A question to a random few of those who did not answer: how many, when, and whom the lot picks."""

import datetime
import hashlib
from collections.abc import Sequence

from surveys.domain.calendar import local_date, moment_of
from surveys.domain.campaign_plan import CLOSING_TIME

USUAL_SIZE = 40
# About half answer: with fewer asked, too few answers are likely.
SMALLEST_SIZE = 30
LARGEST_SIZE = 400
# An estimate takes in no fewer, so asking fewer people can never be of use.
LEAST_ANSWERS = 15
# Later, "the ordinary week" is another one than the survey asked about.
ASK_WITHIN = datetime.timedelta(days=60)
TIME_TO_ANSWER = datetime.timedelta(days=14)


def last_moment(asked_at: datetime.datetime) -> datetime.datetime:
    """The end of the fourteenth day after the question was asked, in UTC: mail and page promise the whole day."""
    return moment_of(local_date(asked_at) + TIME_TO_ANSWER, CLOSING_TIME)


def drawn_silent(people: Sequence[str], *, size: int, seed: str) -> list[str]:
    """At most `size` of these people, all with the same chance; the same seed draws the same in any order."""
    return sorted(people, key=lambda person: (_number(seed, person), person))[:size]


def _number(seed: str, person: str) -> int:
    return int.from_bytes(hashlib.sha256(f"follow-up\n{seed}\n{person}".encode()).digest()[:8], "big")
