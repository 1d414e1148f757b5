"""Sparing recipient domains: a pause for one that asked for less, and an even pace for each.

A pause holds for all organisations: the receiving server sees one sender.
"""

import datetime

import structlog
from django.conf import settings
from django.core.cache import cache
from django.db.models import F
from redis.exceptions import RedisError

from wpm_platform.mailing.domain.throttle import PACE_WINDOW, pause_after, window_end, window_of
from wpm_platform.mailing.models import DomainPause

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


def keeps_pace(*, domain: str, now: datetime.datetime) -> bool:
    """Count one more mail to the domain in this minute; False, and a pause until its end, when that is too many.

    Counted in Redis, which may forget: then a minute gets more. Without Redis nothing is counted.
    """
    most = settings.MAIL_PER_MINUTE
    if most == 0 or not domain:
        return True
    key = f"mail-pace:{domain}:{window_of(now):%Y%m%d%H%M}"
    try:
        cache.add(key, 0, timeout=2 * PACE_WINDOW.total_seconds())
        count = cache.incr(key)
    except (RedisError, ValueError):
        return True
    if count <= most:
        return True
    _pause_until(domain=domain, until=window_end(now))
    return False


def _pause_until(*, domain: str, until: datetime.datetime) -> None:
    pause, is_new = DomainPause.objects.get_or_create(domain=domain, defaults={"until": until, "strikes": 0})
    if not is_new:
        DomainPause.objects.filter(pk=pause.pk, until__lt=until).update(until=until, strikes=F("strikes"))
