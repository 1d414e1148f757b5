"""Which reports rest on a campaign whose rows about persons are about to go."""

from typing import Any

from reporting.enums import ReportState
from reporting.models import Report
from reporting.selectors.reports import reports_with_versions
from surveys.domain.calendar import local_date
from surveys.models import Campaign, RetentionRun
from wpm_platform.organisations.models import Organisation


def draft_reports(*, organisation: Organisation, campaign: Campaign) -> list[Report]:
    """Reports that use the campaign and are not frozen or filed: their commuting figures become final with it."""
    reports = reports_with_versions(organisation=organisation).filter(campaign=campaign)
    return [report for report in reports if not _is_fixed(report)]


def retention_facts(*, organisation: Organisation, campaign: Campaign) -> dict[str, Any]:
    """For the evidence: that the rows about persons were gone at the freezing; nothing while they are there."""
    run = RetentionRun.objects.filter(organisation=organisation, campaign=campaign, finished_at__isnull=False).first()
    if run is None or run.finished_at is None:
        return {}
    return {
        "retention": {
            "rows_gone_on": local_date(run.finished_at).isoformat(),
            "rows_removed": dict(run.removed),
            "run_sha256": run.chain_hash,
        }
    }


def _is_fixed(report: Report) -> bool:
    newest = next(iter(report.versions.all()), None)
    return newest is not None and newest.state in (ReportState.FROZEN, ReportState.FILED)
