"""A few places per organisation for workers that send its mails, so that one queue does not occupy them all.

The places lie in Redis, which may lose them: then more workers send for a while, which harms nothing, because
PostgreSQL hands each mail to one of them. A worker that dies leaves its place to the next after some seconds.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import uuid4

from django.conf import settings
from django.core.cache import cache
from redis.exceptions import RedisError

HELD_SECONDS = 10
RENEWED_AFTER_SECONDS = 3


@dataclass(kw_only=True)
class SenderPlace:
    """A worker's place; without Redis everybody has one. name: empty when none was free."""

    name: str = ""
    owner: str = ""
    is_held: bool = False
    _renewed: float = field(default_factory=time.monotonic)

    def keep(self) -> bool:
        """Hold the place a while longer. False when it went to another worker, because this one was slow."""
        if not self.name or time.monotonic() - self._renewed < RENEWED_AFTER_SECONDS:
            return self.is_held
        self._renewed = time.monotonic()
        try:
            owner = cache.get(self.name, self.owner)
            self.is_held = owner == self.owner
            if self.is_held:
                cache.set(self.name, self.owner, timeout=HELD_SECONDS)
        except RedisError:
            pass
        return self.is_held


@contextmanager
def sender_place(*, organisation_id: int) -> Iterator[SenderPlace]:
    """A place for the time of the block, if there is one; see `SenderPlace.is_held`."""
    place = _take(organisation_id)
    try:
        yield place
    finally:
        _leave(place)


def _take(organisation_id: int) -> SenderPlace:
    owner = uuid4().hex
    names = (f"mail-sender:{organisation_id}:{number}" for number in range(settings.MAIL_SENDERS))
    try:
        name = next((name for name in names if cache.add(name, owner, timeout=HELD_SECONDS)), "")
    except RedisError:
        return SenderPlace(is_held=True)
    return SenderPlace(name=name, owner=owner, is_held=bool(name))


def _leave(place: SenderPlace) -> None:
    try:
        if place.name and cache.get(place.name) == place.owner:
            cache.delete(place.name)
    except RedisError:
        pass
