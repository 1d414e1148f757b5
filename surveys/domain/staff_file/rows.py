"""Rows of a table → people, or every error of the row."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from surveys.domain.staff_file.columns import COLUMN_BY_NAME, COLUMNS
from surveys.domain.staff_file.errors import CellError, RowError
from surveys.domain.staff_file.limits import MAX_SHOWN_VALUE
from surveys.domain.staff_file.staff_row import StaffRow
from surveys.domain.staff_file.table import Table
from surveys.domain.staff_file.text import shown

_MOST_REMEMBERED = 20_000
_UNSEEN: Any = object()


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

    A row has all its errors, not only the first. A staff number that was in the file before makes the later row an
    error that names the first line.
    """
    plan = [
        (mapping[column.name], column.name, column.parse, {} if column.is_repeated else None)
        for column in COLUMNS
        if column.name in mapping
    ]
    seen: list[tuple[int, str, Any, dict[str | None, Any] | None]] = plan
    first_lines: dict[str, int] = {}
    width = len(table.headers)
    for line, cells in table.rows():
        values: dict[str, Any] = {}
        errors: list[RowError] = []
        count = len(cells)
        for index, field, parse, known in seen:
            text = cells[index] if index < count else None
            if known is not None:
                value = known.get(text, _UNSEEN)
                if value is not _UNSEEN:
                    values[field] = value
                    continue
            try:
                value = values[field] = parse(text)
            except CellError as error:
                errors.append(_row_error(table, line, index, text, error))
                continue
            if known is not None and len(known) < _MOST_REMEMBERED:
                known[text] = value
        staff_number = values.get("staff_number", "")
        if staff_number:
            first = first_lines.setdefault(staff_number, line)
            if first != line:
                error = CellError("duplicate_staff_number", detail=str(first))
                errors.append(_row_error(table, line, mapping["staff_number"], staff_number, error))
        if count > width and any(cells[width:]):
            extra = next(text for text in cells[width:] if text)
            errors.append(
                _row_error(table, line, width, extra, CellError("too_many_cells", detail=str(width)))
            )
        until = values.get("employed_until")
        if until is not None and (start := values.get("employed_from")) is not None and until < start:
            index = mapping["employed_until"]
            errors.append(_row_error(table, line, index, cells[index], CellError("ends_before_start")))
        if errors:
            yield ParsedRow(line, None, tuple(errors), staff_number)
        else:
            yield ParsedRow(line, _staff_row(values), (), staff_number)


def _staff_row(values: dict[str, Any]) -> StaffRow:
    """Hours a month go before hours a week."""
    if "weekly_hours" in values:
        weekly = values.pop("weekly_hours")
        if values.get("monthly_hours") is None:
            values["monthly_hours"] = weekly
    return StaffRow(**values)


def _row_error(table: Table, line: int, index: int, text: str | None, error: CellError) -> RowError:
    value = shown(text, length=MAX_SHOWN_VALUE)
    return RowError(line, table.label(index), error.code, value, error.detail)
