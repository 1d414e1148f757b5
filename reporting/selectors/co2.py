"""The CO2 indication of one version: of a draft with the factors of today, of a frozen version with its own."""

from reporting.domain.co2 import Co2Indication, assumed_commute_lines, co2_indication
from reporting.domain.parameters import Parameters
from reporting.enums import ReportState
from reporting.models import ReportVersion
from reporting.selectors.parameters import parameters_of
from reporting.selectors.versions import stored_matrix, stored_source_of


def version_co2(version: ReportVersion) -> Co2Indication:
    """Per line, per purpose and in total; `version.organisation` and `version.report` are read."""
    matrix = stored_matrix(version)
    inputs, parameters = stored_source_of(version)
    if version.state == ReportState.DRAFT:
        parameters = _of_today(version)
    return co2_indication(
        matrix, business=inputs.business, assumed_lines=assumed_commute_lines(matrix), parameters=parameters
    )


def _of_today(version: ReportVersion) -> Parameters:
    return parameters_of(organisation=version.organisation, reporting_year=version.report.reporting_year)
