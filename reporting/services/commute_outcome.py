"""What applying a checked file about commuting would do: the report by that method, and how many rhythms are known."""

import datetime
from dataclasses import replace
from typing import Any

from reporting.domain.business_file.subjects import FileSubject
from reporting.domain.commute_method import CommuteMethod, MethodChoice, RegisterFile
from reporting.domain.commute_register import coverage
from reporting.domain.report_inputs import ReportInputs
from reporting.models import BusinessImport, Report
from reporting.selectors.business import applied_commute_files
from reporting.selectors.commute_register import register_of
from reporting.selectors.headcount import staff_headcount
from reporting.selectors.parameters import parameters_of
from reporting.services.business_reading import ReadFile


def commute_inputs(
    business_import: BusinessImport, read: ReadFile, *, inputs: ReportInputs, report: Report, today: datetime.date
) -> ReportInputs:
    """The report's inputs as if it used the file's method, with this file beside those that it does not replace."""
    method = business_import.subject.method or CommuteMethod.SURVEY
    others = applied_commute_files(
        organisation=business_import.organisation,
        legal_entity=report.legal_entity,
        reporting_year=report.reporting_year,
        method=method,
    ).exclude(pk=business_import.replaces_id or 0)
    if business_import.subject is FileSubject.RHYTHMS:
        others = others.none()
    source = RegisterFile(name=business_import.filename, rows=read.rows, applied_on=today)
    return replace(
        inputs,
        survey=None,
        estimate=None,
        choice=MethodChoice(method=method, reason=inputs.choice.reason, chosen_on=inputs.choice.chosen_on),
        register=register_of(others, method=method, sources=[source], sums=read.commute),
    )


def rhythm_coverage(business_import: BusinessImport, read: ReadFile) -> dict[str, Any]:
    """Of how many employees the rhythm would be known, for a register of rhythms; nothing for another file."""
    if business_import.subject is not FileSubject.RHYTHMS:
        return {}
    parameters = parameters_of(organisation=business_import.organisation, reporting_year=business_import.reporting_year)
    headcount = staff_headcount(
        legal_entity=business_import.legal_entity,
        reference_date=parameters.day("reference_date"),
        parameters=parameters,
    )
    register = register_of((), method=CommuteMethod.STANDARD_DAYS, sums=read.commute)
    test = coverage(register=register, headcount=headcount.totals.commute_multiplier, parameters=parameters)
    return {
        "coverage": {
            "known": test.known,
            "employees": test.employees,
            "needed": test.needed,
            "is_enough": test.is_enough,
        }
    }
