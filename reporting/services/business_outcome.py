"""What applying a checked file would do: the block's figures before and after, vehicles that are new or gone."""

import datetime
from collections import Counter
from dataclasses import replace
from typing import Any

from reporting.domain.business.fleet import FleetVehicle as Vehicle
from reporting.domain.business.sums import SourceFile
from reporting.domain.business.vehicles import left_out_kind
from reporting.domain.cell import Cell
from reporting.domain.matrix import Matrix, build_matrix
from reporting.domain.rvo import RvoBlock
from reporting.models import BusinessImport, BusinessTotal, FleetVehicle, Report
from reporting.selectors.business import applied_files, inputs_of
from reporting.selectors.inputs import report_inputs
from reporting.selectors.parameters import parameters_of
from reporting.services.business_reading import ReadFile, hashed_reference
from reporting.services.commute_outcome import commute_inputs, rhythm_coverage

_COMPARED = (
    *("kind", "fuel", "is_leased", "proves_private_limit", "available_days", "driven_km", "contract_km"),
    "registered_km",
)


def check_outcome(
    business_import: BusinessImport, read: ReadFile, *, report: Report, today: datetime.date
) -> dict[str, Any]:
    """JSON-ready, for the page of the checked file."""
    return {
        "wrong_rows": read.wrong_rows,
        "problems": read.problems,
        "lines": _lines(business_import, read, report=report, today=today),
        "left_out": _left_out(read),
        "vehicles": _vehicles(business_import, read),
        "totals_by_hand": _totals_by_hand(business_import),
        **rhythm_coverage(business_import, read),
    }


def _lines(
    business_import: BusinessImport, read: ReadFile, *, report: Report, today: datetime.date
) -> list[dict[str, Any]]:
    organisation = business_import.organisation
    block = RvoBlock(business_import.block)
    parameters = parameters_of(organisation=organisation, reporting_year=report.reporting_year)
    inputs = report_inputs(organisation=organisation, report=report, parameters=parameters)
    if business_import.subject.method is not None:
        after_inputs = commute_inputs(business_import, read, inputs=inputs, report=report, today=today)
        return _changes(build_matrix(inputs, parameters), build_matrix(after_inputs, parameters), block=block)
    others = applied_files(
        organisation=organisation, legal_entity=report.legal_entity, reporting_year=report.reporting_year
    ).exclude(pk=business_import.replaces_id or 0)
    source = SourceFile(block=block, name=business_import.filename, rows=read.rows, applied_on=today)
    business = inputs_of(
        others,
        reporting_year=report.reporting_year,
        sources=[source],
        vehicles=(row.vehicle for row in read.vehicles),
        travel=read.travel,
    )
    manual = tuple(total for total in inputs.manual if total.block is not block)
    before = build_matrix(inputs, parameters)
    after = build_matrix(replace(inputs, business=business, manual=manual), parameters)
    return _changes(before, after, block=block)


def _changes(before: Matrix, after: Matrix, *, block: RvoBlock) -> list[dict[str, Any]]:
    return [
        {
            "line": new.line.value,
            "before": _figure(old),
            "after": _figure(new),
            "reason": new.derivation.undetermined_reason.value if new.derivation.undetermined_reason else "",
        }
        for old, new in zip(before.block(block), after.block(block), strict=True)
    ]


def _figure(cell: Cell) -> str | None:
    return None if cell.value is None else str(cell.value)


def _left_out(read: ReadFile) -> list[dict[str, Any]]:
    """Rows that are recorded and not counted, per reason, most rows first."""
    rows: Counter[str] = Counter()
    for vehicle in (row.vehicle for row in read.vehicles):
        if reason := vehicle.left_out or left_out_kind(vehicle.kind):
            rows[reason.value] += 1
    for travel in read.travel:
        if travel.left_out is not None:
            rows[travel.left_out.value] += travel.rows
    for commute in read.commute:
        if commute.left_out is not None:
            rows[commute.left_out.value] += commute.rows
    return [{"reason": reason, "rows": count} for reason, count in rows.most_common()]


def _vehicles(business_import: BusinessImport, read: ReadFile) -> dict[str, int]:
    """The difference with the file that this one replaces, and vehicles that stand in another file as well."""
    if not read.vehicles:
        return {}
    key = business_import.organisation_id
    found = {hashed_reference(row.reference, organisation_id=key): row.vehicle for row in read.vehicles}
    before = {row.reference: row for row in FleetVehicle.objects.filter(business_import=business_import.replaces_id)}
    elsewhere = applied_files(
        organisation=business_import.organisation,
        legal_entity=business_import.legal_entity,
        reporting_year=business_import.reporting_year,
    ).exclude(pk=business_import.replaces_id or 0)
    same = found.keys() & before.keys()
    changed = sum(any(not _is_same(found[name], before[name], field) for field in _COMPARED) for name in same)
    return {
        "new": len(found.keys() - before.keys()),
        "changed": changed,
        "unchanged": len(same) - changed,
        "gone": len(before.keys() - found.keys()),
        "elsewhere": FleetVehicle.objects.filter(
            business_import__in=elsewhere.values("pk"), reference__in=list(found)
        ).count(),
    }


def _is_same(vehicle: Vehicle, stored: FleetVehicle, field: str) -> bool:
    return bool(getattr(vehicle, field) == getattr(stored, field))


def _totals_by_hand(business_import: BusinessImport) -> int:
    """Figures by hand in this block, which make way for the file; those for commuting stay."""
    if business_import.subject.method is not None:
        return 0
    totals = BusinessTotal.objects.filter(
        organisation=business_import.organisation,
        legal_entity=business_import.legal_entity,
        reporting_year=business_import.reporting_year,
        block=business_import.block,
    )
    return int(totals.count())
