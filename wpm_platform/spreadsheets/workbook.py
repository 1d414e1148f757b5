"""XLSX bytes that depend on the content alone: the same sheets give the same file, byte for byte."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from wpm_platform.spreadsheets.cells import CellValue, xlsx_cell

FIXED_MOMENT = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP can hold
MAXIMUM_TITLE = 31
MOMENT_IN_PROPERTIES = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</)")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet; `widths` are the column widths in characters."""

    title: str
    rows: Iterable[Sequence[CellValue]]
    widths: tuple[int, ...] = ()


def xlsx_bytes(sheets: Sequence[Sheet]) -> bytes:
    """The workbook, written row by row so that memory does not grow with the number of rows."""
    workbook = Workbook(write_only=True)
    for sheet in sheets:
        page = workbook.create_sheet(_title(sheet.title))
        for number, width in enumerate(sheet.widths, start=1):
            page.column_dimensions[get_column_letter(number)].width = width
        for row in sheet.rows:
            page.append([xlsx_cell(page, value) for value in row])
    stream = io.BytesIO()
    workbook.save(stream)
    return _with_fixed_moments(stream.getvalue())


def _title(text: str) -> str:
    return re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", text)[:MAXIMUM_TITLE].strip(" '") or "1"


def _with_fixed_moments(content: bytes) -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = MOMENT_IN_PROPERTIES.sub(rb"\g<1>1980-01-01T00:00:00Z\g<3>", part)
            entry = zipfile.ZipInfo(name, date_time=FIXED_MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, part)
    return stream.getvalue()
