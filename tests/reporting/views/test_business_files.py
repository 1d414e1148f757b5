"""A file about business travel, from the upload to the figure and out again, through the pages."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reporting.domain.rvo import RvoBlock
from reporting.models import BusinessImport, BusinessTotal, ReportCell
from surveys.domain.staff_file import read_table
from tests.factories import make_member, make_organisation
from tests.reporting.business_file_examples import CARD_TRIPS, CLAIM_TRIPS, EXAMPLES, LEASE_CONTRACTS, LEASE_READINGS
from tests.reporting.business_imports import applied, checked, figures, uploaded
from tests.reporting.report_rows import fill_in, freeze, make_report
from tests.surveys.domain.staff_file.files import saved
from wpm_platform.organisations.enums import MemberRole
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db

EN = {"accept-language": "en"}


@pytest.fixture
def report():
    return make_report(case="six_at_home")


@pytest.fixture
def hr(client, report):
    client.force_login(make_member(report.organisation))
    return client


def address(report, name, **more):
    return reverse(name, kwargs={"slug": report.organisation.slug, "code": report.code, **more})


def of_file(report, name, business_import):
    return address(report, name, file=business_import.code)


def send(hr, report, example, **headers):
    file = SimpleUploadedFile(example.filename, example.content)
    return hr.post(
        address(report, "report_business_file_new", travel_block=example.block.code), {"file": file}, headers=EN
    )


def stored(report):
    with organisation_scope(report.organisation):
        return BusinessImport.objects.order_by("-pk").first()


def columns_of(business_import, **chosen):
    """The form as the page shows it, with some columns chosen otherwise."""
    by_index = {index: field for field, index in business_import.mapping.items()}
    by_index |= {business_import.headers.index(header): field for field, header in chosen.items()}
    return {f"column_{index}": by_index.get(index, "") for index in range(len(business_import.headers))}


@pytest.mark.parametrize("name", EXAMPLES)
def test_upload_columns_check_apply(hr, report, name):
    example = EXAMPLES[name]
    response = send(hr, report, example)
    business_import = stored(report)
    assert response.url == of_file(report, "report_business_file", business_import)
    assert "Which column holds what?" in hr.get(response.url, headers=EN).text
    where = of_file(report, "report_business_file_columns", business_import)
    assert hr.post(where, columns_of(business_import, **example.chosen)).status_code == 302
    page = hr.get(response.url, headers=EN).text
    assert "This is what would change" in page
    assert figures(report, example.block) == dict.fromkeys(figures(report, example.block))  # nothing applied yet
    hr.post(of_file(report, "report_business_file_apply", business_import), {"skips_wrong_rows": "on"})
    assert {line for line, value in figures(report, example.block).items()} == set(example.figures)
    assert example.filename in hr.get(address(report, "report_business"), headers=EN).text


def test_wrong_rows_are_named_and_applied_only_when_they_may_be_skipped(hr, report):
    business_import = checked(report, LEASE_CONTRACTS)
    page = hr.get(of_file(report, "report_business_file", business_import), headers=EN).text
    assert "We do not know this fuel." in page
    assert "stoom" in page
    hr.post(of_file(report, "report_business_file_apply", business_import))
    assert stored(report).state == "checked"
    hr.post(of_file(report, "report_business_file_apply", business_import), {"skips_wrong_rows": "on"})
    assert stored(report).state == "applied"
    assert stored(report).content is None


def test_the_errors_can_be_downloaded(hr, report):
    business_import = checked(report, LEASE_CONTRACTS)
    content = hr.get(of_file(report, "report_business_file_errors", business_import), headers=EN).content
    rows = list(read_table(content, "errors.xlsx").rows())
    assert [row[1] for _, row in rows] == ["Aandrijving"]
    assert [row[2] for _, row in rows] == ["stoom"]


def test_what_is_left_out_is_said_with_its_reason(hr, report):
    business_import = checked(report, CLAIM_TRIPS)
    page = hr.get(of_file(report, "report_business_file", business_import), headers=EN).text
    assert "1 row: commuting: that comes from the survey" in page
    assert "1 row: flight or ship" in page
    assert "1 row: no travel, such as parking or meals" in page


def test_nobody_reads_a_driver_or_a_plate_back(hr, report):
    applied(report, LEASE_CONTRACTS)
    with organisation_scope(report.organisation):
        vehicles = list(BusinessImport.objects.get().vehicles.values_list("reference", flat=True))
        assert all(len(reference) == 32 for reference in vehicles)
        assert "niet lezen" not in str(BusinessImport.objects.values("layout", "outcome", "errors"))


def test_a_figure_from_a_file_is_explained_with_its_file(hr, report):
    applied(report, LEASE_READINGS)
    page = hr.get(address(report, "report_cell", block="fleet", line="car_petrol"), headers=EN).text
    assert "driven, by the odometer" in page
    assert "private, flat rate per vehicle" in page
    assert "Wagenparkoverzicht 2025.xlsx" in page
    assert "4 rows" in page


def test_a_line_of_which_the_files_say_nothing_is_explained_too(hr, report):
    applied(report, LEASE_READINGS)
    page = hr.get(address(report, "report_cell", block="fleet", line="car_other"), headers=EN).text
    assert "The files have nothing on this line." in page
    assert "Wagenparkoverzicht 2025.xlsx" in page


def test_a_figure_from_a_file_can_be_replaced_with_a_reason_and_comes_back(hr, report):
    applied(report, LEASE_READINGS)
    where = address(report, "report_cell", block="fleet", line="car_petrol")
    assert hr.post(where, {"kilometres": "5", "reason": ""}, headers=EN).status_code == 422
    hr.post(where, {"kilometres": "20.000", "reason": "Two cars were sold"}, headers={"accept-language": "nl"})
    with organisation_scope(report.organisation):
        cell = ReportCell.objects.get(block=1, line="car_petrol")
        assert (cell.value, cell.origin, cell.derivation["note"]) == (20_000, "manual", "Two cars were sold")
    assert "The files themselves give:" in hr.get(where, headers=EN).text
    hr.post(where, {"kilometres": "", "reason": ""})
    assert figures(report, RvoBlock.FLEET)["car_petrol"] == 21_100


def test_tickets_are_replaced_in_euros(hr, report):
    applied(report, CLAIM_TRIPS)
    where = address(report, "report_cell", block="expense_claim", line="public_transport")
    assert "Amount in euros" in hr.get(where, headers=EN).text
    hr.post(where, {"kilometres": "12,50", "reason": "Counted again"}, headers={"accept-language": "nl"})
    assert str(figures(report, RvoBlock.EXPENSE_CLAIM)["public_transport"]) == "12.50"


def test_a_block_with_a_file_has_no_fields_and_keeps_its_figures(hr, report):
    applied(report, LEASE_READINGS)
    page = hr.get(address(report, "report_business"), headers=EN).text
    assert 'name="fleet__car_petrol"' not in page
    assert 'name="expense_claim__car_petrol"' in page
    hr.post(address(report, "report_business"), {"fleet__car_petrol": "5", "expense_claim__car_petrol": "7"})
    assert figures(report, RvoBlock.FLEET)["car_petrol"] == 21_100
    assert figures(report, RvoBlock.EXPENSE_CLAIM)["car_petrol"] == 7


def test_figures_by_hand_make_way_for_a_file_and_the_page_says_so(hr, report):
    fill_in(report, value=1)
    business_import = checked(report, LEASE_READINGS)
    page = hr.get(of_file(report, "report_business_file", business_import), headers=EN).text
    assert "11 figures that you entered by hand in this block make way for this file." in page
    hr.post(of_file(report, "report_business_file_apply", business_import))
    with organisation_scope(report.organisation):
        assert BusinessTotal.objects.filter(block=1).count() == 0
        assert BusinessTotal.objects.count() == 22


def test_a_file_is_taken_out_again_once(hr, report):
    business_import = applied(report, LEASE_READINGS)
    where = of_file(report, "report_business_file_remove", business_import)
    hr.post(where)
    assert figures(report, RvoBlock.FLEET)["car_petrol"] is None
    assert stored(report).state == "removed"
    assert "This file was applied, taken out or deleted before." in hr.post(where, headers=EN, follow=True).text


def test_a_deleted_file_leaves_nothing(hr, report):
    business_import = uploaded(report, CARD_TRIPS)
    hr.post(of_file(report, "report_business_file_cancel", business_import))
    found = stored(report)
    assert (found.state, found.content, found.layout, found.errors) == ("cancelled", None, {}, [])
    assert "ritten.csv" not in hr.get(address(report, "report_business")).text


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({"reference": "Merk en model"}, "You chose Plate or contract number for two columns."),
        ({"": "Kenteken"}, "Choose which column holds: Plate or contract number."),
        ({"": "Eindstand"}, "Choose which column holds kilometres or an amount"),
    ],
)
def test_columns_that_cannot_be_used_are_named(hr, report, chosen, sentence):
    business_import = uploaded(report, LEASE_READINGS)
    data = columns_of(business_import)
    for field, header in chosen.items():
        data[f"column_{business_import.headers.index(header)}"] = field
    response = hr.post(of_file(report, "report_business_file_columns", business_import), data, headers=EN)
    assert response.status_code == 422
    assert sentence in response.text


@pytest.mark.parametrize("content", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"only one column\n1\n"])
def test_a_file_that_is_no_table_is_explained(hr, report, content):
    where = address(report, "report_business_file_new", travel_block="fleet")
    response = hr.post(where, {"file": SimpleUploadedFile("x.xlsx", content)}, headers=EN)
    assert response.status_code == 422
    assert stored(report) is None


def test_hostile_cells_are_shown_as_text(hr, report):
    content = b"Kenteken;Brandstof;Gereden km\n<script>alert(1)</script>;=cmd|'/c calc'!A1;12\n"
    where = address(report, "report_business_file_new", travel_block="fleet")
    response = hr.post(where, {"file": SimpleUploadedFile("<b>.csv", content)}, follow=True)
    assert "<script>alert" not in response.text
    business_import = stored(report)
    hr.post(of_file(report, "report_business_file_columns", business_import), columns_of(business_import))
    page = hr.get(of_file(report, "report_business_file", business_import)).text
    assert "=cmd|&#x27;/c calc&#x27;!A1" in page


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("block", ["fleet", "mobility_service", "expense_claim"])
def test_the_spreadsheet_to_fill_in_needs_no_choosing(hr, report, block, language):
    where = address(report, "report_business_template", travel_block=block, language=language)
    content = hr.get(where, headers=EN).content
    assert content == hr.get(where, headers=EN).content
    hr.post(
        address(report, "report_business_file_new", travel_block=block),
        {"file": SimpleUploadedFile("filled in.xlsx", io.BytesIO(content).read())},
    )
    business_import = stored(report)
    assert sorted(business_import.mapping.values()) == list(range(len(business_import.headers)))
    hr.post(of_file(report, "report_business_file_columns", business_import), columns_of(business_import))
    assert (stored(report).outcome["wrong_rows"], stored(report).errors) == (0, [])


TWO_SHEETS = [
    ("Toelichting", [["Kenteken en brandstof", "Uitleg"], ["van de leasemaatschappij", "niets"]]),
    (
        "Blad 2",
        [["Kenteken", "Brandstof", "Gereden km"], ["Nummer", "Soort", "Afstand"], ["XX-001-X", "diesel", "20000"]],
    ),
]


def test_another_sheet_and_header_line_can_be_chosen(hr, report):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in TWO_SHEETS:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    example = LEASE_READINGS._replace(content=saved(book))
    business_import = uploaded(report, example)
    assert business_import.layout["sheet"] == "Blad 2"
    where = of_file(report, "report_business_file_layout", business_import)
    hr.post(where, {"layout-sheet": "Blad 2", "layout-header_line": "2"})
    assert stored(report).headers == ["Nummer", "Soort", "Afstand"]
    assert stored(report).mapping == {"vehicle": 1}
    response = hr.post(where, {"layout-sheet": "Blad 2", "layout-header_line": "40"}, headers=EN)
    assert response.status_code == 422
    assert "Line 40 is empty." in response.text
    hr.post(where, {"layout-sheet": "Toelichting", "layout-header_line": "1"})
    assert stored(report).headers == ["Kenteken en brandstof", "Uitleg"]


def test_a_frozen_report_takes_no_file(hr, report):
    business_import = checked(report, LEASE_READINGS)
    freeze(report)
    assert hr.get(address(report, "report_business_file_new", travel_block="fleet")).status_code == 302
    assert send(hr, report, LEASE_READINGS).status_code == 302
    hr.post(of_file(report, "report_business_file_apply", business_import))
    assert stored(report).state == "checked"
    assert figures(report, RvoBlock.FLEET)["car_petrol"] == 1000


@pytest.mark.parametrize("block", ["commute", "sea"])
def test_other_blocks_have_no_files(hr, report, block):
    assert hr.get(address(report, "report_business_file_new", travel_block=block)).status_code == 404


def test_another_organisation_finds_nothing(client, report):
    business_import = applied(report, LEASE_READINGS)
    other = make_report(case="six_at_home", organisation=make_organisation())
    client.force_login(make_member(other.organisation))
    names = ("file", "file_layout", "file_columns", "file_apply", "file_remove", "file_cancel", "file_errors")
    for name in names:
        where = reverse(
            f"report_business_{name}",
            kwargs={"slug": other.organisation.slug, "code": other.code, "file": business_import.code},
        )
        for ask in (client.get, client.post):
            assert ask(where).status_code in (404, 405)
    assert figures(report, RvoBlock.FLEET)["car_petrol"] == 21_100


def test_a_reader_sees_figures_and_no_files(client, report):
    business_import = applied(report, LEASE_READINGS)
    client.force_login(make_member(report.organisation, role=MemberRole.READER))
    assert client.get(of_file(report, "report_business_file", business_import)).status_code == 403
    assert client.get(address(report, "report_cell", block="fleet", line="car_petrol")).status_code == 200
