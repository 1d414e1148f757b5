"""Rows of a table → the values of their columns, or every error of the row; for any kind of file."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from surveys.domain.staff_file.columns.column_set import ColumnSet
from surveys.domain.staff_file.errors import CellError, RowError
from surveys.domain.staff_file.limits import MAX_SHOWN_VALUE
from surveys.domain.staff_file.readings import Reading, reading_of
from surveys.domain.staff_file.table import Table
from surveys.domain.staff_file.text import shown, text_of_cell
from surveys.domain.staff_file.workbook import Row

WrongCell = tuple[int, CellError]
MappedColumns = Sequence[tuple[str, int, Reading]]
RowCheck = Callable[[Mapping[str, Any]], Iterator[tuple[str, CellError]]]
"""What is wrong with the values of a row together: (field, error)."""


class Record(NamedTuple):
    """A row of the file: the values by field, or the errors why not."""

    line: int
    values: Mapping[str, Any] | None
    errors: tuple[RowError, ...]


def mapped_columns(mapping: Mapping[str, int], columns: ColumnSet) -> tuple[tuple[str, int, Reading], ...]:
    """Field, index and reading of each mapped column, in the order of the fields."""
    return tuple((c.name, mapping[c.name], reading_of(c)) for c in columns if c.name in mapping)


def read_records(table: Table, mapping: Mapping[str, int], columns: ColumnSet, *, check: RowCheck) -> Iterator[Record]:
    """All rows that hold anything, one by one; `mapping` has passed `check_mapping`.

    A row has all its errors, not only the first; `check` looks at the values that could be read, and adds nothing to a
    cell that could not.
    """
    mapped = mapped_columns(mapping, columns)
    for line, cells in table.cells():
        values, wrong = row_values(mapped, cells)
        unreadable = {index for index, _ in wrong}
        together = [(mapping.get(field, -1), error) for field, error in check(values)]
        wrong += [found for found in together if found[0] not in unreadable]
        wrong += cells_too_many(table, cells)
        if not wrong:
            if first_filled(cells, 0) is not None:
                yield Record(line, values, ())
        elif first_filled(cells, 0) is not None:
            yield Record(line, None, tuple(row_error(table, line, cells, index, error) for index, error in wrong))


def row_values(mapped: MappedColumns, cells: Row) -> tuple[dict[str, Any], list[WrongCell]]:
    """The values of a row, and the cells that have none."""
    values: dict[str, Any] = {}
    wrong: list[WrongCell] = []
    count = len(cells)
    for name, index, read in mapped:
        try:
            values[name] = read(cells[index] if index < count else "")
        except CellError as error:
            wrong.append((index, error))
    return values, wrong


def cells_too_many(table: Table, cells: Row) -> list[WrongCell]:
    """A cell past the last column: most likely a separator inside a text, which moved all cells after it."""
    if len(cells) > table.width and (extra := first_filled(cells, table.width)) is not None:
        return [(extra, CellError("too_many_cells", detail=str(table.width)))]
    return []


def first_filled(cells: Row, start: int) -> int | None:
    """The index of the first cell from `start` that holds anything."""
    return next((index for index in range(start, len(cells)) if text_of_cell(cells[index]) is not None), None)


def row_error(table: Table, line: int, cells: Row, index: int, error: CellError) -> RowError:
    """The error as it is stored and shown; index -1 for what belongs to no column of the file."""
    text = text_of_cell(cells[index]) if 0 <= index < len(cells) else None
    value = shown(text, length=MAX_SHOWN_VALUE)
    return RowError(line, table.label(index) if index >= 0 else "", error.code, value, error.detail)
