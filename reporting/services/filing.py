"""The report's way to the authority: frozen, filed, and where needed reopened as a new version."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.forms.models import model_to_dict
from django.utils.translation import gettext_lazy as _

from reporting.domain.matrix import build_matrix
from reporting.domain.report_inputs import inputs_hash
from reporting.enums import CellOrigin, ReportState
from reporting.models import Report, ReportCell, ReportVersion
from reporting.plausibility_sentences import warnings_kept
from reporting.selectors.inputs import report_inputs
from reporting.selectors.parameters import parameters_of
from reporting.selectors.versions import stored_source_of
from reporting.services.filing_route import FILING_ROUTE
from reporting.services.plausibility import answer_open_findings
from reporting.services.report_access import ReportNotDraft, current_version, locked_report
from reporting.services.report_versions import cell_values, keep_facts, write_draft
from wpm_platform.organisations.models import Organisation, User
from wpm_platform.organisations.services.audit import record_event
from wpm_platform.organisations.services.refusal import Refused


class ReportIncomplete(Refused):
    """Some cells have no figure yet. `cells` names them as (block, line, reason)."""

    sentence = _("Some cells have no figure yet. Fill them in, then freeze the report.")

    def __init__(self, cells: tuple[tuple[int, str, str], ...]) -> None:
        super().__init__(cells)
        self.cells = cells


class ReportOutdated(Refused):
    """Staff, survey, totals or parameters changed since the draft was computed."""

    sentence = _("Something changed since this draft was computed. Compute it again and look at the figures first.")


class ReportNotFrozen(Refused):
    """Only a frozen report can be filed."""

    sentence = _("Only a frozen report can be marked as filed.")


class ReportNotClosed(Refused):
    """A draft needs no reopening."""

    sentence = _("This report is open already.")


class FiledUnderAnotherReference(ReportNotFrozen):
    """The report was filed before; one filing has one reference."""

    sentence = _("This report is filed already, under another reference.")


class ReasonMissing(Refused):
    """Reopening needs a reason."""

    sentence = _("Say why the report is reopened.")


def freeze_report(
    *,
    organisation: Organisation,
    actor: User | None,
    now: datetime.datetime,
    report: Report,
    reasons: Mapping[str, str] | None = None,
) -> ReportVersion:
    """Fix the draft for good, after checking that it still follows from its inputs.

    reasons: answers to what stands out of it, by the finding's fingerprint; they are noted like any other answer.
    Raises `ReportIncomplete` with the open cells, `ReportOutdated` when a computation now would differ, `FindingsOpen`
    with what has no answer yet, `ReportNotDraft` (also the second time) and `ReportUnknown`.
    """
    with transaction.atomic():
        report = locked_report(organisation=organisation, report=report)
        version = current_version(report)
        if version is None or version.state != ReportState.DRAFT:
            raise ReportNotDraft
        _check_complete(version)
        _check_current(organisation=organisation, report=report, version=version)
        answered = answer_open_findings(
            organisation=organisation, actor=actor, now=now, report=report, version=version, reasons=reasons or {}
        )
        keep_facts(organisation=organisation, report=report, version=version, warnings=warnings_kept(answered))
        version.state = ReportState.FROZEN
        version.frozen_at, version.frozen_by = now, actor
        version.save(update_fields=["state", "frozen_at", "frozen_by"])
        _record(version, organisation=organisation, actor=actor, now=now, action="report.frozen", report=report)
    return version


def mark_filed(
    *,
    organisation: Organisation,
    actor: User | None,
    now: datetime.datetime,
    today: datetime.date,
    report: Report,
    filed_on: datetime.date,
    reference: str,
) -> ReportVersion:
    """Note that the frozen figures were handed in: the day, and the reference on RVO's receipt.

    The same reference again changes nothing and gives the same answer. Raises `FilingDateInFuture`,
    `FilingReferenceMissing`, `FiledUnderAnotherReference`, `ReportNotFrozen` and `ReportUnknown`.
    """
    receipt = FILING_ROUTE.receipt(filed_on=filed_on, reference=reference, today=today)
    with transaction.atomic():
        report = locked_report(organisation=organisation, report=report)
        version = current_version(report)
        if version is not None and version.state == ReportState.FILED:
            if version.filing_reference != receipt.reference:
                raise FiledUnderAnotherReference
            return version
        if version is None or version.state != ReportState.FROZEN:
            raise ReportNotFrozen
        version.state = ReportState.FILED
        version.filed_on, version.filing_reference, version.filed_by = receipt.filed_on, receipt.reference, actor
        version.save(update_fields=["state", "filed_on", "filing_reference", "filed_by"])
        _record(
            version,
            organisation=organisation,
            actor=actor,
            now=now,
            action="report.filed",
            report=report,
            filed_on=receipt.filed_on.isoformat(),
            reference=version.filing_reference,
        )
    return version


def reopen_report(
    *, organisation: Organisation, actor: User | None, now: datetime.datetime, report: Report, reason: str
) -> ReportVersion:
    """A new draft beside the frozen or filed version, which stays as it was.

    Raises `ReasonMissing`, `ReportNotClosed` for a draft (also the second time) and `ReportUnknown`.
    """
    if not reason.strip():
        raise ReasonMissing
    with transaction.atomic():
        report = locked_report(organisation=organisation, report=report)
        version = current_version(report)
        if version is None or version.state not in {ReportState.FROZEN, ReportState.FILED}:
            raise ReportNotClosed
        version.state = ReportState.REOPENED
        version.reopened_at, version.reopened_by, version.reopened_reason = now, actor, reason.strip()
        version.save(update_fields=["state", "reopened_at", "reopened_by", "reopened_reason"])
        draft = write_draft(organisation=organisation, report=report, now=now)
        _record(
            version,
            organisation=organisation,
            actor=actor,
            now=now,
            action="report.reopened",
            report=report,
            reason=version.reopened_reason,
            next_version=draft.number,
        )
    return draft


def _check_complete(version: ReportVersion) -> None:
    open_cells = version.cells.filter(organisation_id=version.organisation_id, origin=CellOrigin.UNDETERMINED)
    if open_cells:
        raise ReportIncomplete(
            tuple((cell.block, cell.line, cell.derivation["undetermined_reason"]) for cell in open_cells)
        )


def _check_current(*, organisation: Organisation, report: Report, version: ReportVersion) -> None:
    """The stored inputs are today's inputs, and the stored cells are what the stored inputs give."""
    parameters = parameters_of(organisation=organisation, reporting_year=report.reporting_year)
    now_inputs = report_inputs(organisation=organisation, report=report, parameters=parameters)
    if inputs_hash(now_inputs) != version.inputs_hash or not is_reproducible(version):
        raise ReportOutdated


def is_reproducible(version: ReportVersion) -> bool:
    """Whether the stored cells and hash follow, to the last figure, from the stored inputs and parameters."""
    inputs, parameters = stored_source_of(version)
    matrix = build_matrix(inputs, parameters)
    stored: list[dict[str, Any]] = [
        model_to_dict(cell, exclude=["id", "organisation", "version"])
        for cell in ReportCell.objects.filter(organisation_id=version.organisation_id, version=version)
    ]
    return inputs_hash(inputs) == version.inputs_hash and stored == [cell_values(cell) for cell in matrix.cells]


def _record(
    version: ReportVersion,
    *,
    organisation: Organisation,
    actor: User | None,
    now: datetime.datetime,
    action: str,
    report: Report,
    **detail: Any,
) -> None:
    record_event(
        organisation=organisation,
        actor=actor,
        action=action,
        now=now,
        subject=str(report.code),
        detail={"version": version.number, "inputs_hash": version.inputs_hash, **detail},
    )
