"""Rows of a table → people, or every error of the row."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from surveys.domain.staff_file.columns import COLUMNS
from surveys.domain.staff_file.errors import CellError, RowError
from surveys.domain.staff_file.limits import MAX_SHOWN_VALUE
from surveys.domain.staff_file.staff_row import StaffRow
from surveys.domain.staff_file.table import Table
from surveys.domain.staff_file.text import shown
from surveys.domain.staff_file.workbook import Row

_MOST_REMEMBERED = 20_000
_Step = tuple[int, str, Callable[[str | None], Any], dict[str | None, Any] | None]
_Wrong = tuple[int, CellError]


class ParsedRow(NamedTuple):
    """A row of the file: a person, or the errors why not.

    `staff_number` is known for most wrong rows as well: such a person is in the file and has not left.
    """

    line: int
    row: StaffRow | None
    errors: tuple[RowError, ...]
    staff_number: str


def parse_rows(table: Table, mapping: Mapping[str, int]) -> Iterator[ParsedRow]:
    """Read all rows one by one; `mapping` has passed `check_mapping`.

    A row has all its errors, not only the first. A staff number that was in the file before makes the later
    row an error that names the first line.
    """
    plan = _plan(mapping)
    first_lines: dict[str, int] = {}
    for line, cells in table.rows():
        values, wrong = _values(plan, cells)
        staff_number = values.get("staff_number", "")
        if staff_number and (first := first_lines.setdefault(staff_number, line)) != line:
            wrong.append((mapping["staff_number"], CellError("duplicate_staff_number", detail=str(first))))
        if _ends_before_start(values):
            wrong.append((mapping["employed_until"], CellError("ends_before_start")))
        if len(cells) > table.width and (extra := _first_filled(cells, table.width)) is not None:
            wrong.append((extra, CellError("too_many_cells", detail=str(table.width))))
        if wrong:
            errors = tuple(_row_error(table, line, cells, index, error) for index, error in wrong)
            yield ParsedRow(line, None, errors, staff_number)
        else:
            yield ParsedRow(line, _staff_row(values), (), staff_number)


def _plan(mapping: Mapping[str, int]) -> list[_Step]:
    """Index, field, reading and remembered values of each mapped column, in the order of the fields."""
    return [
        (mapping[column.name], column.name, column.parse, {} if column.is_repeated else None)
        for column in COLUMNS
        if column.name in mapping
    ]


def _values(plan: list[_Step], cells: Row) -> tuple[dict[str, Any], list[_Wrong]]:
    """The values of a row, and the cells that have none. A hundred thousand rows pass here: keep it short."""
    values: dict[str, Any] = {}
    wrong: list[_Wrong] = []
    count = len(cells)
    for index, field, parse, known in plan:
        text = cells[index] if index < count else None
        if known is not None and text in known:
            values[field] = known[text]
            continue
        try:
            value = values[field] = parse(text)
        except CellError as error:
            wrong.append((index, error))
            continue
        if known is not None and len(known) < _MOST_REMEMBERED:
            known[text] = value
    return values, wrong


def _ends_before_start(values: Mapping[str, Any]) -> bool:
    until, start = values.get("employed_until"), values.get("employed_from")
    return until is not None and start is not None and until < start


def _first_filled(cells: Row, start: int) -> int | None:
    """A cell past the last column: most likely a separator inside a text, which moved all cells after it."""
    return next((index for index in range(start, len(cells)) if cells[index]), None)


def _staff_row(values: dict[str, Any]) -> StaffRow:
    """Hours a month go before hours a week."""
    if "weekly_hours" in values:
        weekly = values.pop("weekly_hours")
        if values.get("monthly_hours") is None:
            values["monthly_hours"] = weekly
    return StaffRow(**values)


def _row_error(table: Table, line: int, cells: Row, index: int, error: CellError) -> RowError:
    text = cells[index] if index < len(cells) else None
    value = shown(text, length=MAX_SHOWN_VALUE)
    return RowError(line, table.label(index), error.code, value, error.detail)
