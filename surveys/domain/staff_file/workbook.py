"""Staff files in XLSX: sheets and their rows as text."""

import io
from collections.abc import Iterator
from typing import Any

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
    numbers: dict[object, str | None] = {}
    for line, values in enumerate(sheet.iter_rows(), start=1):
        row: Row = []
        is_blank = True
        for value in values:
            text: str | None
            if value.__class__ is str:
                text = value.strip() or None  # type: ignore[union-attr]
            elif value.__class__ is bool:
                text = text_of_value(value)
            else:
                if value in numbers:
                    text = numbers[value]
                else:
                    text = numbers[value] = text_of_value(value)
            if text is not None:
                is_blank = False
            row.append(text)
        if not is_blank:
            yield line, row


def _guarded(read: Any, argument: Any) -> Any:
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
