"""Routes by an OSRM server of the operator's own, when `WPM_OSRM_URL` names one.

It only ever gets the middles of two postcode areas. Nothing depends on it: slow, silent or wrong, and the page does
without, for the next minute too.
"""

import json
import math
from http import HTTPStatus
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

import structlog
from django.conf import settings
from django.core.cache import cache
from redis.exceptions import RedisError

from surveys.domain.distance import Place, straight_line_metres

LARGEST_ANSWER = 65_536
LARGEST_METRES = 999_000
KEPT_SECONDS = 30 * 24 * 3_600
REST_SECONDS = 60
_RESTING = "osrm-rests"

log = structlog.get_logger(__name__)


class _Unusable(ValueError):
    """The server answered, but not with a route."""


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


# Straight to the operator's server: no proxy of the machine, and nowhere else.
_opener = build_opener(ProxyHandler({}), _NoRedirect)


def route_metres(home: Place, work: Place) -> float | None:
    """The length of the route in metres; None when there is no router, or none that answers in time.

    Kept in Redis for a month by pair of postcodes. After a failure the router is left alone for a minute, so that no
    more than one page a minute waits for it.
    """
    if not settings.OSRM_URL:
        return None
    key = f"route:{home.postcode}:{work.postcode}"
    kept = _kept(key)
    if kept is not None or _kept(_RESTING):
        return kept
    try:
        metres = _asked(home, work)
    except (OSError, HTTPException, ValueError, RecursionError) as error:
        log.warning("route_not_found", reason=type(error).__name__)
        _keep(_RESTING, 1.0, seconds=REST_SECONDS)
        return None
    if metres is not None:
        _keep(key, metres, seconds=KEPT_SECONDS)
    return metres


def _asked(home: Place, work: Place) -> float | None:
    """Ask the server; None when it knows no route between these two.

    Raises OSError, HTTPException, ValueError, and RecursionError for a document nested without end.
    """
    ends = ";".join(f"{place.longitude:.6f},{place.latitude:.6f}" for place in (home, work))
    address = f"{settings.OSRM_URL}/route/v1/driving/{ends}?overview=false"
    if urlsplit(address).scheme not in {"http", "https"}:
        raise _Unusable
    request = Request(address, headers={"Accept": "application/json"})  # noqa: S310 (the scheme is looked at above)
    try:
        with _opener.open(request, timeout=settings.OSRM_TIMEOUT) as answer:
            document = json.loads(answer.read(LARGEST_ANSWER))
    except HTTPError as error:
        # OSRM says so of two places without a road between them: NoRoute, NoSegment.
        if error.code == HTTPStatus.BAD_REQUEST:
            return None
        raise
    try:
        metres = document["routes"][0]["distance"]
    except (LookupError, TypeError) as error:
        raise _Unusable from error
    return _plausible(metres, straight=straight_line_metres(home, work))


def _plausible(metres: object, *, straight: float) -> float:
    """No road is shorter than the straight line (less a kilometre: it begins at the nearest road)."""
    if isinstance(metres, bool) or not isinstance(metres, int | float) or not math.isfinite(metres):
        raise _Unusable
    if not straight - 1_000 <= metres <= LARGEST_METRES:
        raise _Unusable
    return float(metres)


def _kept(key: str) -> float | None:
    try:
        value: float | None = cache.get(key)
    except RedisError:
        return None
    return value


def _keep(key: str, value: float, *, seconds: int) -> None:
    try:
        cache.set(key, value, timeout=seconds)
    except RedisError:
        return
