"""Files for spreadsheets: one writer for every table that leaves the product."""

from wpm_platform.spreadsheets.cells import CellValue, Heading, csv_bytes, csv_text, is_formula_like
from wpm_platform.spreadsheets.workbook import Sheet, xlsx_bytes

__all__ = ["CellValue", "Heading", "Sheet", "csv_bytes", "csv_text", "is_formula_like", "xlsx_bytes"]
