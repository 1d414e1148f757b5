"""The parameters of a reporting year as they hold for one organisation."""

from reporting.domain.parameter_changes import enter_value, switch_threshold
from reporting.domain.parameter_files import load_parameters
from reporting.domain.parameter_units import EMISSIONS, PARAMETER_UNITS, WHOLE_UNITS
from reporting.domain.parameters import Certainty, Parameter, Parameters, Threshold, ThresholdStatus
from reporting.models import ParameterOverride
from wpm_platform.organisations.models import Organisation

THRESHOLD = "threshold_"


def parameters_of(*, organisation: Organisation, reporting_year: int) -> Parameters:
    """The shipped parameters with what this organisation's administrator changed, each change with its source.

    Raises `ReportingYearUnknown` for a year without a file.
    """
    parameters = load_parameters(reporting_year=reporting_year)
    overrides = ParameterOverride.objects.filter(organisation=organisation, reporting_year=reporting_year)
    for override in overrides.order_by("name"):
        parameters = changed_parameters(parameters, name=override.name, value=override.value, source=override.source)
    return parameters


def changed_parameters(parameters: Parameters, *, name: str, value: str, source: str) -> Parameters:
    """One change laid over the parameters; raises `ParametersMalformed` or `ValueError` for what cannot be.

    name: a parameter's key, or `threshold_<employees>` with a status as the value.
    """
    if name.startswith(THRESHOLD):
        employees = int(name.removeprefix(THRESHOLD))
        return switch_threshold(parameters, employees=employees, status=ThresholdStatus(value), source=source)
    is_whole = PARAMETER_UNITS.get(name) in WHOLE_UNITS
    return enter_value(parameters, key=name, value=int(value) if is_whole else value, source=source)


def open_thresholds(*, reporting_year: int) -> tuple[Threshold, ...]:
    """Thresholds that the law has not settled: an administrator may switch them."""
    parameters = load_parameters(reporting_year=reporting_year)
    return tuple(row for row in parameters.thresholds if row.status is ThresholdStatus.PENDING)


def disputed_settings(*, reporting_year: int) -> tuple[Parameter, ...]:
    """Values on which the sources disagree: a setting, with the shipped choice as default."""
    parameters = load_parameters(reporting_year=reporting_year)
    return tuple(row for row in parameters.values.values() if row.certainty is Certainty.SOURCES_DISAGREE)


def open_factors(*, reporting_year: int) -> tuple[Parameter, ...]:
    """CO2 factors that the shipped set does not have: an administrator may enter them, with a source."""
    parameters = load_parameters(reporting_year=reporting_year)
    return tuple(
        row for key, row in parameters.values.items() if key in EMISSIONS and row.certainty is Certainty.UNKNOWN
    )


def entered_factors(*, organisation: Organisation, reporting_year: int) -> list[ParameterOverride]:
    """The CO2 factors that this organisation's administrator entered."""
    return list(
        ParameterOverride.objects.filter(
            organisation=organisation, reporting_year=reporting_year, name__in=EMISSIONS
        ).order_by("name")
    )
