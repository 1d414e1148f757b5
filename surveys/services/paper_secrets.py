"""The slow hash of the secret half of a paper code."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from django.contrib.auth.hashers import Argon2PasswordHasher

# Argon2 leaves Python's lock while it works, so a few threads use all processors of the machine.
THREADS = 4


class PaperSecretHasher(Argon2PasswordHasher):
    """Argon2id with the least that OWASP's password storage cheat sheet asks (19 MiB, two rounds, one lane).

    Django's own 100 MiB would keep HR waiting for half a minute for the slips of one site; what is guarded here is one
    week's answers until a campaign closes, and guessing by the page is slowed down by `paper_attempts`.
    """

    memory_cost = 19_456
    time_cost = 2
    parallelism = 1


def hashed_secrets(texts: Iterable[str]) -> list[str]:
    """The hash of each, in the same order."""
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(_hashed, texts))


def is_right_secret(text: str, *, hashed: str | None) -> bool:
    """Whether this is the secret. hashed: None when there is no such code, which takes as long."""
    right: bool = PaperSecretHasher().verify(text, hashed or _nobodys())
    return right and hashed is not None


def _hashed(text: str) -> str:
    hasher = PaperSecretHasher()
    encoded: str = hasher.encode(text, hasher.salt())
    return encoded


@cache
def _nobodys() -> str:
    return _hashed("")
