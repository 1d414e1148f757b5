"""Workbooks about staff: the list, the errors of a file, the example."""

import datetime
from collections.abc import Iterable, Iterator

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from surveys.domain.staff_file import COLUMN_BY_NAME, ExampleTable, RowError
from surveys.enums import ContractKind
from surveys.models import Employee
from surveys.staff_file_sentences import field_meanings, problem_sentence
from wpm_platform.spreadsheets import CellValue, Heading, Sheet, xlsx_bytes

Row = list[CellValue]
FIELDS = (
    *("staff_number", "name", "email", "language", "kvk_number", "site", "department", "function"),
    *("home_postcode", "monthly_hours", "contract_kind", "employed_from", "employed_until", "days_per_week"),
    *("work_pattern", "is_on_leave", "leave_until", "has_mobility_provision", "has_fixed_workplace"),
)


def staff_workbook(people: Iterable[Employee]) -> bytes:
    """The list with the headers that an import recognises, so that it can be corrected and sent in again."""
    return xlsx_bytes([Sheet(title=_("Staff"), rows=_staff_rows(people), widths=(16, 22, 32))])


def errors_workbook(errors: Iterable[RowError]) -> bytes:
    """Line, column, value and what to do, one error a row."""
    return xlsx_bytes([Sheet(title=_("Errors"), rows=_error_rows(errors), widths=(8, 24, 32, 80))])


def example_workbook(example: ExampleTable) -> bytes:
    """The filled-in example, with a second sheet that explains its columns."""
    rows: list[Row] = [[Heading(header) for header in example.headers], *(_cells(row) for row in example.rows)]
    explanation: list[Row] = [[Heading(_("Column")), Heading(_("What it is for"))]]
    explanation += [[label, meaning] for label, meaning in field_meanings()]
    return xlsx_bytes(
        [
            Sheet(title=_("Staff"), rows=rows, widths=(18, 40, 14) + (16,) * 15),
            Sheet(title=_("Explanation"), rows=explanation, widths=(32, 90)),
        ]
    )


def _staff_rows(people: Iterable[Employee]) -> Iterator[Row]:
    yield [Heading(_known_header(field)) for field in FIELDS]
    kinds = dict(ContractKind.choices)
    for person in people:
        yield [
            person.staff_number,
            person.name,
            person.email,
            person.language,
            person.legal_entity.kvk_number,
            person.site.name,
            person.department,
            person.function,
            person.home_postcode,
            person.monthly_hours,
            str(kinds.get(person.contract_kind, "")),
            person.employed_from,
            person.employed_until,
            person.days_per_week,
            person.work_pattern.name if person.work_pattern else "",
            _yes_or_no(person.is_on_leave),
            person.leave_until,
            _yes_or_no(person.has_mobility_provision),
            _yes_or_no(person.has_fixed_workplace),
        ]


def _known_header(field: str) -> str:
    """The name that an import recognises; Dutch stands first and English second."""
    header = COLUMN_BY_NAME[field].headers[0 if get_language() == "nl" else 1]
    return header[:1].upper() + header[1:]


def _error_rows(errors: Iterable[RowError]) -> Iterator[Row]:
    yield [Heading(_("Line")), Heading(_("Column")), Heading(_("Value")), Heading(_("What to do"))]
    for error in errors:
        yield [error.line, error.column, error.value, problem_sentence(code=error.code, detail=error.detail)]


def _cells(row: Iterable[object]) -> Row:
    """Each value as the type that a workbook has for it, else as text."""
    return [cell if cell is None or isinstance(cell, int | str | datetime.date) else str(cell) for cell in row]


def _yes_or_no(value: bool | None) -> str:  # noqa: FBT001  # a cell's value, not a switch
    if value is None:
        return ""
    return pgettext("in a table", "yes") if value else pgettext("in a table", "no")
