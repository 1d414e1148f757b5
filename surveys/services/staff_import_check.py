"""The dry run: every row read and compared with the staff list; nothing of it is changed."""

import datetime
from dataclasses import asdict
from typing import Any
from uuid import UUID

from surveys.domain.staff_file import StaffFileUnreadable, Table, read_table
from surveys.enums import ImportState
from surveys.models import Employee, StaffImport
from surveys.services.pattern_names import pattern_ids, pattern_names
from surveys.services.staff_import_claim import claimed_import
from surveys.services.staff_import_comparison import comparison_for, employers_of, read_options, site_ids
from surveys.services.staff_import_progress import report_progress
from surveys.services.staff_import_rows import CheckedRows, check_rows, usable_batches
from surveys.services.staff_import_table import (
    Comparison,
    difference_counts,
    renumbered,
    rows_in_table,
)

SHOWN_NAMES = 20
NOT_MADE_YET = -1
REPORTED_ROWS = 5_000


def check_staff_import(*, organisation_id: int, code: UUID, now: datetime.datetime) -> bool:
    """Check an import that waits for it. Returns whether there was one; call this outside any scope.

    Afterwards it is checked, or failed when the file cannot be read after all.
    """
    with claimed_import(
        organisation_id=organisation_id, code=code, state=ImportState.CHECKING, now=now
    ) as staff_import:
        if staff_import is None:
            return False
        try:
            table = read_table(
                bytes(staff_import.content or b""),
                staff_import.filename,
                read_options(staff_import.layout),
                is_measured=True,
            )
        except StaffFileUnreadable as unreadable:
            staff_import.state, staff_import.failure = ImportState.FAILED, f"{unreadable.code} {unreadable.detail}"
            staff_import.save(update_fields=["state", "failure"])
            return True
        _check(staff_import, table)
        staff_import.state, staff_import.failure = ImportState.CHECKED, ""
        staff_import.save(update_fields=["state", "failure", "checked_rows", "errors", "rows_total", "outcome"])
    return True


def _check(staff_import: StaffImport, table: Table) -> None:
    def report(line: int) -> None:
        report_progress(staff_import.code, done=line - table.header_line, total=table.last_line - table.header_line)

    checked = CheckedRows()
    names = pattern_names(staff_import.organisation)
    batches = usable_batches(table, staff_import.mapping, employers_of(staff_import), names)
    with rows_in_table(check_rows(batches, checked, report=report)):
        staff_import.checked_rows = checked.copy_text
        staff_import.errors = [asdict(error) for error in checked.errors]
        staff_import.rows_total = checked.rows
        staff_import.outcome = staff_import.outcome | _outcome(staff_import, checked)


def _outcome(staff_import: StaffImport, checked: CheckedRows) -> dict[str, Any]:
    organisation = staff_import.organisation
    sites = site_ids(organisation=organisation, names=checked.sites)
    new_sites = list({name.casefold(): name for name in reversed(checked.sites) if name not in sites}.values())
    names = sorted(name for name in checked.patterns if name)
    patterns = pattern_ids(organisation=organisation, names=names)
    new_patterns = [name for name in names if name not in patterns]
    comparison = comparison_for(
        staff_import, sites=sites, patterns=patterns | dict.fromkeys(new_patterns, NOT_MADE_YET)
    )
    counts = difference_counts(comparison)
    return {
        "counts": counts,
        "wrong_rows": checked.wrong_rows,
        "problems": checked.problems,
        "sites": list(checked.sites),
        "new_sites": sorted(new_sites)[:SHOWN_NAMES],
        "new_sites_total": len(new_sites),
        "patterns": names,
        "new_patterns": new_patterns[:SHOWN_NAMES],
        "shared_addresses": checked.shared_addresses,
        "on_list": _on_list(comparison),
        **_renumbered(comparison, counts),
    }


def _on_list(comparison: Comparison) -> int:
    """How many people could leave by this file."""
    people = Employee.objects.filter(organisation=comparison.organisation_id, left_at__isnull=True)
    if comparison.entity_id is not None:
        people = people.filter(legal_entity=comparison.entity_id)
    return people.count()


def _renumbered(comparison: Comparison, counts: dict[str, int]) -> dict[str, Any]:
    pairs = renumbered(comparison) if counts["left"] and counts["new"] else []
    return {"renumbered": pairs[:SHOWN_NAMES], "renumbered_total": len(pairs)}
