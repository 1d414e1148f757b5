"""Computing the draft of a report and storing it with everything it follows from."""

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction

from reporting.domain.cell import Cell
from reporting.domain.matrix import Matrix, build_matrix
from reporting.domain.parameters import Parameters
from reporting.domain.report_inputs import ReportInputs, inputs_hash, inputs_to_json
from reporting.models import Report, ReportCell, ReportSource, ReportVersion
from reporting.selectors.estimated_lines import chosen_card
from reporting.selectors.evidence_facts import evidence_facts
from reporting.selectors.inputs import report_inputs
from reporting.selectors.parameters import parameters_of
from reporting.selectors.retention import retention_facts
from reporting.selectors.versions import stored_card, stored_source_of
from reporting.services.report_access import current_version, draft_version, locked_report
from wpm_platform import SOFTWARE_VERSION
from wpm_platform.organisations.models import Organisation, User
from wpm_platform.organisations.services.audit import record_event
from wpm_platform.scoping import Role, organisation_scope


def build_report(
    *, organisation: Organisation, actor: User | None, now: datetime.datetime, report: Report
) -> ReportVersion:
    """Compute the draft anew from staff, survey, entered totals and parameters as they are now.

    Doing it twice gives the same cells and hash. Raises `ReportUnknown`, and `ReportNotDraft` when the report is
    frozen or filed.
    """
    with transaction.atomic():
        report = locked_report(organisation=organisation, report=report)
        version = write_draft(organisation=organisation, report=report, now=now)
        record_event(
            organisation=organisation,
            actor=actor,
            action="report.built",
            now=now,
            subject=str(report.code),
            detail={"version": version.number, "inputs_hash": version.inputs_hash},
        )
    return version


def write_draft(*, organisation: Organisation, report: Report, now: datetime.datetime) -> ReportVersion:
    """The computed draft of a locked report: the one there is, or the next version. Raises `ReportNotDraft`."""
    version = draft_version(report)
    parameters = parameters_of(organisation=organisation, reporting_year=report.reporting_year)
    inputs = report_inputs(organisation=organisation, report=report, parameters=parameters)
    facts = {
        "inputs_hash": inputs_hash(inputs),
        "parameter_version": parameters.version,
        "software_version": SOFTWARE_VERSION,
        "built_at": now,
    }
    if version is None:
        version = _next_version(organisation=organisation, report=report, facts=facts)
    else:
        for name, value in facts.items():
            setattr(version, name, value)
        version.save(update_fields=list(facts))
    document = source_document(inputs, parameters)
    card = chosen_card(report, organisation=organisation)
    if card is not None:
        document["model_card"] = card
    _store_source(organisation=organisation, version=version, document=document)
    _store_cells(organisation=organisation, version=version, matrix=build_matrix(inputs, parameters))
    return version


def keep_facts(
    *, organisation: Organisation, report: Report, version: ReportVersion, warnings: Sequence[Mapping[str, Any]] = ()
) -> None:
    """Keep with a draft that is about to be frozen what its evidence tells beside the figures; warnings: what stood out
    of them, each with its answer."""
    inputs, parameters = stored_source_of(version)
    facts = evidence_facts(organisation=organisation, report=report, inputs=inputs, parameters=parameters)
    if facts["survey"] is not None and report.campaign is not None:
        facts["survey"] |= retention_facts(organisation=organisation, campaign=report.campaign)
    document = {**source_document(inputs, parameters), "facts": {**facts, "warnings": list(warnings)}}
    card = stored_card(version)
    if card is not None:
        document["model_card"] = card
    _store_source(organisation=organisation, version=version, document=document)


def source_document(inputs: ReportInputs, parameters: Parameters) -> dict[str, Any]:
    """What a version keeps: the inputs, and the parameters' document, so that it computes the same for good.

    With an estimate the model card is kept beside them; the inputs hold its hash.
    """
    return {"report": inputs_to_json(inputs), "parameters": dict(parameters.document)}


def cell_values(cell: Cell) -> dict[str, Any]:
    """A cell as it is stored."""
    return {
        "block": cell.block.value,
        "line": cell.line.value,
        "position": cell.line.number,
        "value": None if cell.value is None else Decimal(cell.value),
        "unit": cell.unit.value,
        "origin": cell.origin.value,
        "derivation": cell.derivation.to_json(),
    }


def _next_version(*, organisation: Organisation, report: Report, facts: dict[str, Any]) -> ReportVersion:
    last = current_version(report)
    number = 1 if last is None else last.number + 1
    version: ReportVersion = ReportVersion.objects.create(
        organisation=organisation, report=report, number=number, **facts
    )
    return version


def _store_source(*, organisation: Organisation, version: ReportVersion, document: dict[str, Any]) -> None:
    with organisation_scope(organisation, role=Role.REPORTING):
        ReportSource.objects.update_or_create(
            organisation=organisation, version=version, defaults={"document": document}
        )


def _store_cells(*, organisation: Organisation, version: ReportVersion, matrix: Matrix) -> None:
    ReportCell.objects.filter(organisation=organisation, version=version).delete()
    ReportCell.objects.bulk_create(
        ReportCell(organisation=organisation, version=version, **cell_values(cell)) for cell in matrix.cells
    )
