"""Reports in the database for tests, made through the services."""

import datetime
from contextlib import contextmanager
from decimal import Decimal

from reporting.domain.report_inputs import ManualTotal
from reporting.domain.rvo import FORM_CELLS, RvoBlock, Unit, cell_unit
from reporting.models import Report, ReportVersion
from reporting.selectors.plausibility import answered_findings
from reporting.services.entered_totals import enter_business_totals
from reporting.services.filing import freeze_report, mark_filed
from reporting.services.reports import open_report
from tests.factories import make_organisation
from tests.reporting.answered_cases import make_answered_case
from tests.reporting.case_files import load_case
from wpm_platform.organisations.models import AuditEvent, LegalEntity, Organisation
from wpm_platform.scoping import organisation_scope

NOW = datetime.datetime(2026, 5, 4, 10, 0, tzinfo=datetime.UTC)
TODAY = datetime.date(2026, 5, 4)


def make_report(
    *,
    case: str = "several_fuels",
    organisation: Organisation | None = None,
    legal_entity: LegalEntity | None = None,
    reporting_year: int | None = None,
) -> Report:
    """An opened report with a worked case's survey, for its year or another one; blocks 1 to 3 are empty."""
    organisation = organisation or make_organisation()
    document = load_case(case)
    document = {**document, "reporting_year": reporting_year or document["reporting_year"]}
    legal_entity, _ = make_answered_case(organisation, document, legal_entity=legal_entity)
    with organisation_scope(organisation):
        return open_report(
            organisation=organisation,
            actor=None,
            now=NOW,
            legal_entity=legal_entity,
            reporting_year=document["reporting_year"],
        )


def business_totals(value: int = 0) -> list[ManualTotal]:
    """Every line of blocks 1 to 3."""
    return [
        ManualTotal(
            block=block,
            line=line,
            value=Decimal(value) if cell_unit(block=block, line=line) is Unit.EURO else value,
            note="Kilometre registration",
        )
        for block, line in FORM_CELLS
        if block is not RvoBlock.COMMUTE
    ]


@contextmanager
def in_scope(report: Report):
    """What every service call here says about where it works."""
    with organisation_scope(report.organisation):
        yield {"organisation": report.organisation, "actor": None, "now": NOW, "report": report}


def fill_in(report: Report, *, value: int = 1000) -> ReportVersion:
    with in_scope(report) as where:
        return enter_business_totals(**where, totals=business_totals(value))


def freeze(report: Report) -> ReportVersion:
    """Filled in, and frozen with an answer to everything that stands out."""
    fill_in(report)
    with in_scope(report) as where:
        return freeze_report(**where, reasons=reasons_for_all(report))


def reasons_for_all(report: Report, reason: str = "Looked at, and right") -> dict[str, str]:
    """An answer to every finding that is open, as the page to freeze would send them."""
    with organisation_scope(report.organisation):
        version = ReportVersion.objects.filter(report=report).first()
        rows = answered_findings(organisation=report.organisation, report=report, version=version)
    return {row.finding.fingerprint: reason for row in rows if row.is_open}


def file(report: Report) -> ReportVersion:
    freeze(report)
    with in_scope(report) as where:
        return mark_filed(**where, today=TODAY, filed_on=TODAY, reference="RVO-2026-0001")


def events(report: Report) -> list[str]:
    with organisation_scope(report.organisation):
        return [event.action for event in AuditEvent.objects.order_by("pk")]
