"""Figures entered by hand: business travel per line, and commuting where the survey gives no figure."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from reporting.domain.commute_method import CommuteMethod
from reporting.domain.report_inputs import ManualTotal, ManualTotalRejected
from reporting.domain.rvo import RvoBlock, RvoLine
from reporting.models import BusinessTotal, Report, ReportVersion
from reporting.selectors.business import blocks_with_files
from reporting.services.report_access import draft_version, locked_report
from reporting.services.report_versions import write_draft
from wpm_platform.organisations.models import Organisation, User
from wpm_platform.organisations.services.audit import record_event
from wpm_platform.organisations.services.refusal import Refused

BUSINESS_BLOCKS = (RvoBlock.FLEET, RvoBlock.MOBILITY_SERVICE, RvoBlock.EXPENSE_CLAIM)


def enter_business_totals(
    *,
    organisation: Organisation,
    actor: User | None,
    now: datetime.datetime,
    report: Report,
    totals: Sequence[ManualTotal],
) -> ReportVersion:
    """Keep these totals as all that is known of the blocks 1 to 3 that have no file, and compute the draft anew.

    A line without a total becomes "not entered". Saving the same again changes nothing; a block whose figures come
    from files stays as it is. Raises `ManualTotalRejected` for a total of another block or a line given twice,
    `ReportUnknown`, `ReportNotDraft`.
    """
    from_files = blocks_with_files(
        organisation=organisation, legal_entity=report.legal_entity, reporting_year=report.reporting_year
    )
    blocks = [block for block in BUSINESS_BLOCKS if block not in from_files]
    if any(total.block not in blocks for total in totals):
        raise ManualTotalRejected("Business travel without a file has other blocks than this.")
    return _enter(
        organisation=organisation,
        actor=actor,
        now=now,
        report=report,
        totals=totals,
        cells=[(block, line) for block in blocks for line in RvoLine],
        action="report.business_totals_entered",
    )


def enter_commute_total(
    *,
    organisation: Organisation,
    actor: User | None,
    now: datetime.datetime,
    report: Report,
    line: RvoLine,
    kilometres: int | None,
    reason: str,
) -> ReportVersion:
    """Replace one commuting figure by hand, with the reason; None takes the figure by hand away again.

    The computed figure stays readable beside it. Raises `ManualTotalRejected` without a reason, `ReportUnknown`,
    `ReportNotDraft`.
    """
    totals = []
    if kilometres is not None:
        totals.append(ManualTotal(block=RvoBlock.COMMUTE, line=line, value=kilometres, note=reason.strip()))
    return _enter(
        organisation=organisation,
        actor=actor,
        now=now,
        report=report,
        totals=totals,
        cells=[(RvoBlock.COMMUTE, line)],
        action="report.commute_total_entered",
    )


class NotByRegistration(Refused):
    """Totals of a trip registration, for a report that uses another method."""

    sentence = _("Choose trip registration as the method first. Methods are never mixed silently.")


def enter_registration_totals(
    *,
    organisation: Organisation,
    actor: User | None,
    now: datetime.datetime,
    report: Report,
    kilometres: Mapping[RvoLine, int],
    origin: str,
) -> ReportVersion:
    """The yearly totals of a trip registration, typed for all lines at once; `origin` says where they come from.

    They take the place of what a file gave. Raises `NotByRegistration` where the report uses another method,
    `ManualTotalRejected` without an origin or a line, `ReportUnknown`, `ReportNotDraft`.
    """
    current = _current_method(organisation=organisation, report=report)
    if current is not CommuteMethod.TRIP_REGISTRATION:
        raise NotByRegistration
    if set(kilometres) != set(RvoLine):
        raise ManualTotalRejected("A trip registration has a total for every line; 0 is one.")
    return _enter(
        organisation=organisation,
        actor=actor,
        now=now,
        report=report,
        totals=[
            ManualTotal(block=RvoBlock.COMMUTE, line=line, value=value, note=origin.strip())
            for line, value in kilometres.items()
        ],
        cells=[(RvoBlock.COMMUTE, line) for line in RvoLine],
        action="report.commute_total_entered",
    )


def _current_method(*, organisation: Organisation, report: Report) -> CommuteMethod:
    """The method of the report as it is now."""
    stored = Report.objects.filter(organisation=organisation, pk=report.pk).values_list("commute_method", flat=True)
    return CommuteMethod(stored.first() or CommuteMethod.SURVEY)


def enter_business_cell(
    *,
    organisation: Organisation,
    actor: User | None,
    now: datetime.datetime,
    report: Report,
    block: RvoBlock,
    line: RvoLine,
    value: int | Decimal | None,
    reason: str,
) -> ReportVersion:
    """Replace one figure that files gave by hand, with the reason; None takes the figure by hand away again.

    The computed figure stays readable beside it. Raises `ManualTotalRejected` without a reason and for a block without
    a file, `ReportUnknown`, `ReportNotDraft`.
    """
    from_files = blocks_with_files(
        organisation=organisation, legal_entity=report.legal_entity, reporting_year=report.reporting_year
    )
    if block not in from_files or (value is not None and not reason.strip()):
        raise ManualTotalRejected("A figure that replaces a computed one needs a reason.")
    totals = [] if value is None else [ManualTotal(block=block, line=line, value=value, note=reason.strip())]
    return _enter(
        organisation=organisation,
        actor=actor,
        now=now,
        report=report,
        totals=totals,
        cells=[(block, line)],
        action="report.business_totals_entered",
    )


def _enter(
    *,
    organisation: Organisation,
    actor: User | None,
    now: datetime.datetime,
    report: Report,
    totals: Sequence[ManualTotal],
    cells: Iterable[tuple[RvoBlock, RvoLine]],
    action: str,
) -> ReportVersion:
    wanted = {(total.block, total.line): total for total in totals}
    if len(wanted) != len(totals):
        raise ManualTotalRejected("A cell was entered twice.")
    with transaction.atomic():
        report = locked_report(organisation=organisation, report=report)
        draft_version(report)
        changed = _write_totals(
            organisation=organisation,
            actor=actor,
            now=now,
            report=report,
            wanted=wanted,
            cells=frozenset(cells),
        )
        version = write_draft(organisation=organisation, report=report, now=now)
        record_event(
            organisation=organisation,
            actor=actor,
            action=action,
            now=now,
            subject=str(report.code),
            detail={"cells_changed": changed, "version": version.number, "inputs_hash": version.inputs_hash},
        )
    return version


def _write_totals(
    *,
    organisation: Organisation,
    actor: User | None,
    now: datetime.datetime,
    report: Report,
    wanted: dict[tuple[RvoBlock, RvoLine], ManualTotal],
    cells: frozenset[tuple[RvoBlock, RvoLine]],
) -> list[str]:
    """The cells that changed. A total that stays the same keeps who entered it."""
    stored = {
        (RvoBlock(row.block), RvoLine(row.line)): row
        for row in BusinessTotal.objects.filter(
            organisation=organisation, legal_entity=report.legal_entity, reporting_year=report.reporting_year
        )
    }
    kept = {cell for cell, row in stored.items() if cell in wanted and _is_same(row, wanted[cell])}
    gone = [stored[cell].pk for cell in stored.keys() & cells - kept]
    BusinessTotal.objects.filter(organisation=organisation, pk__in=gone).delete()
    new = [wanted[cell] for cell in sorted(wanted.keys() - kept)]
    BusinessTotal.objects.bulk_create(
        BusinessTotal(
            organisation=organisation,
            legal_entity=report.legal_entity,
            reporting_year=report.reporting_year,
            block=total.block.value,
            line=total.line.value,
            amount=Decimal(total.value),
            note=total.note,
            entered_by=actor,
            entered_at=now,
        )
        for total in new
    )
    changed = {*(wanted.keys() - kept), *(stored.keys() & cells - kept)}
    return [f"{block.code}/{line.value}" for block, line in sorted(changed)]


def _is_same(row: BusinessTotal, total: ManualTotal) -> bool:
    return row.amount == Decimal(total.value) and row.note == total.note
