"""What an administrator may change without a release: a value, a setting, a threshold's status.

Each change needs a source and yields new `Parameters` with a version of their own.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from reporting.domain.parameter_reading import parameters_from
from reporting.domain.parameters import Parameters, ParametersMalformed, ThresholdStatus


def enter_value(parameters: Parameters, *, key: str, value: int | Decimal | str, source: str) -> Parameters:
    """The same parameters with one value entered by hand, e.g. an emission factor; dates in ISO form."""
    values: Mapping[str, Any] = parameters.document["values"]
    if key not in values:
        raise ParametersMalformed(f"There is no parameter {key}.")
    raw = str(value) if isinstance(value, Decimal) else value
    changed = {**values[key], "value": raw, "source": source, "is_entered": True}
    return parameters_from({**parameters.document, "values": {**values, key: changed}})


def switch_threshold(parameters: Parameters, *, employees: int, status: ThresholdStatus, source: str) -> Parameters:
    """The same parameters with the threshold of so many employees in force, pending or withdrawn."""
    rows: list[dict[str, Any]] = parameters.document["thresholds"]
    if not any(row["value"] == employees for row in rows):
        raise ParametersMalformed(f"{parameters.reporting_year} knows no threshold of {employees} employees.")
    changed = [
        {**row, "status": status.value, "source": source, "is_entered": True} if row["value"] == employees else row
        for row in rows
    ]
    return parameters_from({**parameters.document, "thresholds": changed})
