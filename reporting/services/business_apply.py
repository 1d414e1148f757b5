"""A checked business file becomes part of the report, or is taken out of it again."""

import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from reporting.domain.business_file.subjects import FileSubject
from reporting.enums import BusinessImportState
from reporting.models import (
    BusinessImport,
    BusinessTotal,
    CommuteTotal,
    FleetVehicle,
    Report,
    ReportVersion,
    TravelTotal,
)
from reporting.services.business_access import open_business_file, record_file_event
from reporting.services.business_reading import ReadFile, hashed_reference, read_business_file
from reporting.services.report_access import draft_version, locked_report
from reporting.services.report_versions import write_draft
from surveys.domain.staff_file import StaffFileUnreadable
from wpm_platform.organisations.models import Organisation, User
from wpm_platform.organisations.services.refusal import Refused


class BusinessRowsWithErrors(Refused):
    """There are rows with errors, and nobody said that they may be skipped."""

    sentence = _("Tick that the rows with errors may be skipped, or send in a corrected file.")


class BusinessFileUnreadable(Refused):
    """The file can no longer be read as it was when it was uploaded."""

    sentence = _("This file can no longer be read. Delete it and upload it again.")


def apply_business_file(
    *,
    organisation: Organisation,
    actor: User | None,
    now: datetime.datetime,
    report: Report,
    business_import: BusinessImport,
    skips_wrong_rows: bool,
) -> ReportVersion:
    """Keep what the checked file says and compute the draft anew; figures by hand in its block make way for it.

    Raises BusinessFileNotOpen (also the second time), BusinessRowsWithErrors, ReportNotDraft, ReportUnknown.
    """
    with transaction.atomic():
        report = locked_report(organisation=organisation, report=report)
        draft_version(report)
        found = open_business_file(
            organisation=organisation, business_import=business_import, states=(BusinessImportState.CHECKED,)
        )
        read = _read_again(found)
        if read.wrong_rows and not skips_wrong_rows:
            raise BusinessRowsWithErrors
        _keep(found, read)
        _replace_earlier(found)
        replaced_totals = _drop_totals(found)
        found.state, found.applied_at, found.content = BusinessImportState.APPLIED, now, None
        found.layout = {name: value for name, value in found.layout.items() if name != "sample"}
        found.save()
        version = write_draft(organisation=organisation, report=report, now=now)
        record_file_event(
            found,
            actor=actor,
            now=now,
            action="report.business_file_applied",
            report=report,
            rows=read.rows,
            skipped_rows=read.wrong_rows,
            totals_replaced=replaced_totals,
        )
    return version


def remove_business_file(
    *,
    organisation: Organisation,
    actor: User | None,
    now: datetime.datetime,
    report: Report,
    business_import: BusinessImport,
) -> ReportVersion:
    """Take an applied file out of the report again and compute the draft anew.

    Raises BusinessFileNotOpen (also the second time), ReportNotDraft, ReportUnknown.
    """
    with transaction.atomic():
        report = locked_report(organisation=organisation, report=report)
        draft_version(report)
        found = open_business_file(
            organisation=organisation, business_import=business_import, states=(BusinessImportState.APPLIED,)
        )
        _drop_rows(found)
        found.state = BusinessImportState.REMOVED
        found.save(update_fields=["state"])
        version = write_draft(organisation=organisation, report=report, now=now)
        record_file_event(found, actor=actor, now=now, action="report.business_file_removed", report=report)
    return version


def _read_again(business_import: BusinessImport) -> ReadFile:
    try:
        return read_business_file(business_import, bytes(business_import.content or b""))
    except StaffFileUnreadable as unreadable:
        raise BusinessFileUnreadable from unreadable


def _keep(business_import: BusinessImport, read: ReadFile) -> None:
    where = {"organisation": business_import.organisation, "business_import": business_import}
    FleetVehicle.objects.bulk_create(
        FleetVehicle(
            **where,
            reference=hashed_reference(row.reference, organisation_id=business_import.organisation_id),
            kind=row.vehicle.kind.value,
            fuel=row.vehicle.fuel.value,
            is_leased=row.vehicle.is_leased,
            proves_private_limit=row.vehicle.proves_private_limit,
            available_days=row.vehicle.available_days,
            driven_km=row.vehicle.driven_km,
            contract_km=row.vehicle.contract_km,
            registered_km=row.vehicle.registered_km,
            left_out=row.vehicle.left_out.value if row.vehicle.left_out else "",
        )
        for row in read.vehicles
    )
    TravelTotal.objects.bulk_create(
        TravelTotal(
            **where,
            kind=row.kind.value,
            fuel=row.fuel.value,
            left_out=row.left_out.value if row.left_out else "",
            is_split=row.is_split,
            rows=row.rows,
            km=row.km,
            private_km=row.private_km,
            euro=row.euro,
            rows_without_amount=row.rows_without_amount,
        )
        for row in read.travel
    )
    CommuteTotal.objects.bulk_create(
        CommuteTotal(
            **where,
            kind=row.kind.value if row.kind else "",
            fuel=row.fuel.value,
            is_employer_provided=row.is_employer_provided,
            left_out=row.left_out.value if row.left_out else "",
            rows=row.rows,
            people=row.people,
            amount=row.amount,
        )
        for row in read.commute
    )


def _replace_earlier(business_import: BusinessImport) -> None:
    """The file that this one is the newer edition of. A register of rhythms replaces any other: its people would count
    twice."""
    applied = BusinessImport.objects.select_for_update().filter(
        organisation=business_import.organisation_id, state=BusinessImportState.APPLIED
    )
    if business_import.subject is FileSubject.RHYTHMS:
        earlier = applied.filter(
            legal_entity=business_import.legal_entity_id,
            reporting_year=business_import.reporting_year,
            commute_method=business_import.commute_method,
        )
    else:
        earlier = applied.filter(pk=business_import.replaces_id or 0)
    for replaced in earlier.defer("content"):
        _drop_rows(replaced)
        replaced.state = BusinessImportState.REPLACED
        replaced.save(update_fields=["state"])


def _drop_rows(business_import: BusinessImport) -> None:
    FleetVehicle.objects.filter(organisation=business_import.organisation_id, business_import=business_import).delete()
    TravelTotal.objects.filter(organisation=business_import.organisation_id, business_import=business_import).delete()
    CommuteTotal.objects.filter(organisation=business_import.organisation_id, business_import=business_import).delete()


def _drop_totals(business_import: BusinessImport) -> list[str]:
    """Figures by hand in the block that this file is about; their lines, for the audit trail.

    A figure by hand for commuting has its reason and stays, whatever the file says.
    """
    if business_import.subject.method is not None:
        return []
    totals = BusinessTotal.objects.filter(
        organisation=business_import.organisation_id,
        legal_entity=business_import.legal_entity,
        reporting_year=business_import.reporting_year,
        block=business_import.block,
    )
    lines = sorted(totals.values_list("line", flat=True))
    totals.delete()
    return lines
