"""Many rows at once, column by column: several times faster than row by row, with the same outcome."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, zip_longest
from typing import Any, NamedTuple

from surveys.domain.staff_file.errors import CellError
from surveys.domain.staff_file.mapping import stored_attributes
from surveys.domain.staff_file.rows import (
    FileReading,
    ParsedRow,
    ends_before_start,
    hours,
    implied_leave,
    parse_row,
    start_reading,
)
from surveys.domain.staff_file.table import Table
from surveys.domain.staff_file.workbook import Row

# Few enough for their cells to stay in the processor's cache: with 1 000 it takes half as long again.
_ROWS_AT_ONCE = 200
_Rows = Sequence[tuple[int, Row]]


class StaffBatch(NamedTuple):
    """Rows that follow each other in the file. The good ones as columns: attribute of StaffRow → a value for each of
    `lines`, for the attributes that the file has. The wrong ones row by row."""

    lines: Sequence[int]
    columns: Mapping[str, Sequence[Any]]
    wrong: Sequence[ParsedRow]


def parse_batches(
    table: Table, mapping: Mapping[str, int], *, rows_at_once: int = _ROWS_AT_ONCE
) -> Iterator[StaffBatch]:
    """The rows of `parse_rows`, good and wrong, in the order of the file."""
    reading = start_reading(table, mapping)
    cells = table.cells()
    while rows := list(islice(cells, rows_at_once)):
        yield _good_batch(reading, rows) or _any_batch(reading, rows)


def _good_batch(reading: FileReading, rows: _Rows) -> StaffBatch | None:
    """The rows when all are good, else None: then each needs a look of its own."""
    lines = [line for line, _ in rows]
    by_index = list(zip_longest(*(cells for _, cells in rows), fillvalue=""))
    width = reading.table.width
    if len(by_index) > width:
        return None
    by_index += [("",) * len(rows)] * (width - len(by_index))
    try:
        columns = {name: list(map(read, by_index[index])) for name, index, read in reading.columns}
    except CellError:
        return None
    numbers = columns["staff_number"]
    if len(set(numbers)) < len(numbers) or not reading.first_lines.keys().isdisjoint(numbers):
        return None
    if any(map(ends_before_start, columns.get("employed_from", ()), columns.get("employed_until", ()))):
        return None
    reading.first_lines.update(zip(numbers, lines, strict=True))
    if "leave_until" in columns and "is_on_leave" not in columns:
        columns["is_on_leave"] = list(map(implied_leave, columns["leave_until"]))
    if "weekly_hours" in columns:
        weekly = columns.pop("weekly_hours")
        columns["monthly_hours"] = list(map(hours, columns.get("monthly_hours", [None] * len(weekly)), weekly))
    return StaffBatch(lines, columns, ())


def _any_batch(reading: FileReading, rows: _Rows) -> StaffBatch:
    parsed = [found for line, cells in rows if (found := parse_row(reading, line, cells)) is not None]
    good = [(found.line, found.row) for found in parsed if found.row is not None]
    attributes = ("staff_number", *stored_attributes(reading.mapping))
    columns = {name: [getattr(row, name) for _, row in good] for name in attributes}
    return StaffBatch([line for line, _ in good], columns, [found for found in parsed if found.row is None])
