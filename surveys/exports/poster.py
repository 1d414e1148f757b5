"""A poster for a team: where to go with a slip. It holds no code."""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from surveys.exports.printing import pdf_of, qr_svg


@dataclass(frozen=True, kw_only=True)
class Poster:
    """team: the name of a list or empty. contact: whom to ask, one line or empty. until: the last day in words."""

    employer: str
    team: str
    address: str
    until: str
    contact: str
    language: str


def poster_pdf(poster: Poster) -> bytes:
    other = "en" if poster.language == "nl" else "nl"
    return pdf_of(
        "poster.typ",
        poster={
            "title": _("How do you travel to work?"),
            "employer": poster.employer,
            "team": poster.team,
            "language": poster.language,
            "lead": _("Your employer must report it every year. Answering takes about one minute."),
            "qr": qr_svg(poster.address),
            "qr_alt": _("QR code that opens the page where you type your code"),
            "address": poster.address.split("://", 1)[-1],
            "steps": [
                _("Scan the QR code with your phone, or type the address."),
                _("Fill in the code on your slip."),
                _("Tap what you travelled with, day by day."),
            ],
            "foot": _foot(poster),
            "other_language": other,
            "other": _in(other),
        },
    )


def _foot(poster: Poster) -> list[str]:
    lines = [_("You can answer until %(day)s. Your employer sees that you answered, not what.") % {"day": poster.until}]
    if poster.contact:
        lines.append(_("Slip lost, or a question? Ask %(contact)s.") % {"contact": poster.contact})
    return lines


def _in(language: str) -> str:
    """The gist for who does not read the poster's language."""
    with translation.override(language):
        return _("Scan the code, choose your language and fill in the code on your slip.")
