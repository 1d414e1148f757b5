"""The cookie that stands in for the personal link under `/answer/`: signed, and it holds no secret of the link."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from surveys.models import Invitation

COOKIE = "answer"
PATH = "/answer/"
SALT = "surveys.answer-ticket"
MAX_AGE = 14 * 24 * 3600


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """Which invitation is being answered, and the version of the link that it was opened with."""

    code: UUID
    link_version: int


def give_ticket(response: HttpResponse, invitation: Invitation) -> None:
    """Let this browser answer the invitation, in place of any other one."""
    content = {"code": str(invitation.code), "version": invitation.link_number}
    response.set_cookie(
        COOKIE,
        signing.dumps(content, salt=SALT),
        max_age=MAX_AGE,
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def take_ticket(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")


def read_ticket(request: HttpRequest) -> Ticket | None:
    """The ticket of this browser; None when there is none, or it is forged, altered or too old."""
    try:
        content: dict[str, Any] = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=MAX_AGE)
        return Ticket(code=UUID(content["code"]), link_version=content["version"])
    except (signing.BadSignature, ValueError):
        return None
