"""Finds the row that names the columns, below titles, logos and blank rows."""

from collections.abc import Iterable, Sequence

from surveys.domain.staff_file.columns import column_for_header

ENOUGH_RECOGNISED = 2


def recognised_headers(cells: Sequence[str | None]) -> int:
    """How many different fields of a staff file these cells name."""
    return len({column.name for cell in cells if cell and (column := column_for_header(cell))})


def header_position(rows: Iterable[Sequence[str | None]]) -> int | None:
    """Index of the header row among the first rows of a file, None without any filled row.

    The row that names most known fields, two at least; else the first of the rows with most cells of text.
    """
    best: tuple[int, int] | None = None
    position: int | None = None
    for index, row in enumerate(rows):
        known = recognised_headers(row)
        texts = sum(1 for cell in row if cell and not cell.replace(".", "").replace(",", "").isdigit())
        score = (known if known >= ENOUGH_RECOGNISED else 0, texts)
        if best is None or score > best:
            best, position = score, index
    return position
