import openpyxl
import pytest

from surveys.domain.staff_file import StaffFileUnreadable, read_table, workbook_extent
from surveys.domain.staff_file.workbook_extent import check_workbook_extent
from tests.surveys.domain.staff_file.files import MINIMAL, edited, saved, with_sheet_rows, workbook

HEADER = b'<row r="1"><c r="A1" t="inlineStr"><is><t>Personeelsnummer</t></is></c></row>'


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (b'<row r="2"><c r="XFD2"><v>1</v></c></row>', "too_many_columns"),
        (b'<row r="2"><c r="ZZZZZZZZ2"><v>1</v></c></row>', "too_many_columns"),
        (b'<row r="2"><c s="1" r="XFD2"><v>1</v></c></row>', "too_many_columns"),
        (b"<row r='2'><c r='XFD2'><v>1</v></c></row>", "too_many_columns"),
        (b'<row r="2"><c r = "XFD2"><v>1</v></c></row>', "too_many_columns"),
        (b'<row r="2"><c\nr\t=\n"xfd2"><v>1</v></c></row>', "too_many_columns"),
        (b'<x:row r="2"><x:c r="XFD2"><x:v>1</x:v></x:c></x:row>', "too_many_columns"),
        (b'<row r="2"><c r="XFD2" s=">"><v>1</v></c></row>', "too_many_columns"),
        (b'<row r="2"><c r="XFD2" s="/>"><v>1</v></c></row>', "too_many_columns"),
        (b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>', "too_large"),
        (b'<row r="9"><c r="A99999999999999999999"><v>1</v></c></row>', "too_large"),
        (b'<row r="1048576"><c><v>1</v></c></row>', "too_large"),
        (b'<row r="1048575"/><row><c><v>1</v></c></row>', "too_large"),
        (b"<row r='1048576'><c s='1'><v>1</v></c></row>", "too_large"),
        (b"<row>" + b"<c><v>1</v></c>" * 501 + b"</row>", "too_many_columns"),
        (b"<row><c><v>1</v></c></row>" * 151_000, "too_large"),
        (b'<row r="60000"><c r="CZ60000"><v>1</v></c></row>', "too_large"),
        (b'<row r="2"><c r="A2"><v>' + b"1" * 25_000_000 + b"</v></c></row>", "too_large"),
    ],
)
def test_rectangles_that_take_too_much_memory_are_refused(row: bytes, code: str) -> None:
    with pytest.raises(StaffFileUnreadable) as caught:
        check_workbook_extent(with_sheet_rows(HEADER + row))
    assert caught.value.code == code


@pytest.mark.parametrize(
    "row",
    [
        b'<row r="1048576" ht="12.8"></row>',
        b'<row r="1048576"><c r="A1048576" s="1"/><c r="XFD1048576" s="1" /></row>',
        b'<row r="60000"><c r="Z60000"><v>1</v></c></row>',
        b'<row r="9000"><c r="CZ9000"><v>1</v></c></row>',
        b"<row><c><v>1</v></c><c><v>2</v></c></row>" * 9,
    ],
)
def test_layout_and_ordinary_rectangles_are_allowed(row: bytes) -> None:
    check_workbook_extent(with_sheet_rows(HEADER + row))


def test_layout_down_to_the_last_row_does_not_hide_the_people() -> None:
    book = openpyxl.Workbook()
    for row in (MINIMAL, ("0001", None, "Utrecht")):
        book.active.append(row)
    book.active["XFD1048576"].font = openpyxl.styles.Font(bold=True)
    assert [line for line, _ in read_table(saved(book), "x.xlsx").rows()] == [2]


@pytest.mark.parametrize("cell", [b'<c r="XFD1048576" s="1"/>', b'<c r="XFD1048576" s="1"></c>'])
def test_an_empty_cell_far_away_takes_no_memory(cell: bytes) -> None:
    check_workbook_extent(with_sheet_rows(HEADER + b'<row r="1048576">' + cell + b"</row>"))


def test_cells_without_a_place_are_read_in_order() -> None:
    xml = b"".join(
        b"<row>" + b"".join(b'<c t="inlineStr"><is><t>%s</t></is></c>' % cell.encode() for cell in row) + b"</row>"
        for row in (MINIMAL, ("0001", "a@voorbeeld.example", "Utrecht"))
    )
    table = read_table(with_sheet_rows(xml), "x.xlsx")
    assert list(table.rows()) == [(2, ["0001", "a@voorbeeld.example", "Utrecht"])]


def test_unpacked_size_counts_whatever_the_file_states(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_extent, "MAX_INFLATED_BYTES", 1_000_000)
    content = bytearray(edited(workbook([MINIMAL]), lambda xml: xml + b" " * 2_000_000, part="xl/styles.xml"))
    directory_entry = content.rindex(b"xl/styles.xml") - 46
    assert content[directory_entry : directory_entry + 4] == b"PK\x01\x02"
    content[directory_entry + 24 : directory_entry + 28] = (10).to_bytes(4, "little")
    with pytest.raises(StaffFileUnreadable) as caught:
        check_workbook_extent(bytes(content))
    assert caught.value.code == "too_large"


def test_an_archive_of_many_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_extent, "_MAX_PARTS", 3)
    with pytest.raises(StaffFileUnreadable) as caught:
        check_workbook_extent(workbook([MINIMAL]))
    assert caught.value.code == "too_large"


@pytest.mark.parametrize(("offset", "value", "code"), [(10, 12, "damaged"), (42, 7, "damaged")])
def test_parts_that_cannot_be_unpacked_are_damage(offset: int, value: int, code: str) -> None:
    """Another compression than a workbook has; a part that does not begin where the directory says."""
    content = bytearray(workbook([MINIMAL]))
    content[content.rindex(b"PK\x01\x02") + offset] = value
    with pytest.raises(StaffFileUnreadable) as caught:
        check_workbook_extent(bytes(content))
    assert caught.value.code == code
