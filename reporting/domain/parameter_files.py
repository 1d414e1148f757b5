"""Reads the dated files of `reporting/parameters/`: the only file access of the calculation."""

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from reporting.domain.parameter_reading import parameters_from
from reporting.domain.parameters import Parameters, ParametersMalformed

PARAMETER_FOLDER = Path(__file__).resolve().parent.parent / "parameters"


class ReportingYearUnknown(LookupError):
    """There is no parameter file for this reporting year."""


def reporting_years() -> tuple[int, ...]:
    """The years that can be reported, oldest first."""
    return tuple(sorted(int(path.stem) for path in PARAMETER_FOLDER.glob("[0-9]*.toml")))


@cache
def load_parameters(*, reporting_year: int, folder: Path = PARAMETER_FOLDER) -> Parameters:
    """The parameters of a reporting year as shipped; raises `ReportingYearUnknown` or `ParametersMalformed`.

    What an administrator changed is laid over them with `parameter_changes`.
    """
    path = folder / f"{reporting_year}.toml"
    if not path.is_file():
        raise ReportingYearUnknown(f"No parameters for {reporting_year}; known are {reporting_years()}.")
    document = _document(path)
    if document.get("reporting_year") != reporting_year:
        raise ParametersMalformed(f"{path.name} speaks of another year: {document.get('reporting_year')!r}.")
    form_path = folder / "forms" / f"{document.get('form_version')}.toml"
    if not form_path.is_file():
        raise ParametersMalformed(f"{path.name} names a form that has no file: {form_path.name}.")
    return parameters_from({**document, "form": _document(form_path)})


def _document(path: Path) -> dict[str, Any]:
    """TOML as a JSON-ready mapping: dates in ISO form, decimals as exact text."""
    try:
        parsed = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ParametersMalformed(f"{path.name} is not TOML: {error}.") from error
    return {key: _json_ready(value) for key, value in parsed.items()}


def _json_ready(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _json_ready(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_json_ready(inner) for inner in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
