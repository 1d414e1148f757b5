"""What applied files about commuting add up to."""

from collections.abc import Iterable

from reporting.domain.business.vehicles import LeftOut, VehicleKind
from reporting.domain.commute_method import CommuteMethod, CommuteRegister, RegisterFile
from reporting.domain.commute_rows import CommuteSum, people_with_rhythm, register_sums
from reporting.domain.rvo import Fuel
from reporting.models import BusinessImport, CommuteTotal
from reporting.selectors.business import applied_commute_files
from wpm_platform.organisations.models import LegalEntity, Organisation


def commute_register(
    *, organisation: Organisation, legal_entity: LegalEntity, reporting_year: int, method: CommuteMethod
) -> CommuteRegister:
    """The register of one method, in two queries; empty for the survey, which has no files."""
    if method is CommuteMethod.SURVEY:
        return CommuteRegister()
    files = applied_commute_files(
        organisation=organisation, legal_entity=legal_entity, reporting_year=reporting_year, method=method
    )
    return register_of(files, method=method)


def register_of(
    files: Iterable[BusinessImport],
    *,
    method: CommuteMethod,
    sources: Iterable[RegisterFile] = (),
    sums: Iterable[CommuteSum] = (),
) -> CommuteRegister:
    """What these applied files say together, and with them what a file says that is not applied yet."""
    files = list(files)
    totals = CommuteTotal.objects.filter(business_import__in=[file.pk for file in files])
    found = [*(_sum(row) for row in totals), *sums]
    return CommuteRegister(
        sums=register_sums(found, method=method),
        with_rhythm=people_with_rhythm(found),
        files=(*(_source(file) for file in files), *sources),
    )


def _source(file: BusinessImport) -> RegisterFile:
    return RegisterFile(name=file.filename, rows=file.rows_total, applied_on=file.applied_on)


def _sum(row: CommuteTotal) -> CommuteSum:
    return CommuteSum(
        kind=VehicleKind(row.kind) if row.kind else None,
        fuel=Fuel(row.fuel),
        is_employer_provided=row.is_employer_provided,
        left_out=LeftOut(row.left_out) if row.left_out else None,
        rows=row.rows,
        people=row.people,
        amount=row.amount,
    )
