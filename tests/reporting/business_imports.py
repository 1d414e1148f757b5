"""Business files on their way in, for tests."""

from typing import Any

from reporting.domain.business_file.subjects import FileSubject
from reporting.domain.rvo import RvoBlock
from reporting.models import BusinessImport, CommuteTotal, FleetVehicle, Report, ReportCell, TravelTotal
from reporting.services.business_apply import apply_business_file
from reporting.services.business_files import choose_columns, upload_business_file
from tests.factories import as_owner
from tests.reporting.business_file_examples import Example
from tests.reporting.report_rows import NOW, TODAY, in_scope


def uploaded(report: Report, example: Example, **changes: Any) -> BusinessImport:
    facts = {
        "subject": FileSubject[example.block.name],
        "filename": example.filename,
        "content": example.content,
        **changes,
    }
    with in_scope(report) as where:
        return upload_business_file(**where, **facts)


def checked(report: Report, example: Example, *, replaces: BusinessImport | None = None) -> BusinessImport:
    """Uploaded, with the suggested columns and those that HR chooses by hand, and checked."""
    business_import = uploaded(report, example)
    mapping = dict(business_import.mapping)
    for field, header in example.chosen.items():
        index = business_import.headers.index(header)
        mapping = {name: at for name, at in mapping.items() if at != index} | {field: index}
    with in_scope(report) as where:
        return choose_columns(
            organisation=where["organisation"],
            business_import=business_import,
            report=report,
            mapping=mapping,
            replaces=replaces or business_import.replaces,
            today=TODAY,
        )


def applied(report: Report, example: Example, **choices: Any) -> BusinessImport:
    business_import = checked(report, example, **choices)
    with in_scope(report) as where:
        apply_business_file(**where, business_import=business_import, skips_wrong_rows=True)
        return BusinessImport.objects.get(pk=business_import.pk)


def make_business_file(report: Report, **fields: Any) -> BusinessImport:
    """A file that was taken out again, with a vehicle and a total that no report reads: for tests that need a row."""
    facts = {"block": 1, "filename": "wagenpark.xlsx", "state": "removed", "created_at": NOW, **fields}
    with as_owner(report.organisation):
        found: BusinessImport = BusinessImport.objects.create(
            organisation=report.organisation,
            legal_entity=report.legal_entity,
            reporting_year=report.reporting_year,
            **facts,
        )
        where = {"organisation": report.organisation, "business_import": found}
        FleetVehicle.objects.create(**where, reference="0" * 32, kind="car", fuel="petrol", available_days=365)
        TravelTotal.objects.create(**where, kind="bicycle", is_split=True, rows=1)
        CommuteTotal.objects.create(**where, kind="bicycle", rows=1)
    return found


def figures(report: Report, block: RvoBlock) -> dict[str, Any]:
    """The block's cells: None for an empty one; 0 is left out."""
    with in_scope(report):
        cells = ReportCell.objects.filter(version__report=report, block=block.value)
        return {cell.line: cell.value for cell in cells if cell.value != 0}
