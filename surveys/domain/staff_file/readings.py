"""How the cells of one column become values, fast: a hundred thousand rows pass here."""

from collections.abc import Callable
from typing import Any

from surveys.domain.staff_file.columns import Column
from surveys.domain.staff_file.text import text_of_cell

Reading = Callable[[object], Any]
_MOST_REMEMBERED = 20_000


def reading_of(column: Column) -> Reading:
    """What turns a cell of the column, as the file has it, into its value. Raises CellError as `Column.parse`."""
    if column.is_repeated:
        return _Remembered(column.parse).__getitem__
    plain, parse = column.plain, column.parse

    def read(cell: object) -> object:
        value = plain(cell) if isinstance(cell, str) else None
        return parse(text_of_cell(cell)) if value is None else value

    return read


class _Remembered(dict[object, object]):
    """Cell → value. Keyed by the cell, not by its text: a number may mean something else than the same digits."""

    __slots__ = ("_parse",)

    def __init__(self, parse: Callable[[str | None], object]) -> None:
        self._parse = parse

    def __missing__(self, cell: object) -> object:
        value = self._parse(text_of_cell(cell))
        # 1 and TRUE, 0 and FALSE are the same key, but not the same text.
        if len(self) < _MOST_REMEMBERED and cell not in (0, 1):
            self[cell] = value
        return value
