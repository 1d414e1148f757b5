"""Business files of one legal entity and year, and what they add up to."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from reporting.domain.business.fleet import FleetVehicle as Vehicle
from reporting.domain.business.fleet import fleet_classes
from reporting.domain.business.sums import BusinessInputs, SourceFile, TravelSum
from reporting.domain.business.travel import merged_travel
from reporting.domain.business.vehicles import LeftOut, VehicleKind
from reporting.domain.commute_method import CommuteMethod
from reporting.domain.rvo import Fuel, RvoBlock
from reporting.enums import BusinessImportState
from reporting.models import BusinessImport, FleetVehicle, Report, TravelTotal
from wpm_platform.organisations.models import LegalEntity, Organisation


def business_inputs(*, organisation: Organisation, legal_entity: LegalEntity, reporting_year: int) -> BusinessInputs:
    """What all applied files say, in three queries."""
    files = applied_files(organisation=organisation, legal_entity=legal_entity, reporting_year=reporting_year)
    return inputs_of(files, reporting_year=reporting_year)


def inputs_of(
    files: Iterable[BusinessImport],
    *,
    reporting_year: int,
    sources: Iterable[SourceFile] = (),
    vehicles: Iterable[Vehicle] = (),
    travel: Iterable[TravelSum] = (),
) -> BusinessInputs:
    """What these applied files say together, and with them what a file says that is not applied yet."""
    files = list(files)
    keys = [file.pk for file in files]
    stored = FleetVehicle.objects.filter(business_import__in=keys)
    totals = TravelTotal.objects.filter(business_import__in=keys).select_related("business_import")
    return BusinessInputs(
        files=(*(_source(file) for file in files), *sources),
        fleet=fleet_classes([*(_vehicle(row) for row in stored), *vehicles], year=reporting_year),
        travel=merged_travel([*(_travel(row) for row in totals.defer("business_import__content")), *travel]),
    )


def applied_files(
    *, organisation: Organisation, legal_entity: LegalEntity, reporting_year: int
) -> QuerySet[BusinessImport]:
    """Files about blocks 1 to 3 that count, without their bytes (which applied ones have not), the oldest first."""
    found: QuerySet[BusinessImport] = (
        _files(organisation=organisation)
        .filter(legal_entity=legal_entity, reporting_year=reporting_year, state=BusinessImportState.APPLIED)
        .exclude(block=RvoBlock.COMMUTE.value)
    )
    return found.order_by("block", "applied_at", "pk")


def applied_commute_files(
    *, organisation: Organisation, legal_entity: LegalEntity, reporting_year: int, method: CommuteMethod
) -> QuerySet[BusinessImport]:
    """Files about commuting by this method that count, the oldest first."""
    found: QuerySet[BusinessImport] = _files(organisation=organisation).filter(
        legal_entity=legal_entity,
        reporting_year=reporting_year,
        state=BusinessImportState.APPLIED,
        commute_method=method.value,
    )
    return found.order_by("applied_at", "pk")


def files_of_report(*, organisation: Organisation, report: Report) -> QuerySet[BusinessImport]:
    """All files of the report's legal entity and year but cancelled ones, the latest first."""
    found: QuerySet[BusinessImport] = (
        _files(organisation=organisation)
        .filter(legal_entity=report.legal_entity, reporting_year=report.reporting_year)
        .exclude(state=BusinessImportState.CANCELLED)
    )
    return found


def business_file_by_code(*, organisation: Organisation, report: Report, code: UUID) -> BusinessImport | None:
    """A file of this report without its bytes, or None."""
    return (
        _files(organisation=organisation)
        .filter(legal_entity=report.legal_entity, reporting_year=report.reporting_year, code=code)
        .first()
    )


def blocks_with_files(
    *, organisation: Organisation, legal_entity: LegalEntity, reporting_year: int
) -> frozenset[RvoBlock]:
    """Blocks whose figures come from files."""
    files = applied_files(organisation=organisation, legal_entity=legal_entity, reporting_year=reporting_year)
    return frozenset(RvoBlock(block) for block in files.values_list("block", flat=True))


def _files(*, organisation: Organisation) -> QuerySet[BusinessImport]:
    found: QuerySet[BusinessImport] = (
        BusinessImport.objects.filter(organisation=organisation)
        .select_related("organisation", "legal_entity", "created_by", "replaces")
        .defer("content", "created_by__password", "replaces__content")
    )
    return found


def _source(file: BusinessImport) -> SourceFile:
    return SourceFile(
        block=RvoBlock(file.block),
        name=file.filename,
        rows=file.rows_total,
        applied_on=file.applied_on,
    )


def _vehicle(row: FleetVehicle) -> Vehicle:
    return Vehicle(
        kind=VehicleKind(row.kind),
        fuel=Fuel(row.fuel),
        available_days=row.available_days,
        is_leased=row.is_leased,
        proves_private_limit=row.proves_private_limit,
        driven_km=row.driven_km,
        contract_km=row.contract_km,
        registered_km=row.registered_km,
        left_out=LeftOut(row.left_out) if row.left_out else None,
    )


def _travel(row: TravelTotal) -> TravelSum:
    return TravelSum(
        block=RvoBlock(row.business_import.block),
        kind=VehicleKind(row.kind),
        fuel=Fuel(row.fuel),
        left_out=LeftOut(row.left_out) if row.left_out else None,
        is_split=row.is_split,
        rows=row.rows,
        km=row.km,
        private_km=row.private_km,
        euro=row.euro,
        rows_without_amount=row.rows_without_amount,
    )
