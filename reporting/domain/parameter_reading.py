"""From a JSON-ready document to `Parameters`; malformed documents fail loudly, with the key that is wrong."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from reporting.domain.form_lines import form_lines_from
from reporting.domain.parameter_units import ADDED_LATER, DECIMAL_UNITS, PARAMETER_UNITS, WHOLE_UNITS
from reporting.domain.parameters import (
    Certainty,
    Parameter,
    Parameters,
    ParametersMalformed,
    ParameterValue,
    Threshold,
    ThresholdStatus,
)


def parameters_from(document: Mapping[str, Any]) -> Parameters:
    """Parameters out of a JSON-ready document; raises `ParametersMalformed` with the key that is wrong."""
    year = _whole(document.get("reporting_year"), key="reporting_year")
    updated = _day(document.get("updated"), key="updated")
    rows = document.get("values")
    if not isinstance(rows, Mapping):
        raise ParametersMalformed(f"{year}: there is no table of values.")
    missing = sorted(PARAMETER_UNITS.keys() - ADDED_LATER - rows.keys())
    strange = sorted(rows.keys() - PARAMETER_UNITS.keys())
    if missing or strange:
        raise ParametersMalformed(f"{year}: missing {missing}; not known {strange}.")
    thresholds = tuple(_threshold(row) for row in document.get("thresholds", ()))
    if not any(threshold.status is ThresholdStatus.IN_FORCE for threshold in thresholds):
        raise ParametersMalformed(f"{year}: no threshold is in force.")
    return Parameters(
        reporting_year=year,
        version=f"{year}-{updated.isoformat()}-{_digest(document)}",
        form=form_lines_from(document.get("form", {})),
        thresholds=thresholds,
        values={key: _parameter(key, rows[key]) for key in PARAMETER_UNITS if key in rows},
        document=document,
    )


def _digest(document: Mapping[str, Any]) -> str:
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _parameter(key: str, row: Mapping[str, Any]) -> Parameter:
    unit, certainty = row.get("unit"), _certainty(row, key=key)
    if unit != PARAMETER_UNITS[key]:
        raise ParametersMalformed(f"{key}: the unit is {unit}, not {PARAMETER_UNITS[key]}.")
    raw, is_entered = row.get("value"), bool(row.get("is_entered", False))
    if (raw is None) != (certainty is Certainty.UNKNOWN) and not is_entered:
        raise ParametersMalformed(f"{key}: exactly the values of certainty U are left out.")
    alternatives = tuple(row.get("alternatives", ()))
    if alternatives and raw not in alternatives:
        raise ParametersMalformed(f"{key}: '{raw}' is none of {alternatives}.")
    return Parameter(
        key=key,
        value=None if raw is None else _typed(raw, unit=unit, key=key),
        unit=unit,
        valid_from=_day(row.get("valid_from"), key=key),
        source=_source(row, key=key),
        certainty=certainty,
        alternatives=alternatives,
        is_entered=is_entered,
    )


def _threshold(row: Mapping[str, Any]) -> Threshold:
    try:
        status = ThresholdStatus(row.get("status", ""))
    except ValueError as error:
        raise ParametersMalformed(f"threshold: {error}.") from error
    return Threshold(
        employees=_whole(row.get("value"), key="threshold"),
        status=status,
        valid_from=_day(row.get("valid_from"), key="threshold"),
        source=_source(row, key="threshold"),
        certainty=_certainty(row, key="threshold"),
        is_entered=bool(row.get("is_entered", False)),
    )


def _typed(raw: object, *, unit: str, key: str) -> ParameterValue:
    if unit in WHOLE_UNITS:
        return _whole(raw, key=key)
    if unit == "date":
        return _day(raw, key=key)
    if not isinstance(raw, str) or not raw:
        raise ParametersMalformed(f"{key}: {raw!r} is not a {unit}.")
    if unit not in DECIMAL_UNITS:
        return raw
    try:
        number = Decimal(raw)
    except InvalidOperation as error:
        raise ParametersMalformed(f"{key}: {raw!r} is not a number.") from error
    if not number.is_finite() or number < 0 or (unit == "share" and number > 1):
        raise ParametersMalformed(f"{key}: {raw!r} is not a {unit}.")
    return number


def _whole(raw: object, *, key: str) -> int:
    if not isinstance(raw, int) or isinstance(raw, bool) or raw < 0:
        raise ParametersMalformed(f"{key}: {raw!r} is not a whole number of 0 or more.")
    return raw


def _day(raw: object, *, key: str) -> date:
    try:
        return date.fromisoformat(raw) if isinstance(raw, str) else date.fromisoformat("")
    except ValueError as error:
        raise ParametersMalformed(f"{key}: {raw!r} is not a date.") from error


def _source(row: Mapping[str, Any], *, key: str) -> str:
    source = row.get("source")
    if not isinstance(source, str) or not source.strip():
        raise ParametersMalformed(f"{key}: a value without a source.")
    return source


def _certainty(row: Mapping[str, Any], *, key: str) -> Certainty:
    try:
        return Certainty(row.get("certainty", ""))
    except ValueError as error:
        raise ParametersMalformed(f"{key}: {error}.") from error
