"""Staff files in XLSX: sheets and their rows as text."""

import io
from collections.abc import Callable, Iterator
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
from surveys.domain.staff_file.text import text_of_value
from surveys.domain.staff_file.workbook_extent import check_workbook_extent

Row = list[str | None]
_Argument = TypeVar("_Argument")
_Result = TypeVar("_Result")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def is_workbook(content: bytes) -> bool:
    """Whether the bytes are some office file: a zip archive or an older compound file, whatever the name says."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06", _OLE))


def open_workbook(content: bytes) -> CalamineWorkbook:
    """Open an XLSX file.

    Raises StaffFileUnreadable: `encrypted`, `old_excel`, `unsupported_format`, `damaged`, `too_large`,
    `too_many_columns`, `not_a_table`.
    """
    if content.startswith(_OLE):
        is_encrypted = "EncryptedPackage".encode("utf-16-le") in content
        raise StaffFileUnreadable("encrypted" if is_encrypted else "old_excel")
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
    """Rows that hold anything, with the row number that Excel shows."""
    if sheet.start is None:
        return
    texts: dict[object, str | None] = {}
    for line, values in enumerate(sheet.iter_rows(), start=1):
        row: Row = [(value.strip() or None) if value.__class__ is str else _text(value, texts) for value in values]
        if row.count(None) != len(row):
            yield line, row


def _text(value: object, texts: dict[object, str | None]) -> str | None:
    """The text of a cell that is not text; numbers and dates come back in many rows and are remembered."""
    if value.__class__ is bool:
        return text_of_value(value)
    if value not in texts:
        texts[value] = text_of_value(value)
    return texts[value]


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
