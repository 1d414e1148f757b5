"""Middleware that employees' pages leave out.

They know the person of the link and nobody else: who is logged in in the same browser is not even looked at there.
Their languages are their own, too (`language.py`).
"""

from collections.abc import Callable
from typing import Any

from allauth.usersessions.middleware import UserSessionsMiddleware
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django_htmx.middleware import HtmxMiddleware

from surveys.views.respond.language import PATHS

GetResponse = Callable[[HttpRequest], Any]
Middleware = Callable[[GetResponse], GetResponse]


def for_others(middleware: Callable[[Any], Any]) -> Middleware:
    """The middleware for all pages but those of employees. Not for one with hooks such as `process_view`."""

    def left_out(get_response: GetResponse) -> GetResponse:
        inner = middleware(get_response)

        def answered(request: HttpRequest) -> Any:
            return (get_response if request.path_info.startswith(PATHS) else inner)(request)

        return answered

    return left_out


sessions = for_others(SessionMiddleware)
language = for_others(LocaleMiddleware)
authentication = for_others(AuthenticationMiddleware)
user_sessions = for_others(UserSessionsMiddleware)
messages = for_others(MessageMiddleware)
htmx = for_others(HtmxMiddleware)
