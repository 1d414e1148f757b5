import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from wpm_platform.spreadsheets.cells import Heading, csv_bytes, csv_text, is_formula_like
from wpm_platform.spreadsheets.workbook import Sheet, xlsx_bytes

HOSTILE = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+31 6 12345678",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1",
    "\u00a0=1",
    "\ufeff=1",
    "\u200b=1",
    "\x00=1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff201",
    "%0A=1",
    "|cmd",
]
HARMLESS = ["", "Jansen", "a=b", "14 km", "'s-Hertogenbosch", "Österreich", "<script>", "1;2", 'say "hi"']


def read_csv(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def read_xlsx(content):
    return [list(row) for row in load_workbook(io.BytesIO(content)).active.iter_rows()]


def written(*values):
    return xlsx_bytes([Sheet(title="Sheet", rows=[values])])


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_spreadsheet_would_run_is_recognised(text):
    assert is_formula_like(text) is True


@pytest.mark.parametrize("text", HARMLESS)
def test_plain_text_is_left_alone(text):
    assert is_formula_like(text) is False
    assert csv_text(text) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_starts_with_an_apostrophe_in_csv(text):
    assert csv_text(text) == "'" + text.replace("\x00", "")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_quoted_text_in_xlsx(text):
    ((cell,),) = read_xlsx(written(text))
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


@pytest.mark.parametrize("text", [text for text in HARMLESS if text])
def test_plain_text_is_itself_in_xlsx(text):
    ((cell,),) = read_xlsx(written(text))
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", False)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (0, "0"),
        (-5, "-5"),
        (1234567, "1234567"),
        (Decimal("1234.50"), "1234,50"),
        (Decimal("1E+3"), "1000"),
        (date(2025, 12, 31), "31-12-2025"),
        (Heading("=total"), "'=total"),
        ("000123", "000123"),
    ],
)
def test_values_as_dutch_readers_write_them(value, text):
    assert csv_text(value) == text


def test_csv_starts_with_a_byte_order_mark_and_quotes_every_field():
    assert csv_bytes([["a;b", 1], ['"c"', None]]) == b'\xef\xbb\xbf"a;b";"1"\r\n"""c""";""\r\n'


def test_xlsx_keeps_types():
    row = read_xlsx(written(12, Decimal("1234.50"), date(2025, 1, 1), "000123", None, Heading("Total")))[0]
    assert [cell.value for cell in row[:2]] == [12, 1234.5]
    assert row[2].value.date() == date(2025, 1, 1)
    assert [cell.value for cell in row[3:]] == ["000123", None, "Total"]
    assert [cell.number_format for cell in row[:3]] == ["#,##0", "#,##0.00", "dd-mm-yyyy"]
    assert row[5].font.bold is True


def test_text_that_xml_cannot_hold_is_dropped_and_long_text_is_cut():
    row = read_xlsx(written("a\x0bb\ud800c", "x" * 40_000))[0]
    assert (row[0].value, len(row[1].value)) == ("abc", 32_767)


def test_the_same_rows_give_the_same_bytes():
    assert written("a", 1) == written("a", 1)


def test_titles_that_a_workbook_refuses_are_cleaned():
    content = xlsx_bytes([Sheet(title="a/b:[c]" + "x" * 40, rows=[]), Sheet(title="??", rows=[])])
    assert load_workbook(io.BytesIO(content)).sheetnames == ["a b  c " + "x" * 24, "1"]


def test_another_reader_sees_the_same_rows():
    content = xlsx_bytes([Sheet(title="Rows", rows=[["=1", "000123", 7]], widths=(5,) * 30)])
    assert CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python() == [
        ["=1", "000123", 7.0]
    ]


@settings(deadline=None)
@given(text=st.text(max_size=40))
def test_no_text_ever_breaks_a_csv_or_starts_like_a_formula(text):
    ((field,),) = read_csv(csv_bytes([[text]]))
    assert not is_formula_like(field)
    assert field.removeprefix("'") in {csv_text(text), csv_text(text).removeprefix("'")}


@settings(deadline=None)
@given(text=st.text(max_size=40))
def test_no_text_ever_breaks_a_workbook(text):
    first = read_xlsx(written(text, 1))[0][0]
    assert (first.value is None) or first.data_type == "s"
