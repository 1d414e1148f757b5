"""Staff files: from bytes to people, with every error by line and column, and what they change in the staff list."""

from surveys.domain.staff_file.batches import StaffBatch, parse_batches
from surveys.domain.staff_file.columns import COLUMN_BY_NAME, COLUMNS
from surveys.domain.staff_file.columns.choices import LANGUAGES
from surveys.domain.staff_file.columns.column import Column
from surveys.domain.staff_file.difference import StaffChange, StaffDifference, difference
from surveys.domain.staff_file.errors import (
    FILE_CODES,
    MAPPING_CODES,
    ROW_CODES,
    MappingProblem,
    RowError,
    StaffFileUnreadable,
)
from surveys.domain.staff_file.example import ExampleTable, example_table
from surveys.domain.staff_file.mapping import (
    check_mapping,
    headers_of_mapping,
    stored_attributes,
    suggest_mapping,
)
from surveys.domain.staff_file.rows import ParsedRow, parse_rows
from surveys.domain.staff_file.separated import ENCODINGS, SEPARATORS
from surveys.domain.staff_file.staff_row import StaffRow
from surveys.domain.staff_file.table import ReadOptions, Table, read_table

__all__ = [
    "COLUMNS",
    "COLUMN_BY_NAME",
    "ENCODINGS",
    "FILE_CODES",
    "LANGUAGES",
    "MAPPING_CODES",
    "ROW_CODES",
    "SEPARATORS",
    "Column",
    "ExampleTable",
    "MappingProblem",
    "ParsedRow",
    "ReadOptions",
    "RowError",
    "StaffBatch",
    "StaffChange",
    "StaffDifference",
    "StaffFileUnreadable",
    "StaffRow",
    "Table",
    "check_mapping",
    "difference",
    "example_table",
    "headers_of_mapping",
    "parse_batches",
    "parse_rows",
    "read_table",
    "stored_attributes",
    "suggest_mapping",
]
