"""Pages whose address opens something by itself: a personal link, an invitation of a member."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

View = Callable[..., HttpResponse]


def secret_address(view: View) -> View:
    """Nothing keeps the page, and its own requests for styles and forms tell the host only: proxies log referrers.

    `no-referrer` would tell even less, but then browsers send forms with `Origin: null`, which the CSRF check refuses.
    """

    @never_cache
    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "strict-origin"
        return response

    return wrapper
