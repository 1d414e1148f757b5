"""Finds the row that names the columns, below titles, logos and blank rows."""

from collections.abc import Iterable, Sequence

from surveys.domain.staff_file.columns import STAFF_COLUMNS
from surveys.domain.staff_file.columns.column_set import ColumnSet

ENOUGH_RECOGNISED = 2


def recognised_headers(cells: Sequence[str | None], columns: ColumnSet = STAFF_COLUMNS) -> int:
    """How many different fields of the file these cells name."""
    return len({found[0].name for cell in cells if cell and (found := columns.matched(cell))})


def header_position(rows: Iterable[Sequence[str | None]], columns: ColumnSet = STAFF_COLUMNS) -> int | None:
    """Index of the header row among the first rows of a file, None without any filled row.

    The row that names most known fields, two at least; else the first of the rows with most cells of text.
    """
    best: tuple[int, int] | None = None
    position: int | None = None
    for index, row in enumerate(rows):
        known = recognised_headers(row, columns)
        texts = sum(1 for cell in row if cell and not cell.replace(".", "").replace(",", "").isdigit())
        score = (known if known >= ENOUGH_RECOGNISED else 0, texts)
        if best is None or score > best:
            best, position = score, index
    return position
