"""The language of employees' pages: what this person switched to, else the staff list, else the browser.

The switch is a cookie. It names the person whose page it was set on, so that on a shared phone the next one reads
their own language; a switch on a page that knows nobody holds for everybody in this browser.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.crypto import salted_hmac
from django.utils.translation.trans_real import parse_accept_lang_header

from surveys.models import Employee

PATHS = ("/r/", "/answer/", "/e/", "/accessibility/")
COOKIE = "employee_language"
MAX_AGE = 365 * 24 * 3600
SALT = "surveys.employee-language"
MARK = re.compile(r"[0-9a-f]{16}|")
LANGUAGES = dict(settings.EMPLOYEE_LANGUAGES)


class EmployeeRequest(HttpRequest):
    """A request about one employee. person_mark: stands for them in the switch of languages, and tells nothing."""

    person_mark: str


class EmployeeLanguage:
    """Middleware: speaks one of the employees' languages on their pages, and takes in the switch on each of them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PATHS):
            return self.get_response(request)
        _speak(request, _switched_to(request, mark="") or _of_browser(request))
        response = self.get_response(request)
        response.headers["Content-Language"] = translation.get_language()
        patch_vary_headers(response, ("Accept-Language",))
        return response

    def process_view(
        self, request: HttpRequest, _view: Callable[..., HttpResponse], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """After the CSRF check: remember another language, and show the same page again. Nothing is answered by it."""
        if request.method != "POST" or not request.path_info.startswith(PATHS) or "language" not in request.POST:
            return None
        response = redirect(request.get_full_path())
        # The address may be a personal link.
        response.headers["Referrer-Policy"] = "strict-origin"
        add_never_cache_headers(response)
        language, mark = request.POST["language"], request.POST.get("person", "")
        if language in LANGUAGES and MARK.fullmatch(mark):
            response.set_cookie(
                COOKIE,
                f"{language}.{mark}",
                max_age=MAX_AGE,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response


def speak_language_of(request: HttpRequest, employee: Employee) -> None:
    """From here on the page is about this person: their switch, else their language on the staff list."""
    mark = _mark_of(employee.code)
    cast(EmployeeRequest, request).person_mark = mark
    language = _switched_to(request, mark=mark) or employee.language
    if language in LANGUAGES:
        _speak(request, language)


# Everybody opens a dozen pages in a row.
@lru_cache(maxsize=10_000)
def _mark_of(code: UUID) -> str:
    return salted_hmac(SALT, str(code)).hexdigest()[:16]


def person_mark(request: HttpRequest) -> str:
    """The mark of the person whose page this is."""
    return cast(EmployeeRequest, request).person_mark


def address_in_language(request: HttpRequest, name: str) -> str:
    """The address of a page that knows nobody, for who is to read it in the language of this page."""
    spoken = request.LANGUAGE_CODE
    return reverse(name) + ("" if spoken == _of_browser(request) else f"?language={spoken}")


def speak_language_of_address(request: HttpRequest) -> None:
    """On a page that knows nobody: the language that its address names, unless another one was switched to there."""
    language = request.GET.get("language", "")
    if language in LANGUAGES and not _switched_to(request, mark=""):
        _speak(request, language)


def _switched_to(request: HttpRequest, *, mark: str) -> str:
    """What was chosen on a page of this person, or on one that knew nobody."""
    language, _dot, whose = request.COOKIES.get(COOKIE, "").partition(".")
    return language if language in LANGUAGES and whose in ("", mark) else ""


def _of_browser(request: HttpRequest) -> str:
    """The first language that the browser asks for and that we have, whatever its region; else Dutch."""
    asked = (
        code.partition("-")[0] for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    )
    return next((code for code in asked if code in LANGUAGES), settings.LANGUAGE_CODE)


def _speak(request: HttpRequest, language: str) -> None:
    translation.activate(language)
    request.LANGUAGE_CODE = language
