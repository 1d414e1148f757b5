"""Rows of a table → people, or every error of the row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from surveys.domain.staff_file.columns import COLUMNS
from surveys.domain.staff_file.errors import CellError, RowError
from surveys.domain.staff_file.limits import MAX_SHOWN_VALUE
from surveys.domain.staff_file.readings import Reading, reading_of
from surveys.domain.staff_file.staff_row import StaffRow
from surveys.domain.staff_file.table import Table
from surveys.domain.staff_file.text import shown, text_of_cell
from surveys.domain.staff_file.workbook import Row

_Wrong = tuple[int, CellError]


class ParsedRow(NamedTuple):
    """A row of the file: a person, or the errors why not.

    `staff_number` is known for most wrong rows as well: such a person is in the file and has not left.
    """

    line: int
    row: StaffRow | None
    errors: tuple[RowError, ...]
    staff_number: str


@dataclass(frozen=True, slots=True)
class FileReading:
    """A file while it is read: which columns, and where each staff number stood first."""

    table: Table
    mapping: Mapping[str, int]
    columns: tuple[tuple[str, int, Reading], ...]
    first_lines: dict[str, int] = field(default_factory=dict)


def start_reading(table: Table, mapping: Mapping[str, int]) -> FileReading:
    """Field, index and reading of each mapped column, in the order of the fields."""
    mapped = (column for column in COLUMNS if column.name in mapping)
    return FileReading(table, mapping, tuple((c.name, mapping[c.name], reading_of(c)) for c in mapped))


def parse_rows(table: Table, mapping: Mapping[str, int]) -> Iterator[ParsedRow]:
    """Read all rows one by one; `mapping` has passed `check_mapping`.

    A row has all its errors, not only the first. A staff number that was in the file before makes the later
    row an error that names the first line.
    """
    reading = start_reading(table, mapping)
    for line, cells in table.cells():
        parsed = parse_row(reading, line, cells)
        if parsed is not None:
            yield parsed


def parse_row(reading: FileReading, line: int, cells: Row) -> ParsedRow | None:
    """The person or the errors of a row, None when it holds nothing but spaces."""
    values, wrong = _values(reading, cells)
    staff_number = values.get("staff_number", "")
    if staff_number and (first := reading.first_lines.setdefault(staff_number, line)) != line:
        wrong.append((reading.mapping["staff_number"], CellError("duplicate_staff_number", detail=str(first))))
    if ends_before_start(values.get("employed_from"), values.get("employed_until")):
        wrong.append((reading.mapping["employed_until"], CellError("ends_before_start")))
    width = reading.table.width
    if len(cells) > width and (extra := _first_filled(cells, width)) is not None:
        wrong.append((extra, CellError("too_many_cells", detail=str(width))))
    if not wrong:
        return ParsedRow(line, _staff_row(values), (), staff_number)
    if _first_filled(cells, 0) is None:
        return None
    errors = tuple(_row_error(reading.table, line, cells, index, error) for index, error in wrong)
    return ParsedRow(line, None, errors, staff_number)


def ends_before_start(start: Any, until: Any) -> bool:
    return until is not None and start is not None and until < start


def hours(monthly: Any, weekly: Any) -> Any:
    """Hours a month go before hours a week."""
    return weekly if monthly is None else monthly


def _values(reading: FileReading, cells: Row) -> tuple[dict[str, Any], list[_Wrong]]:
    """The values of a row, and the cells that have none."""
    values: dict[str, Any] = {}
    wrong: list[_Wrong] = []
    count = len(cells)
    for name, index, read in reading.columns:
        try:
            values[name] = read(cells[index] if index < count else "")
        except CellError as error:
            wrong.append((index, error))
    return values, wrong


def _first_filled(cells: Row, start: int) -> int | None:
    """A cell past the last column: most likely a separator inside a text, which moved all cells after it."""
    return next((index for index in range(start, len(cells)) if text_of_cell(cells[index]) is not None), None)


def _staff_row(values: dict[str, Any]) -> StaffRow:
    if "weekly_hours" in values:
        values["monthly_hours"] = hours(values.get("monthly_hours"), values.pop("weekly_hours"))
    return StaffRow(**values)


def _row_error(table: Table, line: int, cells: Row, index: int, error: CellError) -> RowError:
    text = text_of_cell(cells[index]) if index < len(cells) else None
    value = shown(text, length=MAX_SHOWN_VALUE)
    return RowError(line, table.label(index), error.code, value, error.detail)
