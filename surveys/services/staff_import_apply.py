"""Applies a checked file as a difference: all of it in one transaction, or nothing."""

import datetime
from typing import Any
from uuid import UUID

from surveys.domain.calendar import local_date
from surveys.domain.weekdays import weekdays_of
from surveys.enums import ImportState
from surveys.models import StaffImport
from surveys.services.pattern_names import made_pattern_ids, pattern_ids
from surveys.services.staff_import_claim import claimed_import
from surveys.services.staff_import_comparison import comparison_for, site_ids
from surveys.services.staff_import_progress import report_progress
from surveys.services.staff_import_table import (
    Comparison,
    add_people,
    change_people,
    difference_counts,
    mark_leavers,
    rows_in_table,
    unpacked,
)
from surveys.services.staff_lock import lock_staff_list
from wpm_platform.organisations.models import Site
from wpm_platform.organisations.services.audit import record_event
from wpm_platform.queue import enqueue


def apply_staff_import(*, organisation_id: int, code: UUID, now: datetime.datetime) -> bool:
    """Apply an import that HR has confirmed. Returns whether there was one; call this outside any scope.

    The difference is computed anew against the staff list as it is now. People who are no longer in the file get
    `left_at`; mail that waits for them is withdrawn when it is about to leave. When a work pattern that the file names
    is no longer there, nothing is applied: the file is checked again, and says in which rows.
    """
    with claimed_import(
        organisation_id=organisation_id, code=code, state=ImportState.APPLYING, now=now
    ) as staff_import:
        if staff_import is None:
            return False
        lock_staff_list(staff_import.organisation)
        patterns = _patterns(staff_import, today=local_date(now))
        if patterns is None:
            _check_again(staff_import)
            return True
        with rows_in_table(unpacked(bytes(staff_import.checked_rows or b""))):
            sites, made = _sites(staff_import)
            comparison = comparison_for(staff_import, sites=sites, patterns=patterns)
            counts = difference_counts(comparison)
            _change(staff_import, comparison, counts=counts, now=now)
        _finish(staff_import, counts=counts, made=made, now=now)
    return True


def _sites(staff_import: StaffImport) -> tuple[dict[str, int], list[str]]:
    """Ids by the file's spelling, and the names of sites that were made for it."""
    organisation = staff_import.organisation
    names: list[str] = staff_import.outcome["sites"]
    known = site_ids(organisation=organisation, names=names)
    missing = sorted({name.casefold(): name for name in reversed(names) if name not in known}.values())
    Site.objects.bulk_create([Site(organisation=organisation, name=name) for name in missing], ignore_conflicts=True)
    return site_ids(organisation=organisation, names=names), missing


def _patterns(staff_import: StaffImport, *, today: datetime.date) -> dict[str, int] | None:
    """Ids by name; those of fixed days are made. None when one is gone since the check, or when that knew of none."""
    names: list[str] | None = staff_import.outcome.get("patterns")
    if names is None:
        return None
    known = pattern_ids(organisation=staff_import.organisation, names=names)
    if any(name not in known and weekdays_of(name) is None for name in names):
        return None
    return made_pattern_ids(organisation=staff_import.organisation, names=names, today=today)


def _check_again(staff_import: StaffImport) -> None:
    staff_import.state, staff_import.outcome = ImportState.CHECKING, {}
    staff_import.save(update_fields=["state", "outcome"])
    enqueue("surveys.check_staff_import", organisation_id=staff_import.organisation_id, code=str(staff_import.code))


def _change(
    staff_import: StaffImport, comparison: Comparison, *, counts: dict[str, int], now: datetime.datetime
) -> None:
    if comparison.marks_leavers:
        mark_leavers(comparison, now=now)
    change_people(comparison)
    report_progress(staff_import.code, done=staff_import.rows_total - counts["new"], total=staff_import.rows_total)
    add_people(comparison)


def _finish(staff_import: StaffImport, *, counts: dict[str, int], made: list[str], now: datetime.datetime) -> None:
    staff_import.state, staff_import.applied_at = ImportState.APPLIED, now
    staff_import.content = staff_import.checked_rows = None
    staff_import.layout = {name: value for name, value in staff_import.layout.items() if name != "sample"}
    staff_import.rows_done = staff_import.rows_total - staff_import.outcome["wrong_rows"]
    staff_import.outcome = staff_import.outcome | {"counts": counts, "sites": [], "new_sites": made[:20]}
    staff_import.outcome["new_sites_total"] = len(made)
    staff_import.save(
        update_fields=["state", "applied_at", "content", "checked_rows", "layout", "rows_done", "outcome"]
    )
    record_event(
        organisation=staff_import.organisation,
        actor=staff_import.created_by,
        action="staff_import.applied",
        now=now,
        subject=staff_import.filename[:80],
        detail=_detail(counts, wrong_rows=staff_import.outcome["wrong_rows"], sites_made=len(made)),
    )


def _detail(counts: dict[str, int], **more: int) -> dict[str, Any]:
    return {name: counts[name] for name in ("new", "changed", "rejoined", "unchanged", "left")} | more
