"""The numbers of a reporting year with their source and certainty, and which of them are a choice."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.functional import Promise

from reporting.domain.parameters import Certainty, Parameter, ParameterValue, ThresholdStatus
from reporting.labels import SETTING_LABELS, SETTING_VALUE_LABELS
from reporting.models import ParameterOverride
from reporting.selectors.parameters import THRESHOLD, disputed_settings, open_thresholds, parameters_of
from reporting.source_labels import source_label
from reporting.staff_labels import CERTAINTY_LABELS
from wpm_platform.organisations.models import Organisation


@dataclass(frozen=True, kw_only=True)
class SettingLine:
    """One setting. options: (value, words) to choose from, empty for a value that is typed."""

    name: str
    label: Promise | str
    employees: int | None
    value: str
    value_label: Promise | str
    shipped_label: Promise | str
    options: tuple[tuple[str, Promise | str], ...]
    source: Promise | str
    certainty: Promise
    override: ParameterOverride | None


@dataclass(frozen=True, kw_only=True)
class ValueLine:
    """One number of the law; value None when no source gives it."""

    label: Promise | str
    value: ParameterValue | None
    source: Promise | str
    certainty: Promise

    @property
    def is_date(self) -> bool:
        return isinstance(self.value, datetime.date)


def parameter_lines(*, organisation: Organisation, reporting_year: int) -> list[SettingLine]:
    """The pending thresholds and the disputed values, as they hold for the organisation."""
    overrides = {
        row.name: row
        for row in ParameterOverride.objects.filter(organisation=organisation, reporting_year=reporting_year)
    }
    lines = []
    for threshold in open_thresholds(reporting_year=reporting_year):
        name = f"{THRESHOLD}{threshold.employees}"
        override = overrides.get(name)
        value = override.value if override else threshold.status.value
        lines.append(
            SettingLine(
                name=name,
                label=SETTING_LABELS["threshold"],
                employees=threshold.employees,
                value=value,
                value_label=SETTING_VALUE_LABELS[value],
                shipped_label=SETTING_VALUE_LABELS[threshold.status.value],
                options=tuple((status.value, SETTING_VALUE_LABELS[status.value]) for status in ThresholdStatus),
                source=override.source if override else source_label(threshold.source),
                certainty=CERTAINTY_LABELS[threshold.certainty],
                override=override,
            )
        )
    lines += [
        _setting(parameter, overrides.get(parameter.key))
        for parameter in disputed_settings(reporting_year=reporting_year)
    ]
    return lines


def parameters_shown(*, organisation: Organisation, reporting_year: int) -> list[ValueLine]:
    """The settled values of the year that the report is computed with."""
    parameters = parameters_of(organisation=organisation, reporting_year=reporting_year)
    return [
        ValueLine(
            label=SETTING_LABELS[key],
            value=parameter.value,
            source=source_label(parameter.source),
            certainty=CERTAINTY_LABELS[parameter.certainty],
        )
        for key, parameter in parameters.values.items()
        if key in SETTING_LABELS and parameter.certainty is not Certainty.SOURCES_DISAGREE
    ]


def _setting(parameter: Parameter, override: ParameterOverride | None) -> SettingLine:
    shipped = str(parameter.value)
    value = override.value if override else shipped
    return SettingLine(
        name=parameter.key,
        label=SETTING_LABELS[parameter.key],
        employees=None,
        value=value,
        value_label=_shown(value, unit=parameter.unit),
        shipped_label=_shown(shipped, unit=parameter.unit),
        options=tuple((option, SETTING_VALUE_LABELS[option]) for option in parameter.alternatives),
        source=override.source if override else source_label(parameter.source),
        certainty=CERTAINTY_LABELS[parameter.certainty],
        override=override,
    )


def _shown(value: str, *, unit: str) -> Promise | str:
    """A setting's value in words; shares as a percentage, numbers with the reader's decimal mark."""
    if value in SETTING_VALUE_LABELS:
        return SETTING_VALUE_LABELS[value]
    if unit == "share":
        return f"{number_format((Decimal(value) * 100).normalize())} %"
    return number_format(Decimal(value)) if unit == "number" else value
