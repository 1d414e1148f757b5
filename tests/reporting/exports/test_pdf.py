"""The printed report: tagged for screen readers, the same bytes every time, every figure on the page."""

import io
import re
from dataclasses import replace
from itertools import pairwise

import pikepdf
import pypdf
import pytest
from django.utils import translation

from reporting.exports.exported_report import ExportedStatus
from reporting.exports.pdf import report_pdf
from reporting.services.exports import export_labels
from tests.reporting.evidence import make_evidence, make_facts
from tests.reporting.reports import make_exported_report, make_matrix


def pdf(*, language="nl", **changes):
    with translation.override(language):
        return report_pdf(make_evidence(**changes), labels=export_labels())


def opened(content):
    return pikepdf.open(io.BytesIO(content))


def words(content):
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    return re.sub(r"\s+", " ", text)


def elements(document):
    """Every element of the structure tree, in reading order."""

    def below(node):
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield kid
                yield from below(kid)

    return list(below(document.Root.StructTreeRoot))


def kinds(document):
    return [str(element.S) for element in elements(document)]


def test_it_declares_pdf_ua_and_has_title_and_language():
    document = opened(pdf())
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "WPM-rapportage 2025, Voorbeeld Fietsfabriek B.V."
    assert document.Root.MarkInfo.Marked == True  # noqa: E712  # a PDF's boolean object
    assert str(document.Root.Lang) == "nl"
    assert document.Root.ViewerPreferences.DisplayDocTitle == True  # noqa: E712
    assert str(opened(pdf(language="en")).Root.Lang) == "en"


def test_headings_tables_and_figure_are_tagged():
    found = kinds(opened(pdf()))
    assert found.count("/H1") == 1
    assert found.count("/H2") >= 8
    assert found.count("/Table") >= 8
    assert found.count("/THead") >= 6
    assert found.count("/TH") >= 20
    assert found.count("/Figure") == 1


def test_headings_skip_no_level():
    levels = [int(kind[2:]) for kind in kinds(opened(pdf())) if re.fullmatch("/H[1-6]", kind)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_picture_has_words_that_say_the_same():
    document = opened(pdf())
    (alternative,) = [str(element.Alt) for element in elements(document) if str(element.S) == "/Figure"]
    assert alternative.startswith("Staven van de kilometers woon-werkverkeer per jaar")
    for bar in ("Auto, benzine: 362.250 km, 51,9 %", "Openbaar vervoer: 207.000 km, 29,7 %"):
        assert bar in alternative


def test_every_page_says_what_it_is_of():
    content = pdf()
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]
    for number, page in enumerate(pages, start=1):
        assert "WPM-rapportage 2025, KvK 12345678, versie 1" in page
        assert f"pagina {number} van {len(pages)}" in page


def test_the_same_version_gives_the_same_bytes():
    content = pdf()
    assert content == pdf()
    assert not {"/CreationDate", "/ModDate"} & set(opened(content).docinfo.keys())


def test_it_holds_the_figures_as_dutch_readers_write_them():
    text = words(pdf())
    for figure in ("362.250", "103.500", "24.840", "207.000", "697.590", "1.234,50 euro", "1.001", "3.010"):
        assert figure in text
    assert "4 mei 2026, RVO-2026-0001" in text


def test_few_contributors_are_a_sign_and_no_number():
    text = words(pdf())
    assert "Auto, diesel 1.000,0 103.500,1 103.500 < 5" in text
    assert "Minder dan vijf staat er als “< 5”." in text


def test_it_is_dutch_throughout():
    text = words(pdf())
    for english in (" the ", " figures", "People", "Answered", " of which", "employees", "Reopened"):
        assert english not in text


def test_a_draft_says_so_on_every_page_and_leaves_out_what_is_kept_at_freezing():
    report = make_exported_report(status=ExportedStatus.DRAFT)
    content = pdf(report=report, facts=None, frozen_on=None)
    for page in pypdf.PdfReader(io.BytesIO(content)).pages:
        assert "Concept: deze getallen kunnen nog veranderen." in page.extract_text()
    assert "Wie is gevraagd" not in words(content)


def test_open_cells_are_a_dash_and_there_is_no_chart_of_a_part():
    report = make_exported_report(matrix=make_matrix(survey=None, manual=()))
    content = pdf(report=report, facts=make_facts(survey=None))
    assert "/Figure" not in kinds(opened(content))
    assert "1. Auto, benzine – – – –" in words(content)


def test_text_of_people_is_never_read_as_markup():
    name = "#panic() *vet* $x$ <b> =SUM(A1)"
    text = words(pdf(report=make_exported_report(legal_entity_name=name)))
    assert name in text


def test_a_warning_stands_with_its_answer():
    warning = {"code": "x", "finding": "Woon-werk steeg 40 %.", "figures": {}, "answer": "Nieuwe vestiging in Venlo."}
    text = words(pdf(facts=make_facts(warnings=[warning])))
    assert "Woon-werk steeg 40 %." in text
    assert "Nieuwe vestiging in Venlo." in text


@pytest.mark.parametrize("withheld", [True, False])
def test_sites_are_shown_or_said_to_be_withheld(withheld):
    facts = make_facts()
    if withheld:
        facts["survey"]["sites"] = {"groups": [], "rest": None, "hidden_groups": 4, "is_withheld": True}
    text = words(pdf(facts=facts))
    assert ("Niet per vestiging getoond" in text) is withheld
    assert ("Andere vestigingen samen (3)" in text) is not withheld


def test_long_names_and_many_sites_run_on_over_pages():
    facts = make_facts()
    sites = [
        {"site": f"Vestiging {n} " + "met een heel lange naam " * 4, "people": 9, "answered": 5} for n in range(90)
    ]
    facts["survey"]["sites"]["groups"] = sites
    report = replace(make_exported_report(), legal_entity_name="Voorbeeld " * 14)
    document = opened(pdf(facts=facts, report=report))
    assert len(document.pages) > 5
