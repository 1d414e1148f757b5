"""A closed campaign whose period ends, for the tests of retention."""

import datetime

from django.utils import translation

from reporting.enums import ReportState
from reporting.models import Report, ReportVersion
from reporting.services.files import version_file
from reporting.services.retention.due import retain_due
from surveys.models import Campaign, RetentionPlan, RetentionRun
from wpm_platform.organisations.models import Organisation
from wpm_platform.scoping import Role, call_system_function, organisation_scope

# The campaigns of `make_report` closed on 16 March 2026: two years later they go, two weeks before that HR is told.
PLANNED_ON = datetime.date(2028, 3, 16)
BEFORE = datetime.datetime(2028, 3, 1, 12, 0, tzinfo=datetime.UTC)
TOLD = datetime.datetime(2028, 3, 2, 12, 0, tzinfo=datetime.UTC)
DUE = datetime.datetime(2028, 3, 16, 12, 0, tzinfo=datetime.UTC)


def tick(organisation: Organisation, now: datetime.datetime) -> int:
    """What the hourly tick does for the organisation."""
    return retain_due(organisation_id=organisation.pk, clock=lambda: now)


def told_and_gone(organisation: Organisation) -> None:
    tick(organisation, TOLD)
    tick(organisation, DUE)


def run_of(campaign: Campaign) -> RetentionRun | None:
    with organisation_scope(campaign.organisation_id, role=Role.OWNER):
        return RetentionRun.objects.filter(campaign=campaign).first()


def plan_of(campaign: Campaign) -> RetentionPlan | None:
    with organisation_scope(campaign.organisation_id, role=Role.OWNER):
        return RetentionPlan.objects.filter(campaign=campaign).first()


def left(campaign: Campaign) -> dict[str, int]:
    with organisation_scope(campaign.organisation_id):
        rows = call_system_function("retention_left", campaign.organisation_id, campaign.pk)
    return {row["kind"]: row["number"] for row in rows}


def evidence(report: Report, *, number: int = 1) -> bytes:
    with organisation_scope(report.organisation), translation.override("nl"):
        version = ReportVersion.objects.select_related("report__legal_entity").get(report=report, number=number)
        assert version.state != ReportState.DRAFT
        return version_file(version, file_format="zip").content


def cells(report: Report) -> list[tuple[int, str, object]]:
    """The cells of the newest version."""
    with organisation_scope(report.organisation):
        version = ReportVersion.objects.filter(report=report).first()
        return [(cell.block, cell.line, cell.value) for cell in version.cells.all()]
