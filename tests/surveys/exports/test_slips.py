"""What is on paper, read back from the PDF."""

from io import BytesIO

import pytest
from django.utils import translation
from pypdf import PdfReader

from surveys.exports.poster import Poster, poster_pdf
from surveys.exports.slips import PrintedSlip, SlipSheet, slips_pdf

SHEET = SlipSheet(
    employer="Voorbeeld Fietsfabriek",
    list_name="Magazijn",
    address="https://wpm.example/e/voorbeeld/code/",
    until="maandag 30 maart 2026",
    language="nl",
)
POSTER = Poster(
    employer="Voorbeeld Fietsfabriek",
    team="Magazijn",
    address="https://wpm.example/e/voorbeeld/code/",
    until="maandag 30 maart 2026",
    contact="Sanne Voorbeeld, 010 123 45 67",
    language="nl",
)
NASTY = (
    *('#import "x"', "$x$ *b* _i_ <a> @b `c`", "=cmd|' /C calc'!A0", "]])#panic(1)", "\\"),
    *("Олена", "", "x" * 500),
)


def one_slip(who="Jan de Vries", *, place="Venlo · Magazijn", code="CJ4M-7RXK"):
    return PrintedSlip(who=who, place=place, code=code)


def printed(content):
    """The text of each page, with single spaces."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages]


@pytest.mark.parametrize(("slips", "pages"), [(1, 1), (12, 1), (13, 2), (240, 20)])
def test_twelve_slips_fill_a_page(slips, pages):
    assert len(printed(slips_pdf(SHEET, slips=[one_slip()] * slips))) == pages


def test_a_slip_tells_whose_it_is_the_code_the_address_and_the_last_day():
    with translation.override("en"):
        (page,) = printed(slips_pdf(SHEET, slips=[one_slip()]))
    for words in ("Voorbeeld Fietsfabriek", "Jan de Vries", "Venlo · Magazijn", "CJ4M-7RXK", "maandag 30 maart 2026"):
        assert words in page
    assert "wpm.example/e/voorbeeld/code/" in page.replace(" ", "")


@pytest.mark.parametrize("words", NASTY)
def test_names_are_printed_and_never_read_as_markup(words):
    (page,) = printed(slips_pdf(SHEET, slips=[one_slip(words, place=words), one_slip("Piet", code="22DD-33FF")]))
    assert page.count("CJ4M-7RXK") == page.count("22DD-33FF") == 1
    if words.isascii() and 0 < len(words) < 30:
        assert words.replace(" ", "") in page.replace(" ", "")


def test_pages_are_readable_by_machines_that_read_aloud():
    for content in (slips_pdf(SHEET, slips=[one_slip()]), poster_pdf(POSTER)):
        reader = PdfReader(BytesIO(content))
        assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
        assert reader.trailer["/Root"]["/Lang"] == "nl"
        assert b"pdfuaid" in content
        assert reader.metadata.title


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("team", ["", "Magazijn", "x" * 80])
def test_a_poster_is_one_page_with_the_address_and_whom_to_ask(language, team):
    poster = Poster(**{**POSTER.__dict__, "team": team, "language": language, "employer": "Voorbeeld " * 8})
    with translation.override(language):
        (page,) = printed(poster_pdf(poster))
    assert "wpm.example/e/voorbeeld/code/" in page
    assert "Sanne Voorbeeld, 010 123 45 67" in page
    assert team[:20] in page
