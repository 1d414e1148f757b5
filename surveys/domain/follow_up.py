"""A question to a random few of those who did not answer: how many, when, and whom the lot picks."""

import datetime
import hashlib
from collections.abc import Sequence

USUAL_SIZE = 40
SMALLEST_SIZE = 10
LARGEST_SIZE = 400
# Later, "the ordinary week" is another one than the survey asked about.
ASK_WITHIN = datetime.timedelta(days=60)
TIME_TO_ANSWER = datetime.timedelta(days=14)


def drawn_silent(people: Sequence[str], *, size: int, seed: str) -> list[str]:
    """At most `size` of these people, all with the same chance; the same seed draws the same in any order."""
    return sorted(people, key=lambda person: (_number(seed, person), person))[:size]


def _number(seed: str, person: str) -> int:
    return int.from_bytes(hashlib.sha256(f"follow-up\n{seed}\n{person}".encode()).digest()[:8], "big")
