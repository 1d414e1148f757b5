"""The cookie that stands in for the personal link under `/answer/`: signed, and it holds no secret of the link."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse

from surveys.models import Invitation

COOKIE = "answer"
PATH = "/answer/"
SALT = "surveys.answer-ticket"
MAX_AGE = 14 * 24 * 3600
# On a shared screen a ticket ends this long after the last page. The script there clears the screen after a minute;
# this holds without it, and leaves room for who lets it wait.
KIOSK_MAX_AGE = 300
# Marks the browser of a shared screen; its value is the employer's part of the address.
KIOSK_COOKIE = "kiosk"
# Marks a browser in which somebody began with the code of a slip; its value likewise. It outlives the ticket, to say
# afterwards how to come in again.
CODE_COOKIE = "code_entry"
CODE_MAX_AGE = 90 * 24 * 3600


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """Which invitation is being answered, and the version of the link that it was opened with."""

    code: UUID
    link_version: int
    is_kiosk: bool = False


def is_shared_screen(request: HttpRequest) -> bool:
    return bool(request.COOKIES.get(KIOSK_COOKIE))


def code_address(request: HttpRequest) -> str:
    """Where somebody who came with the code of a slip types it again; empty for who came by a link."""
    for cookie, name in ((KIOSK_COOKIE, "paper_kiosk"), (CODE_COOKIE, "paper_code")):
        slug = request.COOKIES.get(cookie)
        if slug:
            with suppress(NoReverseMatch):
                return reverse(name, kwargs={"slug": slug})
    return ""


def give_ticket(response: HttpResponse, invitation: Invitation, *, is_kiosk: bool = False, code_slug: str = "") -> None:
    """Let this browser answer the invitation, in place of any other one.

    code_slug: the employer's part of the address, for who comes in with the code of a slip.
    """
    if code_slug:
        _set_cookie(response, CODE_COOKIE, code_slug, max_age=CODE_MAX_AGE)
    else:
        response.delete_cookie(CODE_COOKIE, path=PATH, samesite="Lax")
    _set(response, Ticket(code=invitation.code, link_version=invitation.link_number, is_kiosk=is_kiosk))


def renew_ticket(ticket: Ticket, response: HttpResponse) -> HttpResponse:
    """The response; on a shared screen the time of the ticket begins anew, unless the page took or gave one itself."""
    if ticket.is_kiosk and COOKIE not in response.cookies:
        _set(response, ticket)
    return response


def take_ticket(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")


def read_ticket(request: HttpRequest) -> Ticket | None:
    """The ticket of this browser; None when there is none, or it is forged, altered or too old."""
    signed = request.COOKIES.get(COOKIE, "")
    try:
        content: dict[str, Any] = signing.loads(signed, salt=SALT, max_age=MAX_AGE)
        if content.get("kiosk"):
            signing.loads(signed, salt=SALT, max_age=KIOSK_MAX_AGE)
        return Ticket(code=UUID(content["code"]), link_version=content["version"], is_kiosk=bool(content.get("kiosk")))
    except (signing.BadSignature, ValueError):
        return None


def _set(response: HttpResponse, ticket: Ticket) -> None:
    content: dict[str, Any] = {"code": str(ticket.code), "version": ticket.link_version}
    if ticket.is_kiosk:
        content["kiosk"] = True
    max_age = KIOSK_MAX_AGE if ticket.is_kiosk else MAX_AGE
    _set_cookie(response, COOKIE, signing.dumps(content, salt=SALT), max_age=max_age)


def _set_cookie(response: HttpResponse, name: str, value: str, *, max_age: int) -> None:
    response.set_cookie(
        name,
        value,
        max_age=max_age,
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
