"""Pages drawn once for everybody who sees the same: a day's page is made of the employer's name, a few words and tiles.

What is kept knows nobody. The two values that belong to one browser, its CSRF token and the mark of the person, are put
in place at each visit; until then there stand two words that no employer can have written. The text between them is
compressed once, too.
"""

import re
import secrets
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.translation import get_language

from surveys.views.respond.gzip_pieces import FixedText, Word
from surveys.views.respond.language import person_mark
from surveys.views.respond.ticket import KIOSK_COOKIE
from wpm_platform.organisations.models import Organisation

# Some 20 kB each: what the employees of a few campaigns see at a time.
KEPT = 500
# What a shared screen's cookie can hold, else it is nobody's: a visitor cannot make pages large.
KIOSK = re.compile(r"[-a-zA-Z0-9_]{1,60}")
TOKEN, MARK = secrets.token_hex(16), secrets.token_hex(16)
OWN = re.compile(f"({TOKEN}|{MARK})")


@dataclass(frozen=True, kw_only=True)
class Employer:
    """What the frame of a page shows of the employer."""

    name: str
    slug: str
    contact_name: str
    contact_phone: str
    contact_email: str


def employer_of(organisation: Organisation) -> Employer:
    return Employer(
        name=organisation.name,
        slug=organisation.slug,
        contact_name=organisation.contact_name,
        contact_phone=organisation.contact_phone,
        contact_email=organisation.contact_email,
    )


@dataclass(frozen=True)
class AtDrawing:
    """Something on the page that is made of hashable values and the language, and only when the page is drawn."""

    make: Callable[..., Any]
    values: tuple[tuple[str, Hashable], ...]

    def made(self) -> Any:
        return self.make(**dict(self.values))


def at_drawing(make: Callable[..., Any], **values: Hashable) -> AtDrawing:
    return AtDrawing(make, tuple(values.items()))


class DrawnPage(HttpResponse):
    """A page in pieces that were compressed before (`CompressedPages` sends them so)."""

    def __init__(self, pieces: Sequence[FixedText | Word], *, status: int) -> None:
        super().__init__(b"".join([piece.text for piece in pieces]), status=status)
        self.pieces = pieces


def drawn_page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int) -> DrawnPage:
    """The page for this visitor, drawn now or before. context: hashable values that are all the page depends on."""
    kiosk = request.COOKIES.get(KIOSK_COOKIE, "")
    screen = kiosk if KIOSK.fullmatch(kiosk) else ""
    own = {TOKEN: Word(get_token(request).encode()), MARK: Word(person_mark(request).encode())}
    pieces = _drawn(get_language() or "", template, screen, tuple(context.items()))
    return DrawnPage([own[piece] if isinstance(piece, str) else piece for piece in pieces], status=status)


@lru_cache(maxsize=KEPT)
def _drawn(
    _language: str, template: str, screen: str, context: tuple[tuple[str, Any], ...]
) -> tuple[FixedText | str, ...]:
    """In the language at hand, which the cache tells apart. screen: what a shared screen's cookie holds, else empty.

    The two values are left as the words that stand for them.
    """
    shown_of_request = {"COOKIES": {KIOSK_COOKIE: screen}, "person_mark": MARK}
    made = {name: value.made() if isinstance(value, AtDrawing) else value for name, value in context}
    page = render_to_string(template, {"request": shown_of_request, "csrf_token": TOKEN, **made})
    return tuple(piece if piece in (TOKEN, MARK) else FixedText(piece.encode()) for piece in OWN.split(page))
