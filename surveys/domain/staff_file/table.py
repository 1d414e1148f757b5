"""A staff file as a table, with what was found out about it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import dropwhile, islice
from typing import Any

from python_calamine import CalamineSheet

from surveys.domain.staff_file.columns import STAFF_COLUMNS
from surveys.domain.staff_file.columns.column_set import ColumnSet
from surveys.domain.staff_file.errors import StaffFileUnreadable
from surveys.domain.staff_file.header_row import ENOUGH_RECOGNISED, header_position, recognised_headers
from surveys.domain.staff_file.limits import (
    HEADER_SEARCH_LINES,
    MAX_BYTES,
    MAX_HEADER_LENGTH,
    SAMPLE_ROWS,
)
from surveys.domain.staff_file.separated import (
    SEPARATORS,
    check_records,
    decoded,
    found_separator,
    record_rows,
    without_separator_line,
)
from surveys.domain.staff_file.text import column_letters, shown, text_of_cell
from surveys.domain.staff_file.workbook import (
    Row,
    is_workbook,
    open_sheet,
    open_workbook,
    sheet_rows,
    visible_sheets,
)

_SHEETS_LOOKED_AT = 10
TextRow = list[str | None]
Source = Callable[[], Iterable[tuple[int, Row]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What a person chose instead of what was found. `header_line` counts as Excel does, from 1."""

    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None
    header_line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A staff file that could be read.

    `kind` is "xlsx" or "csv"; `encoding` and `separator` belong to the second, `sheet` and `sheets` to the first.
    `headers` are the cells of `header_line`, "" where a column has none. `last_line` is the last line that may hold
    a row: for showing progress. `sample` are the first rows, with their line. `source` gives all rows of the file anew.
    """

    kind: str
    headers: tuple[str, ...]
    header_line: int
    last_line: int
    sample: tuple[tuple[int, tuple[str | None, ...]], ...]
    source: Source
    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """How many columns the header row has."""
        return len(self.headers)

    def cells(self) -> Iterator[tuple[int, Row]]:
        """Rows below the header with their line, as the file has them; some may hold nothing but spaces."""
        return dropwhile(lambda row: row[0] <= self.header_line, self.source())

    def rows(self) -> Iterator[tuple[int, TextRow]]:
        """Rows below the header that hold anything, as text, with their line; can be asked again."""
        return _filled(self.cells())

    def label(self, index: int) -> str:
        """How a person knows a column: its header, else its letter."""
        return (self.headers[index] if index < len(self.headers) else "") or column_letters(index)


def read_table(
    content: bytes,
    filename: str,
    options: ReadOptions | None = None,
    *,
    is_measured: bool = False,
    columns: ColumnSet = STAFF_COLUMNS,
) -> Table:
    """Read a file, XLSX or separated text, by its content; the name only tells the kind of an empty file.

    is_measured: the same bytes were read before, so that a workbook's extent need not be measured again. columns: what
    the file may have, by which its sheet and header row are found.

    Raises StaffFileUnreadable: `empty`, `too_large`, `too_many_columns`, `encrypted`, `old_excel`,
    `unsupported_format`, `damaged`, `not_a_table`, `no_rows`, `wrong_encoding`, `broken_quotes`, `sheet_missing`,
    `header_missing`.
    """
    options = options or ReadOptions()
    if not content.strip(b"\0\r\n\t \xef\xbb\xbf"):
        raise StaffFileUnreadable("empty", detail=filename)
    if len(content) > MAX_BYTES:
        raise StaffFileUnreadable("too_large", detail=f"{MAX_BYTES // 1024 // 1024} MB")
    if is_workbook(content):
        return _read_workbook(content, options, is_measured=is_measured, columns=columns)
    return _read_text(content, options, columns=columns)


def _read_workbook(content: bytes, options: ReadOptions, *, is_measured: bool, columns: ColumnSet) -> Table:
    with open_workbook(content, is_measured=is_measured) as workbook:
        names = visible_sheets(workbook)
        if options.sheet is not None and options.sheet not in names:
            raise StaffFileUnreadable("sheet_missing", detail=options.sheet)
        chosen: tuple[str, CalamineSheet] | None = None
        for name in (options.sheet,) if options.sheet is not None else names[:_SHEETS_LOOKED_AT]:
            sheet = open_sheet(workbook, name)
            top = [row for _, row in islice(_filled(sheet_rows(sheet)), HEADER_SEARCH_LINES)]
            if not top:
                continue
            chosen = chosen or (name, sheet)
            if max(recognised_headers(row, columns) for row in top) >= ENOUGH_RECOGNISED:
                chosen = (name, sheet)
                break
    if chosen is None:
        raise StaffFileUnreadable("empty")
    name, sheet = chosen
    return _table(
        kind="xlsx",
        source=partial(sheet_rows, sheet),
        last_line=sheet.end[0] + 1 if sheet.end else 0,
        options=options,
        columns=columns,
        sheet=name,
        sheets=names,
    )


def _read_text(content: bytes, options: ReadOptions, *, columns: ColumnSet) -> Table:
    if options.separator is not None and options.separator not in SEPARATORS:
        raise StaffFileUnreadable("not_a_table")
    text, encoding = decoded(content, encoding=options.encoding)
    text, stated = without_separator_line(text)
    separator = options.separator or stated or found_separator(text)
    last_line = check_records(text, separator)
    return _table(
        kind="csv",
        source=partial(record_rows, text, separator),
        last_line=last_line,
        options=options,
        columns=columns,
        encoding=encoding,
        separator=separator,
    )


def _table(*, source: Source, options: ReadOptions, columns: ColumnSet, **found: Any) -> Table:
    """The table from its header on. Raises StaffFileUnreadable when there is no header, no second column or no row."""
    if options.header_line is not None:
        header_line = options.header_line
        header = next((row for line, row in _filled(source()) if line == header_line), None)
        if header is None:
            raise StaffFileUnreadable("header_missing", detail=str(header_line))
    else:
        top = list(islice(_filled(source()), HEADER_SEARCH_LINES))
        position = header_position([row for _, row in top], columns)
        if position is None:
            raise StaffFileUnreadable("empty")
        header_line, header = top[position]
    headers = tuple(shown(" ".join((cell or "").split()), length=MAX_HEADER_LENGTH) for cell in header)
    table = Table(headers=headers, header_line=header_line, sample=(), source=source, **found)
    if len(headers) < 2:
        raise StaffFileUnreadable("not_a_table")
    sample = tuple((line, tuple(row)) for line, row in islice(table.rows(), SAMPLE_ROWS))
    if not sample:
        raise StaffFileUnreadable("no_rows")
    return replace(table, sample=sample)


def _filled(rows: Iterable[tuple[int, Row]]) -> Iterator[tuple[int, TextRow]]:
    """The rows as text, without those that hold nothing but spaces."""
    for line, cells in rows:
        row = [text_of_cell(cell) for cell in cells]
        if row.count(None) != len(row):
            yield line, row
