"""A business file on its way into the report: upload, columns with a check, or cancelling."""

import datetime
from collections.abc import Mapping
from dataclasses import asdict

from django.db import transaction

from reporting.domain.business_file.columns import AMOUNTS_OF, COLUMNS_OF
from reporting.domain.business_file.subjects import FileSubject
from reporting.enums import BusinessImportState
from reporting.models import BusinessImport, Report
from reporting.services.business_access import OPEN_STATES, open_business_file, record_file_event
from reporting.services.business_outcome import check_outcome
from reporting.services.business_reading import read_business_file
from reporting.services.report_access import draft_version, locked_report
from surveys.domain.staff_file import (
    MappingProblem,
    ReadOptions,
    Table,
    check_mapping,
    headers_of_mapping,
    read_table,
    suggest_mapping,
)
from surveys.domain.staff_file.text import shown
from wpm_platform.organisations.models import Organisation, User

KEPT_UNFINISHED = datetime.timedelta(days=7)
LONGEST_SAMPLE = 60
MISSING_AMOUNT = "missing_amount"


class ColumnsNotUsable(Exception):
    """The choice of columns cannot be used; `problems` says why."""

    def __init__(self, problems: tuple[MappingProblem, ...]) -> None:
        super().__init__(", ".join(f"{problem.code} {problem.field}" for problem in problems))
        self.problems = problems


def upload_business_file(
    *,
    organisation: Organisation,
    actor: User | None,
    now: datetime.datetime,
    report: Report,
    subject: FileSubject,
    filename: str,
    content: bytes,
) -> BusinessImport:
    """Take in a file: find its layout, headers and columns. Raises StaffFileUnreadable, ReportUnknown, ReportNotDraft.

    An earlier file of the same person about the same that was not applied is cancelled; anybody's after a week.
    """
    table = read_table(content, filename, columns=COLUMNS_OF[subject])
    with transaction.atomic():
        report = locked_report(organisation=organisation, report=report)
        draft_version(report)
        _cancel_unfinished(organisation=organisation, actor=actor, now=now, subject=subject)
        business_import = BusinessImport(
            organisation=organisation,
            legal_entity=report.legal_entity,
            reporting_year=report.reporting_year,
            block=subject.block.value,
            commute_method=subject.method or "",
            filename=shown(filename, length=200) or subject.value,
            content=content,
            headers=list(table.headers),
            layout=_layout(table),
            created_by=actor,
            created_at=now,
        )
        last = _last_applied(business_import)
        business_import.mapping = _suggested(business_import, last)
        if last is not None and _is_same_place(last, business_import) and last.headers == business_import.headers:
            business_import.replaces = last
        business_import.save()
        record_file_event(business_import, actor=actor, now=now, action="report.business_file_uploaded", report=report)
    return business_import


def choose_layout(
    *, organisation: Organisation, business_import: BusinessImport, options: ReadOptions
) -> BusinessImport:
    """Read the file in another way than was found; its columns are suggested anew.

    Raises StaffFileUnreadable, BusinessFileNotOpen.
    """
    with transaction.atomic():
        found = open_business_file(organisation=organisation, business_import=business_import)
        columns = COLUMNS_OF[found.subject]
        table = read_table(bytes(found.content or b""), found.filename, options, columns=columns)
        found.headers, found.layout = list(table.headers), _layout(table)
        found.mapping = _suggested(found, _last_applied(found))
        found.state, found.outcome, found.errors = BusinessImportState.UPLOADED, {}, []
        found.save()
    return found


def choose_columns(
    *,
    organisation: Organisation,
    business_import: BusinessImport,
    report: Report,
    mapping: Mapping[str, int],
    replaces: BusinessImport | None,
    today: datetime.date,
) -> BusinessImport:
    """Say which column holds what, and check every row; nothing of the report changes.

    replaces: the applied file of which this is the newer edition. Raises ColumnsNotUsable, StaffFileUnreadable,
    BusinessFileNotOpen.
    """
    with transaction.atomic():
        found = open_business_file(organisation=organisation, business_import=business_import)
        problems = check_mapping(mapping, found.headers, COLUMNS_OF[found.subject])
        amounts = AMOUNTS_OF[found.subject]
        if not any(name in mapping for name in amounts):
            problems += (MappingProblem(MISSING_AMOUNT, amounts[0]),)
        if problems:
            raise ColumnsNotUsable(problems)
        found.mapping = dict(mapping)
        found.replaces = replaces
        read = read_business_file(found, bytes(found.content or b""))
        found.state = BusinessImportState.CHECKED
        found.rows_total = read.rows
        found.errors = [asdict(error) for error in read.errors]
        found.outcome = check_outcome(found, read, report=report, today=today)
        found.save()
    return found


def cancel_business_file(
    *,
    organisation: Organisation,
    actor: User | None,
    now: datetime.datetime,
    report: Report,
    business_import: BusinessImport,
) -> BusinessImport:
    """Drop a file that was not applied. Raises BusinessFileNotOpen."""
    with transaction.atomic():
        found = open_business_file(organisation=organisation, business_import=business_import)
        _cancel(found)
        record_file_event(found, actor=actor, now=now, action="report.business_file_cancelled", report=report)
    return found


def _layout(table: Table) -> dict[str, object]:
    return {
        "kind": table.kind,
        "encoding": table.encoding,
        "separator": table.separator,
        "sheet": table.sheet,
        "sheets": list(table.sheets),
        "header_line": table.header_line,
        "last_line": table.last_line,
        "sample": [[line, [shown(cell, length=LONGEST_SAMPLE) for cell in row]] for line, row in table.sample],
    }


def _last_applied(business_import: BusinessImport) -> BusinessImport | None:
    found: BusinessImport | None = (
        BusinessImport.objects.filter(
            organisation=business_import.organisation_id,
            block=business_import.block,
            commute_method=business_import.commute_method,
            state=BusinessImportState.APPLIED,
        )
        .order_by("-applied_at")
        .first()
    )
    return found


def _is_same_place(first: BusinessImport, second: BusinessImport) -> bool:
    return first.legal_entity_id == second.legal_entity_id and first.reporting_year == second.reporting_year


def _suggested(business_import: BusinessImport, last: BusinessImport | None) -> dict[str, int]:
    """As the last applied file with the same headers had it, else by what the headers mean."""
    if last is not None and last.headers == business_import.headers:
        return dict(last.mapping)
    remembered = headers_of_mapping(last.mapping, last.headers) if last else {}
    columns = COLUMNS_OF[business_import.subject]
    return suggest_mapping(business_import.headers, remembered=remembered, columns=columns)


def _cancel_unfinished(
    *, organisation: Organisation, actor: User | None, now: datetime.datetime, subject: FileSubject
) -> None:
    unfinished = BusinessImport.objects.select_for_update(skip_locked=True).filter(
        organisation=organisation, state__in=OPEN_STATES
    )
    for earlier in unfinished.defer("content"):
        is_own = earlier.created_by_id == (actor.pk if actor else None) and earlier.subject is subject
        if is_own or earlier.created_at < now - KEPT_UNFINISHED:
            _cancel(earlier)


def _cancel(business_import: BusinessImport) -> None:
    business_import.state, business_import.content = BusinessImportState.CANCELLED, None
    business_import.errors, business_import.layout = [], {}
    business_import.save(update_fields=["state", "content", "errors", "layout"])
