"""Middleware that employees' pages leave out.

They know the person of the link and nobody else: who is logged in in the same browser is not even looked at there.
Their languages are their own, too (`language.py`).
"""

from typing import Any

from allauth.usersessions.middleware import UserSessionsMiddleware
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django_htmx.middleware import HtmxMiddleware

from surveys.views.respond.language import PATHS


class ForOthers:
    """Put before a middleware: employees' pages go past it."""

    get_response: Any

    def __call__(self, request: HttpRequest) -> Any:
        if request.path_info.startswith(PATHS):
            return self.get_response(request)
        return super().__call__(request)  # type: ignore[misc]


class Sessions(ForOthers, SessionMiddleware):
    pass


class Language(ForOthers, LocaleMiddleware):
    pass


class Authentication(ForOthers, AuthenticationMiddleware):
    pass


class UserSessions(ForOthers, UserSessionsMiddleware):
    pass


class Messages(ForOthers, MessageMiddleware):
    pass


class Htmx(ForOthers, HtmxMiddleware):
    pass
