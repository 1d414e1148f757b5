"""Reports in the database whose figures stand out, for tests."""

from reporting.domain.report_inputs import ManualTotal
from reporting.domain.rvo import RvoBlock, RvoLine
from reporting.models import Report
from reporting.selectors.plausibility import AnsweredFinding, answered_findings
from reporting.selectors.reports import version_of
from reporting.services.entered_totals import enter_business_totals, enter_commute_total
from reporting.services.filing import freeze_report
from reporting.services.report_versions import build_report
from reporting.services.reports import open_report
from surveys.models import DayAnswer
from tests.factories import as_owner
from tests.reporting.report_rows import NOW, business_totals, fill_in, in_scope, make_report, reasons_for_all
from wpm_platform.organisations.models import Organisation
from wpm_platform.scoping import organisation_scope

MOPED_BEFORE = 4321


def make_report_that_stands_out(*, organisation: Organisation | None = None) -> Report:
    """A complete draft. Against last year a fleet line fell and mopeds are gone; and somebody cycled 60 km one way."""
    report = make_report(organisation=organisation)
    make_last_year(report)
    with as_owner(report.organisation):
        DayAnswer.objects.filter(mode="bicycle").update(return_metres=120_000)
    fill_in(report)
    with in_scope(report) as where:
        build_report(**where)
    return report


def make_last_year(report: Report) -> Report:
    """The frozen report of the year before, entered by hand: 30 000 km of petrol cars and a little by moped."""
    with organisation_scope(report.organisation):
        last = open_report(
            organisation=report.organisation,
            actor=None,
            now=NOW,
            legal_entity=report.legal_entity,
            reporting_year=report.reporting_year - 1,
        )
    totals = business_totals(1000)
    totals[0] = ManualTotal(block=RvoBlock.FLEET, line=RvoLine.CAR_PETROL, value=30_000, note="Kilometre registration")
    commute = dict.fromkeys(RvoLine, 0) | {RvoLine.MOPED_PETROL: MOPED_BEFORE}
    with in_scope(last) as where:
        enter_business_totals(**where, totals=totals)
        for line, kilometres in commute.items():
            enter_commute_total(**where, line=line, kilometres=kilometres, reason="Trip registration")
    with in_scope(last) as where:
        freeze_report(**where, reasons=reasons_for_all(last))
    return last


def standing_out(report: Report) -> list[AnsweredFinding]:
    """What stands out of the newest version now, with its answers."""
    with organisation_scope(report.organisation):
        return answered_findings(organisation=report.organisation, report=report, version=version_of(report=report))
