"""Reads a business file as one report can use it: sums or vehicles, and every row's errors."""

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from reporting.domain.business.sums import TravelSum
from reporting.domain.business.travel import TravelRow, travel_sums
from reporting.domain.business_file.columns import COLUMNS_OF
from reporting.domain.business_file.commute_file_rows import registration_row, rhythm_check, rhythm_row
from reporting.domain.business_file.rows import (
    FleetRow,
    RowCheck,
    fleet_row,
    no_problems,
    plain_reference,
    row_check,
    travel_row,
)
from reporting.domain.business_file.subjects import FileSubject
from reporting.domain.commute_rows import CommuteSum, RhythmStaff, registration_sums, rhythm_sums
from reporting.models import BusinessImport
from reporting.selectors.rhythm_staff import rhythm_staff
from surveys.domain.staff_file import ReadOptions, RowError, StaffFileUnreadable, Table, read_table
from surveys.domain.staff_file.records import Record, read_records

SHOWN_ERRORS = 200
MOST_ROWS = 100_000
"""Read while a person waits; more is refused."""


@dataclass(frozen=True, kw_only=True)
class ReadFile:
    """What a file says. `rows` counts the wrong ones too; `errors` are the first of `problems`."""

    rows: int
    wrong_rows: int
    problems: int
    errors: tuple[RowError, ...]
    vehicles: tuple[FleetRow, ...] = ()
    travel: tuple[TravelSum, ...] = ()
    commute: tuple[CommuteSum, ...] = ()


def read_business_table(business_import: BusinessImport, content: bytes) -> Table:
    """The table by the layout that was found at the upload. Raises StaffFileUnreadable."""
    layout = business_import.layout
    options = ReadOptions(
        encoding=layout.get("encoding"),
        separator=layout.get("separator"),
        sheet=layout.get("sheet"),
        header_line=layout.get("header_line"),
    )
    return read_table(content, business_import.filename, options, columns=columns_of(business_import))


def read_business_file(business_import: BusinessImport, content: bytes) -> ReadFile:
    """All rows at once. Raises StaffFileUnreadable, also for more rows than a person waits for."""
    staff: Mapping[str, RhythmStaff] = {}
    if business_import.subject is FileSubject.RHYTHMS:
        staff = rhythm_staff(business_import)
    reader = _Reader(business_import, staff=staff)
    good = reader.good_rows(read_business_table(business_import, content))
    year = business_import.reporting_year
    vehicles: tuple[FleetRow, ...] = ()
    travel: tuple[TravelSum, ...] = ()
    commute: tuple[CommuteSum, ...] = ()
    match business_import.subject:
        case FileSubject.FLEET:
            vehicles = tuple(fleet_row(values, reporting_year=year) for values in good)
        case FileSubject.RHYTHMS:
            commute = rhythm_sums((rhythm_row(values) for values in good), staff=staff)
        case FileSubject.COMMUTE_REGISTRATION:
            commute = registration_sums(registration_row(values) for values in good)
        case subject:
            rows: Iterator[TravelRow] = (travel_row(values, reporting_year=year) for values in good)
            travel = travel_sums(rows, block=subject.block)
    return ReadFile(
        rows=reader.rows,
        wrong_rows=reader.wrong_rows,
        problems=reader.problems,
        errors=tuple(reader.errors),
        vehicles=vehicles,
        travel=travel,
        commute=commute,
    )


def business_file_errors(business_import: BusinessImport) -> Iterator[RowError]:
    """All errors while the file is kept; the first ones, as they were stored, afterwards."""
    content = BusinessImport.objects.values_list("content", flat=True).get(
        organisation=business_import.organisation_id, pk=business_import.pk
    )
    if content is None:
        yield from (RowError(**error) for error in business_import.errors)
        return
    staff = rhythm_staff(business_import) if business_import.subject is FileSubject.RHYTHMS else {}
    for record in _records(business_import, read_business_table(business_import, bytes(content)), staff=staff):
        yield from record.errors


def columns_of(business_import: BusinessImport) -> Any:
    """The columns that a file about this may have."""
    return COLUMNS_OF[business_import.subject]


def hashed_reference(reference: str, *, organisation_id: int) -> str:
    """A plate or contract number as it is stored: recognisable in the next file, readable by nobody."""
    text = f"{organisation_id}:{plain_reference(reference)}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()[:32]


class _Reader:
    """Gives the good rows, and counts while they pass."""

    def __init__(self, business_import: BusinessImport, *, staff: Mapping[str, RhythmStaff]) -> None:
        self._import = business_import
        self._staff = staff
        self.rows = self.wrong_rows = self.problems = 0
        self.errors: list[RowError] = []

    def good_rows(self, table: Table) -> Iterator[Mapping[str, Any]]:
        for record in _records(self._import, table, staff=self._staff):
            self.rows += 1
            if self.rows > MOST_ROWS:
                raise StaffFileUnreadable("too_large", detail=str(MOST_ROWS))
            if record.values is not None:
                yield record.values
                continue
            self.wrong_rows += 1
            self.problems += len(record.errors)
            self.errors += record.errors[: max(0, SHOWN_ERRORS - len(self.errors))]


def _records(business_import: BusinessImport, table: Table, *, staff: Mapping[str, RhythmStaff]) -> Iterator[Record]:
    return read_records(
        table, business_import.mapping, columns_of(business_import), check=_check(business_import, staff=staff)
    )


def _check(business_import: BusinessImport, *, staff: Mapping[str, RhythmStaff]) -> RowCheck:
    subject = business_import.subject
    if subject is FileSubject.RHYTHMS:
        return rhythm_check(staff=staff)
    if subject is FileSubject.COMMUTE_REGISTRATION:
        return no_problems
    return row_check(block=subject.block, reporting_year=business_import.reporting_year)
