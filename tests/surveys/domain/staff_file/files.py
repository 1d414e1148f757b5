"""Staff files for tests, made as Excel and text editors make them."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence

import openpyxl

SHEET = "xl/worksheets/sheet1.xml"
MINIMAL = ("Personeelsnummer", "E-mail", "Vestiging")


def workbook(rows: Iterable[Sequence[object]], *, title: str = "Personeel") -> bytes:
    """An XLSX file of one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def edited(content: bytes, edit: Callable[[bytes], bytes], *, part: str = SHEET) -> bytes:
    """The workbook with one of its parts changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, edit(old.read(name)) if name == part else old.read(name))
    return buffer.getvalue()


def with_sheet_rows(xml: bytes) -> bytes:
    """A workbook whose sheet holds just these row tags."""
    start = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return edited(workbook([["x"]]), lambda _: start + xml + b"</sheetData></worksheet>")


def separated(rows: Iterable[Sequence[object]], *, separator: str = ";", encoding: str = "utf-8") -> bytes:
    """A CSV file as Excel writes it."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=separator).writerows(rows)
    return buffer.getvalue().encode(encoding)
