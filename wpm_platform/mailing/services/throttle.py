"""Sparing recipient domains: a pause for one that asked for less, and an even pace for each.

A pause holds for all organisations: the receiving server sees one sender.
"""

import datetime
from dataclasses import dataclass, field

import structlog
from django.conf import settings
from django.core.cache import cache
from django.db.models import F
from redis.exceptions import RedisError

from wpm_platform.mailing.domain.throttle import PACE_WINDOW, pause_after, window_end, window_of
from wpm_platform.mailing.models import DomainPause

MOST_AT_ONCE = 20

log = structlog.get_logger(__name__)


def strike_domain(*, domain: str, now: datetime.datetime) -> datetime.datetime:
    """The domain asked for less mail: leave it alone, twice as long as the last time. Returns until when.

    Refusals that several workers hear at the same time are one strike.
    """
    pause, is_new = DomainPause.objects.select_for_update().get_or_create(
        domain=domain, defaults={"until": now + pause_after(strikes=1), "strikes": 1}
    )
    if not is_new and (pause.until <= now or pause.strikes == 0):
        pause.strikes += 1
        pause.until = now + pause_after(strikes=pause.strikes)
        pause.save(update_fields=["until", "strikes"])
    if is_new or pause.strikes > 1:
        log.warning("mail_domain_paused", domain=domain, strikes=pause.strikes, until=pause.until.isoformat())
    return pause.until


def forgive_domain(*, domain: str, now: datetime.datetime) -> None:
    """A mail got through: the next refusal counts from one again. A pause that another worker just heard stays."""
    DomainPause.objects.filter(domain=domain, until__lte=now).delete()


@dataclass(kw_only=True)
class Pace:
    """Counts one worker's mails to each domain in each minute, together with the other workers'.

    Counted in Redis, a handful at a time. Redis may forget: then a minute gets more; without it nothing is counted.
    """

    _taken: dict[tuple[str, datetime.datetime], int] = field(default_factory=dict)

    def allows(self, *, domain: str, now: datetime.datetime) -> bool:
        """Count one more mail; False, and a pause of the domain until the minute's end, when that is too many."""
        if settings.MAIL_PER_MINUTE == 0 or not domain:
            return True
        key = (domain, window_of(now))
        left = self._taken.pop(key, 0) or _take_handful(*key)
        if left == 0:
            _pause_until(domain=domain, until=window_end(now))
            return False
        # Only the minute at hand is of use.
        self._taken = {other: count for other, count in self._taken.items() if other[1] == key[1]} | {key: left - 1}
        return True


def _take_handful(domain: str, window: datetime.datetime) -> int:
    """Some of the minute's mails for this worker; 0 when they are used up."""
    most = settings.MAIL_PER_MINUTE
    handful = max(1, min(MOST_AT_ONCE, most // MOST_AT_ONCE))
    name = f"mail-pace:{domain}:{window:%Y%m%d%H%M}"
    try:
        cache.add(name, 0, timeout=2 * PACE_WINDOW.total_seconds())
        before = cache.incr(name, handful) - handful
    except (RedisError, ValueError):
        return handful
    return max(0, min(handful, most - before))


def _pause_until(*, domain: str, until: datetime.datetime) -> None:
    pause, is_new = DomainPause.objects.get_or_create(domain=domain, defaults={"until": until, "strikes": 0})
    if not is_new:
        DomainPause.objects.filter(pk=pause.pk, until__lt=until).update(until=until, strikes=F("strikes"))
