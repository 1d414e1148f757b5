"""Slips with a code each, twelve on an A4, as PDF."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from surveys.exports.printing import pdf_of, qr_svg


@dataclass(frozen=True, kw_only=True)
class PrintedSlip:
    """One slip. who: the name, or the staff number where names are not kept. place: site and department."""

    who: str
    place: str
    code: str


@dataclass(frozen=True, kw_only=True)
class SlipSheet:
    """What all slips of a list share. address: of the page where a code is typed."""

    employer: str
    list_name: str
    address: str
    until: str
    language: str


def slips_pdf(sheet: SlipSheet, *, slips: Sequence[PrintedSlip]) -> bytes:
    """The slips in the order given. The QR code holds the code behind a `#`.

    That part of an address is not sent to any server, so it stands in no log of ours or of a proxy and in no referrer;
    the page takes it out of the address bar, fills it in, and still asks for a tap.
    """
    other = "en" if sheet.language == "nl" else "nl"
    return pdf_of(
        "slips.typ",
        sheet={
            "title": _("Codes for the travel survey: %(list)s") % {"list": sheet.list_name},
            "employer": sheet.employer,
            "language": sheet.language,
            "qr_alt": _("QR code that opens the survey with this code filled in"),
            "scan": _("Scan with your phone"),
            "until": _("How do you travel to work? One minute, until %(day)s.") % {"day": sheet.until},
            "type": _("Or type the code at"),
            "address": _without_scheme(sheet.address),
            "other_language": other,
            "other": _gist(other),
            "slips": [
                {
                    "who": slip.who,
                    "place": slip.place,
                    "code": slip.code,
                    "qr": qr_svg(f"{sheet.address}#{slip.code}"),
                }
                for slip in slips
            ],
        },
    )


def _without_scheme(address: str) -> str:
    """As people type it."""
    return address.split("://", 1)[-1]


def _gist(language: str) -> str:
    """For who does not read the slip's language."""
    with translation.override(language):
        return _("Scan the code or open the address, and choose your language.")
