"""Column by column is only a faster way to what `parse_rows` gives."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.domain.staff_file import (
    ParsedRow,
    StaffBatch,
    StaffRow,
    Table,
    parse_batches,
    parse_rows,
    read_table,
    suggest_mapping,
)
from tests.surveys.domain.staff_file.files import MINIMAL, separated, workbook

HEADERS = (
    *(*MINIMAL, "KvK-nummer", "Taal", "Postcode", "Uren per maand", "Uren per week", "In dienst", "Uit dienst"),
    *("Dagen per week", "Verlof", "Vervoersregeling", "Rooster", "Verlof tot"),
)
# Good cells, and of each column some that are wrong, blank or strange.
COLUMNS = (
    ["1", "1", "0002", 3, " 4 ", "A-5", "=6", None, 1234567890123456, 1, True],
    [
        "a@voorbeeld.example",
        "A.b@VOORBEELD.example",
        None,
        "x",
        "=a@b.nl",
        " c@d.nl ",
        "-",
        "an <an@voorbeeld.example>",
    ],
    ["Utrecht", " Utrecht  Oost", "Zwolle\\", None, "a\tb", "\x07", 0, 12.5],
    ["12345678", 1234567, "1234567", 12345678, None],
    ["nl", "Pools", "Klingon", None],
    ["1234 AB", "1234ab", "1234AB", "1234 SA", "1234", None],
    [100, "100", "veel", None],
    [40, "36,00", True, 1, 0, None, "38:30"],
    [date(2026, 3, 1), "2026-03-09", "9 maart 2026", 46090, "31-02-2026", None],
    [date(2026, 3, 5), "31-12-9999", None],
    [5, 4.5, "5", None, True, 1],
    [True, False, 1, 0, "ja", "nee", None],
    ["ja", 1, True, None, "misschien"],
    ["Ploeg A", " ma  di ", 12, None, "x" * 81],
    [date(2026, 3, 5), "31-12-9999", "31-02-2026", None],
)
ROWS = st.lists(
    st.one_of(
        st.tuples(*(st.sampled_from(cells) for cells in COLUMNS)),
        st.just((" ",)),
        st.tuples(st.integers(10, 30), *(st.just(cells[0]) for cells in COLUMNS[1:])),
    ),
    min_size=1,
    max_size=12,
)


def as_rows(batches: Sequence[StaffBatch]) -> list[ParsedRow]:
    """What the batches hold, row by row."""
    found: list[ParsedRow] = []
    for batch in batches:
        for index, line in enumerate(batch.lines):
            row = StaffRow(**{name: values[index] for name, values in batch.columns.items()})
            found.append(ParsedRow(line, row, (), row.staff_number))
        found += batch.wrong
    return sorted(found, key=lambda row: row.line)


def with_types(rows: Sequence[ParsedRow]) -> list[Any]:
    """1, 1.0 and True are equal: their types are compared as well."""
    return [
        (row, [type(getattr(row.row, name)) for name in StaffRow.__dataclass_fields__] if row.row else [])
        for row in rows
    ]


def mapping_of(table: Table) -> dict[str, int]:
    return suggest_mapping(table.headers)


@settings(max_examples=150, deadline=None)
@given(ROWS, st.booleans(), st.sampled_from([1, 2, 500]))
def test_batches_hold_what_the_rows_hold(rows: list[tuple[Any, ...]], is_workbook: bool, at_once: int) -> None:
    make = workbook if is_workbook else separated
    written = [[None if cell is not None and is_workbook and cell == "\x07" else cell for cell in row] for row in rows]
    table = read_table(make([HEADERS, ("9999", None, "Utrecht"), *written]), "x")
    mapping = mapping_of(table)
    batches = list(parse_batches(table, mapping, rows_at_once=at_once))
    assert with_types(as_rows(batches)) == with_types(list(parse_rows(table, mapping)))


def test_good_rows_are_columns_of_what_the_file_has() -> None:
    rows = [(*MINIMAL, "Uren per week"), ("1", "", "Utrecht", "0"), ("2", "", "Venlo")]
    table = read_table(separated(rows), "x.csv")
    [batch] = parse_batches(table, mapping_of(table))
    assert (list(batch.lines), list(batch.wrong)) == ([2, 3], [])
    assert set(batch.columns) == {"staff_number", "email", "site", "monthly_hours"}
    assert batch.columns["site"] == ["Utrecht", "Venlo"]


def test_a_file_of_spaces_below_its_first_row_has_one_person() -> None:
    table = read_table(separated([MINIMAL, ("1", "", "Utrecht"), (" ", " "), (" ", " ")]), "x.csv")
    batches = list(parse_batches(table, mapping_of(table), rows_at_once=1))
    assert [list(batch.lines) for batch in batches] == [[2], [], []]
    assert [row for batch in batches for row in batch.wrong] == []


@pytest.mark.parametrize("second", [2, 3, 5])
def test_a_staff_number_twice_is_found_across_batches(second: int) -> None:
    rows = [(str(number), "", "Utrecht") for number in range(6)]
    rows[second] = ("0", "", "Utrecht")
    table = read_table(separated([MINIMAL, *rows]), "x.csv")
    wrong = [row for batch in parse_batches(table, mapping_of(table), rows_at_once=2) for row in batch.wrong]
    assert [(row.line, row.errors[0].code, row.errors[0].detail) for row in wrong] == [
        (second + 2, "duplicate_staff_number", "2")
    ]
