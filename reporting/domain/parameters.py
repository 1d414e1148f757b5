"""The law's numbers for one reporting year: each with unit, first day of validity, source and certainty."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from reporting.domain.form_lines import FormLines

ParameterValue = int | Decimal | date | str


class ParametersMalformed(ValueError):
    """A parameter file lacks something, contradicts itself or holds a value of the wrong kind."""


class ParameterUnknown(LookupError):
    """No source gives this value. An administrator can enter it with a source; it is never made up."""


class Certainty(StrEnum):
    CERTAIN = "C"
    LIKELY = "L"
    UNKNOWN = "U"
    SOURCES_DISAGREE = "X"
    DERIVED = "D"


class ThresholdStatus(StrEnum):
    IN_FORCE = "in_force"
    PENDING = "pending"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One value; `value` is None when unknown. `is_entered`: typed by an administrator, with a source."""

    key: str
    value: ParameterValue | None
    unit: str
    valid_from: date
    source: str
    certainty: Certainty
    alternatives: tuple[str, ...] = ()
    is_entered: bool = False


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """From this many employees an employer must report; `pending` while a draft has not become law."""

    employees: int
    status: ThresholdStatus
    valid_from: date
    source: str
    certainty: Certainty
    is_entered: bool = False


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """All parameters of one reporting year, the form's mapping included.

    `document` is the JSON-ready text they were read from: keep it beside a frozen report and
    `parameters_from` gives the same parameters back, however the files change. `version` names the file's
    date and content.
    """

    reporting_year: int
    version: str
    form: FormLines
    thresholds: tuple[Threshold, ...]
    values: Mapping[str, Parameter]
    document: Mapping[str, Any]

    def whole(self, key: str) -> int:
        """The value of a parameter in whole units; raises `ParameterUnknown` without one."""
        value = self._value(key)
        if not isinstance(value, int):
            raise ParametersMalformed(f"{key} is not a whole number.")
        return value

    def decimal(self, key: str) -> Decimal:
        """The value of a share or factor; raises `ParameterUnknown` without one."""
        value = self._value(key)
        if not isinstance(value, Decimal):
            raise ParametersMalformed(f"{key} is not a decimal number.")
        return value

    def day(self, key: str) -> date:
        """The value of a date; raises `ParameterUnknown` without one."""
        value = self._value(key)
        if not isinstance(value, date):
            raise ParametersMalformed(f"{key} is not a date.")
        return value

    def text(self, key: str) -> str:
        """The value of a setting; raises `ParameterUnknown` without one."""
        value = self._value(key)
        if not isinstance(value, str):
            raise ParametersMalformed(f"{key} is not a setting.")
        return value

    def _value(self, key: str) -> ParameterValue:
        value = self.values[key].value
        if value is None:
            raise ParameterUnknown(f"{key} is unknown for {self.reporting_year}: no source gives a value.")
        return value
