"""Which reports rest on a campaign whose rows about persons are about to go."""

from reporting.enums import ReportState
from reporting.models import Report
from reporting.selectors.reports import reports_with_versions
from surveys.models import Campaign
from wpm_platform.organisations.models import Organisation


def draft_reports(*, organisation: Organisation, campaign: Campaign) -> list[Report]:
    """Reports that use the campaign and are not frozen or filed: their commuting figures become final with it."""
    reports = reports_with_versions(organisation=organisation).filter(campaign=campaign)
    return [report for report in reports if not _is_fixed(report)]


def _is_fixed(report: Report) -> bool:
    newest = next(iter(report.versions.all()), None)
    return newest is not None and newest.state in (ReportState.FROZEN, ReportState.FILED)
