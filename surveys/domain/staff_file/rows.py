"""Rows of a table → people, or every error of the row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from surveys.domain.staff_file.columns import STAFF_COLUMNS
from surveys.domain.staff_file.errors import CellError, RowError
from surveys.domain.staff_file.readings import Reading
from surveys.domain.staff_file.records import cells_too_many, first_filled, mapped_columns, row_error, row_values
from surveys.domain.staff_file.staff_row import StaffRow
from surveys.domain.staff_file.table import Table
from surveys.domain.staff_file.workbook import Row


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
    return FileReading(table, mapping, mapped_columns(mapping, STAFF_COLUMNS))


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
    values, wrong = row_values(reading.columns, cells)
    staff_number = values.get("staff_number", "")
    if staff_number and (first := reading.first_lines.setdefault(staff_number, line)) != line:
        wrong.append((reading.mapping["staff_number"], CellError("duplicate_staff_number", detail=str(first))))
    if ends_before_start(values.get("employed_from"), values.get("employed_until")):
        wrong.append((reading.mapping["employed_until"], CellError("ends_before_start")))
    wrong += cells_too_many(reading.table, cells)
    if not wrong:
        return ParsedRow(line, _staff_row(values), (), staff_number)
    if first_filled(cells, 0) is None:
        return None
    errors = tuple(row_error(reading.table, line, cells, index, error) for index, error in wrong)
    return ParsedRow(line, None, errors, staff_number)


def ends_before_start(start: Any, until: Any) -> bool:
    return until is not None and start is not None and until < start


def hours(monthly: Any, weekly: Any) -> Any:
    """Hours a month go before hours a week."""
    return weekly if monthly is None else monthly


def implied_leave(until: Any) -> bool:
    """Whether somebody is on leave, where only its last day is stated."""
    return until is not None


def _staff_row(values: dict[str, Any]) -> StaffRow:
    if "leave_until" in values:
        values.setdefault("is_on_leave", implied_leave(values["leave_until"]))
    if "weekly_hours" in values:
        values["monthly_hours"] = hours(values.get("monthly_hours"), values.pop("weekly_hours"))
    return StaffRow(**values)
