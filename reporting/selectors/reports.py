"""Reports as HR finds them: by code, and as a list per year."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from reporting.domain.parameter_files import load_parameters
from reporting.models import Report, ReportVersion
from surveys.enums import CampaignState
from surveys.models import Campaign
from wpm_platform.organisations.models import LegalEntity, Organisation

PEOPLE = ("frozen_by", "filed_by", "reopened_by")


@dataclass(frozen=True, kw_only=True)
class ReportLine:
    """A report in the list with its newest version."""

    report: Report
    version: ReportVersion
    deadline: datetime.date


def report_by_code(*, organisation: Organisation, code: UUID) -> Report:
    """The report with its legal entity and campaign. Raises `Report.DoesNotExist`, also for another organisation's."""
    found: Report = Report.objects.select_related("legal_entity", "campaign").get(organisation=organisation, code=code)
    return found


def version_of(*, report: Report, number: int | None = None) -> ReportVersion:
    """A version by its number, the newest by default. Raises `ReportVersion.DoesNotExist`."""
    versions = ReportVersion.objects.filter(organisation_id=report.organisation_id, report=report)
    if number is not None:
        versions = versions.filter(number=number)
    found: ReportVersion | None = (
        versions.select_related("report__legal_entity", *PEOPLE)
        .defer(*(f"{name}__password" for name in PEOPLE))
        .first()
    )
    if found is None:
        raise ReportVersion.DoesNotExist
    return found


def versions_of(*, report: Report) -> list[ReportVersion]:
    """All versions, newest first."""
    return list(
        ReportVersion.objects.filter(organisation_id=report.organisation_id, report=report)
        .select_related(*PEOPLE)
        .defer(*(f"{name}__password" for name in PEOPLE))
    )


def report_lines(*, organisation: Organisation) -> list[ReportLine]:
    """All reports, latest year first, in two queries."""
    newest_first = ReportVersion.objects.order_by("-number")
    reports = (
        Report.objects.filter(organisation=organisation)
        .select_related("legal_entity", "campaign")
        .prefetch_related(Prefetch("versions", queryset=newest_first))
    )
    return [
        ReportLine(
            report=report,
            version=report.versions.all()[0],
            deadline=load_parameters(reporting_year=report.reporting_year).day("filing_deadline"),
        )
        for report in reports
    ]


def reports_with_versions(*, organisation: Organisation) -> QuerySet[Report]:
    """All reports with legal entity, campaign and versions (newest first)."""
    found: QuerySet[Report] = (
        Report.objects.filter(organisation=organisation)
        .select_related("legal_entity", "campaign")
        .prefetch_related(Prefetch("versions", queryset=ReportVersion.objects.order_by("-number")))
    )
    return found


def usable_campaigns(*, organisation: Organisation) -> list[Campaign]:
    """Closed campaigns, newest first: the ones whose answers nobody can change any more."""
    return list(Campaign.objects.filter(organisation=organisation, state=CampaignState.CLOSED))


def open_campaigns(*, organisation: Organisation, reporting_year: int) -> list[Campaign]:
    """Campaigns for the year whose answers still come in."""
    states = [CampaignState.RUNNING, CampaignState.PAUSED]
    return list(Campaign.objects.filter(organisation=organisation, reporting_year=reporting_year, state__in=states))


def legal_entities(*, organisation: Organisation) -> list[LegalEntity]:
    return list(LegalEntity.objects.filter(organisation=organisation))
