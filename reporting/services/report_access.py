"""How the services reach a report: locked, in its own organisation, in the state that the step needs."""

from django.utils.translation import gettext_lazy as _

from reporting.enums import ReportState
from reporting.models import Report, ReportVersion
from wpm_platform.organisations.models import Organisation
from wpm_platform.organisations.services.refusal import Refused


class ReportUnknown(Refused):
    """This organisation has no such report."""

    sentence = _("Your organisation has no such report.")


class ReportNotDraft(Refused):
    """The report is frozen or filed; it must be reopened before it changes."""

    sentence = _("This report is frozen. Reopen it to change it.")


def locked_report(*, organisation: Organisation, report: Report) -> Report:
    """The report, locked until the transaction ends, so that two people's steps come one after the other.

    Raises `ReportUnknown` for a report of another organisation.
    """
    found: Report | None = (
        Report.objects.select_for_update(of=("self",))
        .select_related("legal_entity", "campaign", "estimation")
        .filter(organisation=organisation, pk=report.pk)
        .first()
    )
    if found is None:
        raise ReportUnknown
    return found


def current_version(report: Report) -> ReportVersion | None:
    """The newest version; None before the first computation."""
    return ReportVersion.objects.filter(organisation_id=report.organisation_id, report=report).first()


def draft_version(report: Report) -> ReportVersion | None:
    """The draft at hand; None before the first computation and after a reopening.

    Raises `ReportNotDraft` when the report is frozen or filed.
    """
    version = current_version(report)
    if version is None or version.state == ReportState.REOPENED:
        return None
    if version.state != ReportState.DRAFT:
        raise ReportNotDraft
    return version
