import csv
import io
from decimal import Decimal

from reporting.domain.rvo import FORM_CELLS
from reporting.exports.csv import report_csv
from tests.reporting.reports import make_exported_report, make_labels, make_matrix


def rows(**changes):
    content = report_csv(make_exported_report(**changes), labels=make_labels())
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_one_heading_and_a_row_per_cell_in_the_forms_order():
    found = rows()
    assert found[0] == [
        "KVK_NUMBER",
        "REPORTING_YEAR",
        "HEADCOUNT",
        "BLOCK",
        "BLOCK",
        "LINE",
        "LINE",
        "VALUE",
        "UNIT",
        "ORIGIN",
        "METHOD",
    ]
    assert [(row[3], row[5]) for row in found[1:]] == [
        (str(block.value), str(line.number)) for block, line in FORM_CELLS
    ]


def test_a_row_reads_like_the_form():
    found = rows()
    assert found[1] == [
        "12345678",
        "2025",
        "240",
        "1",
        "FLEET",
        "1",
        "CAR_PETROL",
        "1001",
        "km",
        "MANUAL",
        "ENTERED_TOTAL",
    ]
    assert found[33][4:] == [
        "EXPENSE_CLAIM",
        "11",
        "PUBLIC_TRANSPORT",
        "1234,50",
        "euro",
        "MANUAL",
        "ENTERED_TOTAL",
    ]
    assert found[34][7:] == ["362250", "km", "OBSERVED", "SURVEY_ONE_WEEK"]


def test_a_leading_zero_of_the_kvk_number_stays():
    assert rows(kvk_number="01234567")[1][0] == "01234567"


def test_an_undetermined_cell_is_empty_and_says_so():
    assert rows(matrix=make_matrix(manual=()))[1][7:] == ["", "km", "UNDETERMINED", "NONE"]


def test_the_values_are_the_matrix():
    values = [cell.value for cell in make_matrix().cells]
    read = [Decimal(row[7].replace(",", ".")) for row in rows()[1:]]
    assert read == values


def test_the_same_report_gives_the_same_bytes():
    report, labels = make_exported_report(), make_labels()
    assert report_csv(report, labels=labels) == report_csv(report, labels=labels)
