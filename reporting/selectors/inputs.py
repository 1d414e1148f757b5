"""Everything that a report is computed from, read for one legal entity and one reporting year."""

from decimal import Decimal

from django.utils import timezone

from reporting.domain.commute_method import CommuteMethod, MethodChoice
from reporting.domain.headcount import commute_reference_date
from reporting.domain.parameters import Parameters
from reporting.domain.report_inputs import HeadcountFigures, ManualTotal, ReportInputs
from reporting.domain.rvo import RvoBlock, RvoLine, Unit, cell_unit
from reporting.domain.survey_sums import SurveySums
from reporting.models import BusinessTotal, Report
from reporting.selectors.business import business_inputs
from reporting.selectors.commute_register import commute_register
from reporting.selectors.estimated_lines import with_chosen_estimate
from reporting.selectors.headcount import staff_headcount
from reporting.selectors.survey import survey_sums
from surveys.domain.small_groups import SMALLEST_GROUP
from wpm_platform.organisations.models import LegalEntity, Organisation


def report_inputs(*, organisation: Organisation, report: Report, parameters: Parameters) -> ReportInputs:
    """Sums and counts as they are now; the number of queries does not depend on the number of people."""
    inputs = guidance_inputs(organisation=organisation, report=report, parameters=parameters)
    return with_chosen_estimate(inputs, organisation=organisation, report=report, parameters=parameters)


def guidance_inputs(*, organisation: Organisation, report: Report, parameters: Parameters) -> ReportInputs:
    """The same without an estimate that was chosen: what the guidance's figures are computed from."""
    choice = method_choice(report)
    survey = None
    if choice.method is CommuteMethod.SURVEY:
        survey = survey_sums(
            organisation=organisation,
            campaign=report.campaign,
            legal_entity=report.legal_entity,
            week_from=choice.week_from,
        )
    return ReportInputs(
        kvk_number=report.legal_entity.kvk_number,
        reporting_year=report.reporting_year,
        parameter_version=parameters.version,
        headcount=headcount_figures(legal_entity=report.legal_entity, survey=survey, parameters=parameters),
        survey=survey,
        manual=manual_totals(
            organisation=organisation, legal_entity=report.legal_entity, reporting_year=report.reporting_year
        ),
        least_people=SMALLEST_GROUP,
        business=business_inputs(
            organisation=organisation, legal_entity=report.legal_entity, reporting_year=report.reporting_year
        ),
        choice=choice,
        register=commute_register(
            organisation=organisation,
            legal_entity=report.legal_entity,
            reporting_year=report.reporting_year,
            method=choice.method,
        ),
    )


def method_choice(report: Report) -> MethodChoice:
    """The method for commuting that somebody chose; all weeks of the survey while nobody did."""
    return MethodChoice(
        method=CommuteMethod(report.commute_method),
        reason=report.method_reason,
        chosen_on=timezone.localdate(report.method_chosen_at) if report.method_chosen_at else None,
        week_from=report.commute_week_from,
    )


def headcount_figures(
    *, legal_entity: LegalEntity, survey: SurveySums | None, parameters: Parameters
) -> HeadcountFigures:
    """The header's headcount on the reference date, and the number that multiplies commuting.

    The two are counted on different days only where an administrator chose so (`commute_headcount_rule`).
    """
    reference_date = parameters.day("reference_date")
    survey_year = survey.weeks[0].week_from.year if survey and survey.weeks else parameters.reporting_year
    commute_date = commute_reference_date(parameters, survey_year=survey_year)
    counted = staff_headcount(legal_entity=legal_entity, reference_date=reference_date, parameters=parameters).totals
    commuting = counted
    if commute_date != reference_date:
        commuting = staff_headcount(
            legal_entity=legal_entity, reference_date=commute_date, parameters=parameters
        ).totals
    return HeadcountFigures(
        reference_date=reference_date,
        counted=counted.counted,
        commute_multiplier=commuting.commute_multiplier,
        assumed=counted.assumed,
    )


def manual_totals(
    *, organisation: Organisation, legal_entity: LegalEntity, reporting_year: int
) -> tuple[ManualTotal, ...]:
    """The figures entered by hand, in the form's order."""
    rows = BusinessTotal.objects.filter(
        organisation=organisation, legal_entity=legal_entity, reporting_year=reporting_year
    )
    totals = (_manual_total(row) for row in rows)
    return tuple(sorted(totals, key=lambda total: (total.block, total.line.number)))


def _manual_total(row: BusinessTotal) -> ManualTotal:
    block, line = RvoBlock(row.block), RvoLine(row.line)
    is_euro = cell_unit(block=block, line=line) is Unit.EURO
    value: int | Decimal = row.amount if is_euro else int(row.amount)
    return ManualTotal(block=block, line=line, value=value, note=row.note)
