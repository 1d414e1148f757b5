"""A stored version as the domain knows it: read back, never recomputed."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from reporting.domain.cell import Cell, CellOrigin, derivation_from_json
from reporting.domain.matrix import Matrix
from reporting.domain.parameter_reading import parameters_from
from reporting.domain.parameters import Parameters
from reporting.domain.report_inputs import ReportInputs, inputs_from_json
from reporting.domain.rvo import RvoBlock, RvoLine, Unit
from reporting.models import ReportCell, ReportSource, ReportVersion
from wpm_platform.scoping import Role, organisation_scope


def stored_matrix(version: ReportVersion) -> Matrix:
    """The 44 cells as they were stored with this version."""
    cells = ReportCell.objects.filter(organisation_id=version.organisation_id, version=version)
    return Matrix(cells=tuple(_cell(row) for row in cells))


def stored_matrices(*, organisation_id: int, versions: Iterable[ReportVersion]) -> dict[int, Matrix]:
    """The cells of several versions in one query, by the key of the version."""
    cells: dict[int, list[Cell]] = {}
    for row in ReportCell.objects.filter(organisation_id=organisation_id, version__in=list(versions)):
        cells.setdefault(row.version_id, []).append(_cell(row))
    return {version: Matrix(cells=tuple(found)) for version, found in cells.items()}


def stored_source_of(version: ReportVersion) -> tuple[ReportInputs, Parameters]:
    """What this version was computed from, and with which parameters, whatever the files say today."""
    with organisation_scope(version.organisation_id, role=Role.REPORTING):
        document = ReportSource.objects.values_list("document", flat=True).get(version=version.pk)
    return inputs_from_json(document["report"]), parameters_from(document["parameters"])


def stored_facts(version: ReportVersion) -> dict[str, Any] | None:
    """What was kept for the evidence when this version was frozen; None for a draft."""
    with organisation_scope(version.organisation_id, role=Role.REPORTING):
        document = ReportSource.objects.values_list("document", flat=True).get(version=version.pk)
    facts: dict[str, Any] | None = document.get("facts")
    return facts


def stored_card(version: ReportVersion) -> dict[str, Any] | None:
    """The model card of the estimate that this version states; None for the guidance's figures."""
    with organisation_scope(version.organisation_id, role=Role.REPORTING):
        document = ReportSource.objects.values_list("document", flat=True).get(version=version.pk)
    card: dict[str, Any] | None = document.get("model_card")
    return card


def _cell(row: ReportCell) -> Cell:
    value: int | Decimal | None = row.value
    if value is not None and row.unit == Unit.KILOMETRES:
        value = int(value)
    return Cell(
        block=RvoBlock(row.block),
        line=RvoLine(row.line),
        value=value,
        origin=CellOrigin(row.origin),
        derivation=derivation_from_json(row.derivation),
    )
