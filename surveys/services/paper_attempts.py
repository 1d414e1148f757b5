"""Counts wrong paper codes in Redis: per list and network address, and apart from it for codes that are on no list.

Right codes are not counted and set nothing back. Addresses of people are kept as a keyed hash for ten minutes.
"""

import hashlib
import hmac

from django.conf import settings
from django.core.cache import cache

from surveys.domain.guessing import PAUSE_SECONDS, WINDOW_SECONDS, must_wait

NO_LIST = 0


class TooManyAttempts(Exception):
    """Wrong codes came too fast from this network; nothing was looked at. retry_after: seconds to wait."""

    def __init__(self, *, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


def check_attempt(*, organisation_id: int, list_id: int, address: str) -> None:
    """Let an attempt through, or raise `TooManyAttempts`.

    list_id: the list of the code that was typed, `NO_LIST` when it is on none. Too many codes on no list slow every
    attempt down from there, so that waiting or not tells nobody which codes exist.
    """
    kept = [_key("wrong", organisation_id, each, address) for each in {list_id, NO_LIST}]
    counts = cache.get_many(kept).values()
    if must_wait(*counts) and not cache.add(_key("turn", organisation_id, list_id, address), 1, PAUSE_SECONDS):
        raise TooManyAttempts(retry_after=PAUSE_SECONDS)


def count_mistake(*, organisation_id: int, list_id: int, address: str) -> None:
    """One more wrong code; the count ends ten minutes after the first."""
    key = _key("wrong", organisation_id, list_id, address)
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        cache.incr(key)
    except ValueError:
        # The ten minutes ended between these two lines.
        cache.set(key, 1, WINDOW_SECONDS)


def _key(kind: str, organisation_id: int, list_id: int, address: str) -> str:
    name = f"{kind}:{organisation_id}:{list_id}:{address}"
    return "paper:" + hmac.new(settings.LINK_KEY.encode(), name.encode(), hashlib.sha256).hexdigest()
