"""Whatever arrives is a table or a clear refusal, and each of its rows a person or errors."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.domain.staff_file import (
    COLUMNS,
    ENCODINGS,
    ReadOptions,
    StaffFileUnreadable,
    StaffRow,
    parse_rows,
    read_table,
)
from tests.surveys.domain.staff_file.files import MINIMAL, SHEET, edited, separated, workbook

WORKBOOK = workbook([MINIMAL, *((f"{n:04}", f"m{n}@voorbeeld.example", "Utrecht") for n in range(20))])
TEXT = separated([MINIMAL, *((f"{n:04}", f"m{n}@voorbeeld.example", "Utrecht") for n in range(20))])
OPTIONS = st.none() | st.builds(
    ReadOptions,
    encoding=st.none() | st.sampled_from([*ENCODINGS, "x"]),
    separator=st.none() | st.sampled_from(";,\t|x"),
    header_line=st.none() | st.integers(-2, 8),
    sheet=st.none() | st.sampled_from(["Personeel", "x"]),
)


def read(content: bytes, options: ReadOptions | None = None) -> None:
    try:
        table = read_table(content, "personeel.xlsx", options)
    except StaffFileUnreadable:
        return
    mapping = {column.name: index % table.width for index, column in enumerate(COLUMNS)}
    for line, row, errors, _ in parse_rows(table, mapping):
        assert line > table.header_line
        assert bool(errors) != isinstance(row, StaffRow)


@given(st.binary(max_size=400), OPTIONS)
def test_any_bytes(content: bytes, options: ReadOptions | None) -> None:
    read(content, options)


@given(st.text(max_size=200), st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]), OPTIONS)
def test_any_text(text: str, encoding: str, options: ReadOptions | None) -> None:
    read(text.encode(encoding, "replace"), options)


@given(st.text(alphabet='ab1;,\t|"\r\n=@ ', max_size=120), OPTIONS)
def test_any_separated_text(text: str, options: ReadOptions | None) -> None:
    read(b"Personeelsnummer;E-mail;Vestiging\n" + text.encode(), options)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(WORKBOOK) - 1), st.binary(min_size=1, max_size=8), st.booleans())
def test_damaged_workbooks(position: int, damage: bytes, is_cut: bool) -> None:
    read(WORKBOOK[:position] + damage + (b"" if is_cut else WORKBOOK[position + len(damage) :]))


KINDS = st.sampled_from(["s", "n", "b", "d", "e", "str", "inlineStr", "x"])
PARTS = ["xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"]
PLACES = st.sampled_from(['r="A5"', 'r="ZZ5"', 'r="A0"', 'r="5"', 'r=""', 'r="A"', "r='B5'", 'r="é5"', "", 't="s"'])


@settings(max_examples=200, deadline=None)
@given(
    st.integers(1, 21), PLACES, st.sampled_from(["s", "n", "b", "d", "e", "str", "inlineStr", "x"]), st.text(max_size=9)
)
def test_workbooks_with_strange_cells(line: int, place: str, kind: str, value: str) -> None:
    def strange(xml: bytes) -> bytes:
        start = xml.index(f'<c r="B{line}"'.encode())
        cell = f'<c {place} t="{kind}"><v>{value}</v></c>'.encode("utf-8", "replace")
        return xml[:start] + cell + xml[xml.index(b"</c>", start) + 4 :]

    read(edited(WORKBOOK, strange, part=SHEET))


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"]
)
@settings(max_examples=40, deadline=None)
@given(position=st.integers(0, 5000), damage=st.binary(min_size=1, max_size=6))
def test_workbooks_with_damaged_parts(part: str, position: int, damage: bytes) -> None:
    read(edited(WORKBOOK, lambda xml: xml[: position % len(xml)] + damage + xml[position % len(xml) :], part=part))


@settings(max_examples=60)
@given(st.integers(0, len(TEXT) - 1), st.binary(min_size=1, max_size=4))
def test_damaged_text(position: int, damage: bytes) -> None:
    read(TEXT[:position] + damage + TEXT[position:])
