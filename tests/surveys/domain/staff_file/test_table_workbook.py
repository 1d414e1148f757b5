import io
import zipfile
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.domain.staff_file import ReadOptions, StaffFileUnreadable, read_table
from surveys.domain.staff_file.text import NumberText
from tests.surveys.domain.staff_file.files import MINIMAL, edited, saved, workbook

ROW = ("0001", "a@voorbeeld.example", "Utrecht")


def code_of(content: bytes, options: ReadOptions | None = None) -> str:
    with pytest.raises(StaffFileUnreadable) as caught:
        read_table(content, "personeel.xlsx", options)
    return caught.value.code


def test_workbook_is_known_by_its_content() -> None:
    table = read_table(workbook([MINIMAL, ROW]), "personeel.csv")
    assert (table.kind, table.sheet, table.sheets) == ("xlsx", "Personeel", ("Personeel",))
    assert (table.encoding, table.separator) == (None, None)
    assert (table.headers, table.header_line, table.last_line) == (MINIMAL, 1, 2)
    assert list(table.rows()) == [(2, list(ROW))]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("000123", "000123"),
        (12, "12"),
        (12.5, "12.5"),
        (612345678, "612345678"),
        (1e15, "1000000000000000"),
        (date(2026, 3, 9), "2026-03-09"),
        (datetime.combine(date(2026, 3, 9), time(10, 5)), "2026-03-09T10:05:00"),
        (time(8, 30), "08:30"),
        (timedelta(hours=36, minutes=30), "36:30"),
        (True, "TRUE"),
        (False, "FALSE"),
        ("  ", None),
        (None, None),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_cells_become_text(value: object, text: str | None) -> None:
    book = openpyxl.Workbook()
    book.active.append([*MINIMAL, "Extra"])
    book.active.append([*ROW, value])
    if isinstance(value, timedelta):
        book.active["D2"].number_format = "[h]:mm"
    [(_, row)] = read_table(saved(book), "x.xlsx").rows()
    assert row[3] == text


def test_numbers_are_told_apart_from_text() -> None:
    [(_, row)] = read_table(workbook([MINIMAL, (12, "12", "x")]), "x.xlsx").rows()
    assert [type(cell) for cell in row] == [NumberText, str, str]


def test_formulas_give_the_value_that_excel_stored() -> None:
    content = workbook([MINIMAL, ("=1+1", "", "Utrecht")])
    assert next(read_table(content, "x.xlsx").rows())[1][0] is None
    content = edited(content, lambda xml: xml.replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>"))
    content = edited(content, lambda xml: xml.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>"))
    assert next(read_table(content, "x.xlsx").rows())[1][0] == "2"


def test_merged_titles_and_blank_rows_above_the_header() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A2"] = "Personeelslijst Voorbeeld Fietsfabriek"
    sheet.merge_cells("A2:C2")
    for column, (header, cell) in enumerate(zip(MINIMAL, ROW, strict=True), start=2):
        sheet.cell(5, column, header)
        sheet.cell(8, column, cell)
    table = read_table(saved(book), "x.xlsx")
    assert (table.header_line, table.headers) == (5, ("", *MINIMAL))
    assert list(table.rows()) == [(8, [None, *ROW])]


def test_trailing_rows_with_only_layout_or_spaces_are_dropped() -> None:
    book = openpyxl.Workbook()
    for row in (MINIMAL, ROW):
        book.active.append(row)
    book.active["A40"] = "   "
    book.active["B900"].font = openpyxl.styles.Font(bold=True)
    assert [line for line, _ in read_table(saved(book), "x.xlsx").rows()] == [2]


def two_sheets() -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Toelichting"
    book.active.append(["Lees", "dit", "eerst"])
    staff = book.create_sheet("Personeel")
    staff.append(MINIMAL)
    staff.append(ROW)
    hidden = book.create_sheet("Verborgen")
    hidden.append(MINIMAL)
    hidden.sheet_state = "hidden"
    return saved(book)


def test_the_sheet_with_known_headers_is_chosen() -> None:
    table = read_table(two_sheets(), "x.xlsx")
    assert (table.sheet, table.sheets) == ("Personeel", ("Toelichting", "Personeel"))


def test_another_sheet_and_header_can_be_chosen() -> None:
    options = ReadOptions(sheet="Personeel", header_line=1)
    assert read_table(two_sheets(), "x.xlsx", options).headers == MINIMAL
    assert code_of(two_sheets(), ReadOptions(sheet="Toelichting")) == "no_rows"
    assert code_of(two_sheets(), ReadOptions(sheet="Verborgen")) == "sheet_missing"
    assert code_of(two_sheets(), ReadOptions(header_line=7)) == "header_missing"


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (workbook([]), "empty"),
        (workbook([MINIMAL]), "no_rows"),
        (workbook([["een"], ["twee"]]), "not_a_table"),
        (OLE, "old_excel"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"PK\x03\x04", "damaged"),
        (b"PK\x03\x04 Personeelsnummer;E-mail\n", "damaged"),
        (workbook([MINIMAL, ROW])[:3000], "damaged"),
        (zipped({"foto.jpg": b"x"}), "not_a_table"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "unsupported_format"),
        (zipped({"xl/workbook.bin": b"x"}), "unsupported_format"),
        (zipped({"xl/workbook.xml": b"<workbook>"}), "damaged"),
        (edited(workbook([MINIMAL, ROW]), lambda xml: xml[:300]), "damaged"),
        (edited(workbook([MINIMAL, ROW]), lambda xml: b"", part="xl/workbook.xml"), "damaged"),
    ],
)
def test_files_that_cannot_be_read_say_why(content: bytes, code: str) -> None:
    assert code_of(content) == code


def test_an_encrypted_part_is_called_encrypted() -> None:
    content = bytearray(zipped({"xl/workbook.xml": b"x"}))
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    assert code_of(bytes(content)) == "encrypted"


CELLS = (
    st.none()
    | st.integers(-(10**14), 10**14)
    | st.booleans()
    | st.dates(date(1950, 1, 1), date(2100, 1, 1))
    | st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=20).filter(
        lambda text: not text.startswith(("=", "#")) and "_x" not in text
    )
)


def expected_text(value: object) -> str | None:
    if isinstance(value, bool):
        return str(value).upper()
    return value.isoformat() if isinstance(value, date) else None if value is None else str(value)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6))
def test_written_cells_come_back(rows: list[list[object]]) -> None:
    table = read_table(workbook([MINIMAL, *rows, ("slot",)]), "x.xlsx", ReadOptions(header_line=1))
    expected = [(line, [expected_text(cell) for cell in row]) for line, row in enumerate(rows, start=2)]
    assert list(table.rows())[:-1] == [(line, row) for line, row in expected if any(row)]
