"""Staff files in XLSX: sheets and their rows."""

import io
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from surveys.domain.staff_file.errors import StaffFileUnreadable
from surveys.domain.staff_file.workbook_extent import check_workbook_extent

Row = Sequence[object]
"""Cells as the reader gives them: text, numbers, dates, and "" where there is nothing."""
_Argument = TypeVar("_Argument")
_Result = TypeVar("_Result")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def is_workbook(content: bytes) -> bool:
    """Whether the bytes are some office file: a zip archive or an older compound file, whatever the name says."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06", _OLE))


def open_workbook(content: bytes, *, is_measured: bool) -> CalamineWorkbook:
    """Open an XLSX file. is_measured: its extent was checked before.

    Raises StaffFileUnreadable: `encrypted`, `old_excel`, `unsupported_format`, `damaged`, `too_large`,
    `too_many_columns`, `not_a_table`.
    """
    if content.startswith(_OLE):
        is_encrypted = "EncryptedPackage".encode("utf-16-le") in content
        raise StaffFileUnreadable("encrypted" if is_encrypted else "old_excel")
    if not is_measured:
        check_workbook_extent(content)
    return _guarded(CalamineWorkbook.from_filelike, io.BytesIO(content))


def visible_sheets(workbook: CalamineWorkbook) -> tuple[str, ...]:
    """Names of the sheets that a person sees in Excel, in order."""
    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    seen = [sheet for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
    return tuple(sheet.name for sheet in seen or sheets)


def open_sheet(workbook: CalamineWorkbook, name: str) -> CalamineSheet:
    """One sheet, read into memory."""
    return _guarded(workbook.get_sheet_by_name, name)


def sheet_rows(sheet: CalamineSheet) -> Iterator[tuple[int, Row]]:
    """Rows with a cell that is not empty, with the row number that Excel shows."""
    if sheet.start is None:
        return
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        # Most rows have their first cell filled: that is seen sooner than the empty ones are counted.
        if any(cells) or cells.count("") != len(cells):
            yield line, cells


def _guarded(read: Callable[[_Argument], _Result], argument: _Argument) -> _Result:
    """Call the reader; whatever it cannot cope with becomes one clear error.

    Its crashes on damaged files arrive as PanicException, which is no Exception and cannot be imported.
    """
    try:
        return read(argument)
    except PasswordError:
        raise StaffFileUnreadable("encrypted") from None
    except (CalamineError, OSError, ValueError, OverflowError, UnicodeError):
        raise StaffFileUnreadable("damaged") from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise StaffFileUnreadable("damaged") from None
