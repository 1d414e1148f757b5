"""The one writer of cells for every file that leaves the product: typed values, and text that stays text.

A spreadsheet runs text that begins like a formula. Names, departments and notes come from people, so in CSV such text
gets an apostrophe in front, and in XLSX it is stored as text with the same mark, which survives saving as CSV.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

FORMULA_STARTS = frozenset("=+-@|%")
# What XML 1.0 cannot hold; a workbook with one of these does not open.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MAXIMUM_TEXT = 32_767  # of one XLSX cell


@dataclass(frozen=True)
class Heading:
    """Text in bold where the format knows bold."""

    text: str


CellValue = str | int | Decimal | date | Heading | None


def is_formula_like(text: str) -> bool:
    """Would a spreadsheet take this text for a formula? Looks through blanks, unseen and full-width characters."""
    if text[:1] in {"\t", "\r", "\n"}:
        return True
    for character in unicodedata.normalize("NFKC", text):
        if not character.isspace() and unicodedata.category(character) not in {"Cc", "Cf"}:
            return character in FORMULA_STARTS
    return False


def csv_text(value: CellValue) -> str:
    """A value as Dutch readers and their spreadsheets read it: 1234,5 and 31-12-2025; text can never run."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, date):
        return value.strftime("%d-%m-%Y")
    text = UNWRITABLE.sub("", value.text if isinstance(value, Heading) else value)
    return f"'{text}" if is_formula_like(text) else text


def csv_bytes(rows: Iterable[Sequence[CellValue]]) -> bytes:
    """UTF-8 with a byte order mark, `;` between the fields, every field quoted: Dutch Excel opens it by a double
    click, and a reader with another separator still sees one field."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([csv_text(value) for value in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def xlsx_cell(sheet: WriteOnlyWorksheet, value: CellValue) -> WriteOnlyCell:
    """A typed cell: numbers as numbers, dates as dates, text as text whatever it begins with."""
    cell = WriteOnlyCell(sheet)
    if isinstance(value, int | Decimal):
        cell.value = value
        cell.number_format = "#,##0.00" if isinstance(value, Decimal) else "#,##0"
    elif isinstance(value, date):
        cell.value = value
        cell.number_format = "dd-mm-yyyy"
    elif value is not None:
        text = UNWRITABLE.sub("", value.text if isinstance(value, Heading) else value)[:MAXIMUM_TEXT]
        if not text:
            return cell
        cell.value = text
        cell.data_type = "s"  # openpyxl would make "=…" a formula
        cell.quotePrefix = is_formula_like(text)
        if isinstance(value, Heading):
            cell.font = Font(bold=True)
    return cell
