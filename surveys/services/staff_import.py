"""A staff file on its way in, as HR leads it: upload, layout, columns, confirmation, or cancelling."""

import datetime
from collections.abc import Mapping

from surveys.domain.staff_file import (
    COLUMNS,
    MappingProblem,
    ReadOptions,
    Table,
    check_mapping,
    headers_of_mapping,
    read_table,
    suggest_mapping,
)
from surveys.domain.staff_file.text import shown
from surveys.enums import ImportState
from surveys.models import StaffImport
from wpm_platform.organisations.models import LegalEntity, Organisation, User
from wpm_platform.organisations.services.audit import record_event
from wpm_platform.queue import enqueue

OPEN_STATES = (ImportState.UPLOADED, ImportState.CHECKED, ImportState.FAILED)
KEPT_UNFINISHED = datetime.timedelta(days=7)
LONGEST_SAMPLE = 60


class StaffImportNotOpen(Exception):
    """The import is being worked on, or was applied or cancelled: it cannot be changed any more."""


class MappingNotUsable(Exception):
    """The choice of columns cannot be used; `problems` says why."""

    def __init__(self, problems: tuple[MappingProblem, ...]) -> None:
        super().__init__(", ".join(f"{problem.code} {problem.field}" for problem in problems))
        self.problems = problems


class RowsWithErrors(Exception):
    """There are rows with errors, and nobody said that they may be skipped."""


class LegalEntityMissing(Exception):
    """The file names no KvK numbers and the organisation has several, or none."""


def upload_staff_file(
    *, organisation: Organisation, actor: User | None, filename: str, content: bytes, now: datetime.datetime
) -> StaffImport:
    """Take in a file: find its layout, headers and columns. Raises StaffFileUnreadable.

    An earlier file of the same person that was not confirmed is cancelled; anybody's after a week.
    """
    table = read_table(content, filename)
    _cancel_unfinished(organisation=organisation, actor=actor, now=now)
    staff_import = StaffImport(
        organisation=organisation,
        filename=shown(filename, length=200) or "staff",
        content=content,
        created_by=actor,
        created_at=now,
    )
    _describe(staff_import, table)
    staff_import.save()
    record_event(
        organisation=organisation,
        actor=actor,
        action="staff_import.uploaded",
        now=now,
        subject=staff_import.filename[:80],
        detail={"rows_at_most": table.last_line - table.header_line, "kind": table.kind},
    )
    return staff_import


def choose_layout(*, staff_import: StaffImport, options: ReadOptions) -> StaffImport:
    """Read the file in another way than was found. Raises StaffFileUnreadable or StaffImportNotOpen."""
    staff_import = _open(staff_import)
    _describe(staff_import, read_table(bytes(staff_import.content or b""), staff_import.filename, options))
    staff_import.state, staff_import.failure = ImportState.UPLOADED, ""
    staff_import.outcome, staff_import.errors, staff_import.checked_rows = {}, [], None
    staff_import.save()
    return staff_import


def choose_mapping(
    *,
    staff_import: StaffImport,
    mapping: Mapping[str, int],
    legal_entity: LegalEntity | None = None,
    marks_leavers: bool = True,
) -> StaffImport:
    """Say which column holds what, and have the file checked in the background.

    legal_entity: for rows that name no KvK number. marks_leavers: people who are not in the file have left.
    Names and birth years are dropped unless the organisation keeps them.
    Raises MappingNotUsable, LegalEntityMissing or StaffImportNotOpen.
    """
    staff_import = _open(staff_import)
    kept = storable_fields(staff_import.organisation)
    chosen = {field: index for field, index in mapping.items() if field in kept}
    problems = check_mapping(chosen, staff_import.headers)
    if problems:
        raise MappingNotUsable(problems)
    entities = LegalEntity.objects.filter(organisation=staff_import.organisation_id)
    if legal_entity is None and "kvk_number" not in chosen and entities.count() != 1:
        raise LegalEntityMissing
    staff_import.mapping = chosen
    staff_import.legal_entity = legal_entity
    staff_import.marks_leavers = marks_leavers
    staff_import.outcome, staff_import.errors, staff_import.checked_rows = {}, [], None
    staff_import.state, staff_import.failure = ImportState.CHECKING, ""
    staff_import.save()
    _enqueue("surveys.check_staff_import", staff_import)
    return staff_import


def confirm_staff_import(
    *, staff_import: StaffImport, actor: User | None, skips_wrong_rows: bool, now: datetime.datetime
) -> StaffImport:
    """Have a checked file applied in the background.

    skips_wrong_rows: apply the good rows although others have errors; people in those stay as they are.
    Raises RowsWithErrors or StaffImportNotOpen.
    """
    staff_import = _open(staff_import, states=(ImportState.CHECKED,))
    if staff_import.outcome["wrong_rows"] and not skips_wrong_rows:
        raise RowsWithErrors
    staff_import.state = ImportState.APPLYING
    staff_import.outcome = staff_import.outcome | {"attempts": 0}
    staff_import.created_by = actor or staff_import.created_by
    staff_import.save()
    record_event(
        organisation=staff_import.organisation,
        actor=actor,
        action="staff_import.confirmed",
        now=now,
        subject=staff_import.filename[:80],
        detail={"rows": staff_import.rows_total, "skipped_rows": staff_import.outcome["wrong_rows"]},
    )
    _enqueue("surveys.apply_staff_import", staff_import)
    return staff_import


def cancel_staff_import(*, staff_import: StaffImport, actor: User | None, now: datetime.datetime) -> StaffImport:
    """Drop the file; the staff list stays as it is. Raises StaffImportNotOpen."""
    staff_import = _open(staff_import)
    _drop(staff_import)
    record_event(
        organisation=staff_import.organisation,
        actor=actor,
        action="staff_import.cancelled",
        now=now,
        subject=staff_import.filename[:80],
    )
    return staff_import


def storable_fields(organisation: Organisation) -> frozenset[str]:
    """Fields of a staff file that this organisation keeps."""
    personal = {"name": organisation.stores_names, "birth_year": organisation.stores_birth_years}
    return frozenset(column.name for column in COLUMNS if personal.get(column.name, True))


def _describe(staff_import: StaffImport, table: Table) -> None:
    staff_import.headers = list(table.headers)
    staff_import.layout = {
        "kind": table.kind,
        "encoding": table.encoding,
        "separator": table.separator,
        "sheet": table.sheet,
        "sheets": list(table.sheets),
        "header_line": table.header_line,
        "last_line": table.last_line,
        "sample": [[line, [shown(cell, length=LONGEST_SAMPLE) for cell in row]] for line, row in table.sample],
    }
    staff_import.mapping = _suggested(staff_import)


def _suggested(staff_import: StaffImport) -> dict[str, int]:
    """As the last applied file with the same headers had it, else by what the headers mean."""
    organisation = staff_import.organisation
    last = (
        StaffImport.objects.filter(organisation=organisation, state=ImportState.APPLIED)
        .only("mapping", "headers")
        .order_by("-applied_at")
        .first()
    )
    kept = storable_fields(organisation)
    if last is not None and last.headers == staff_import.headers:
        return {field: index for field, index in last.mapping.items() if field in kept}
    remembered = headers_of_mapping(last.mapping, last.headers) if last else {}
    suggested = suggest_mapping(staff_import.headers, remembered=remembered, with_personal=True)
    return {field: index for field, index in suggested.items() if field in kept}


def _open(staff_import: StaffImport, *, states: tuple[ImportState, ...] = OPEN_STATES) -> StaffImport:
    """The import, locked, when it may still be changed. A worker's lock means that it may not."""
    locked = (
        StaffImport.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("organisation", "created_by")
        .defer("created_by__password")
        .filter(organisation=staff_import.organisation_id, pk=staff_import.pk, state__in=states)
        .first()
    )
    if locked is None:
        raise StaffImportNotOpen
    return locked


def _cancel_unfinished(*, organisation: Organisation, actor: User | None, now: datetime.datetime) -> None:
    unfinished = (
        StaffImport.objects.select_for_update(skip_locked=True)
        .filter(organisation=organisation, state__in=OPEN_STATES)
        .defer("content", "checked_rows")
    )
    for earlier in unfinished:
        if earlier.created_by_id == (actor.pk if actor else None) or earlier.created_at < now - KEPT_UNFINISHED:
            _drop(earlier)


def _drop(staff_import: StaffImport) -> None:
    staff_import.state = ImportState.CANCELLED
    staff_import.content = staff_import.checked_rows = None
    staff_import.errors, staff_import.layout = [], {}
    staff_import.save(update_fields=["state", "content", "checked_rows", "errors", "layout"])


def _enqueue(task: str, staff_import: StaffImport) -> None:
    enqueue(task, organisation_id=staff_import.organisation_id, code=str(staff_import.code))
