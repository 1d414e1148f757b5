"""Workbooks about business files: the spreadsheet to fill in, and the errors of a file."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from reporting.domain.business_file.template import TemplateCell, TemplateTable
from wpm_platform.spreadsheets import CellValue, Heading, Sheet, xlsx_bytes


def template_workbook(
    table: TemplateTable, *, title: str, explanation: str, headings: Sequence[str], meanings: Iterable[tuple[str, str]]
) -> bytes:
    """The spreadsheet with its made-up rows, and a second sheet that tells what each column is for."""
    rows: list[list[CellValue]] = [[Heading(header) for header in table.headers]]
    rows += [[_cell(cell) for cell in row] for row in table.rows]
    told: list[list[CellValue]] = [[Heading(text) for text in headings]]
    told += [[header, meaning] for header, (_label, meaning) in zip(table.headers, meanings, strict=True)]
    return xlsx_bytes(
        [
            Sheet(title=title, rows=rows, widths=(20,) * len(table.headers)),
            Sheet(title=explanation, rows=told, widths=(36, 90)),
        ]
    )


def business_errors_workbook(rows: Iterable[Sequence[CellValue]], *, title: str, headings: Sequence[str]) -> bytes:
    """Line, column, value and what to do, one error a row."""
    all_rows = [[Heading(text) for text in headings], *rows]
    return xlsx_bytes([Sheet(title=title, rows=all_rows, widths=(8, 28, 32, 80))])


def _cell(cell: TemplateCell) -> CellValue:
    return Decimal(str(cell)) if isinstance(cell, float) else cell
