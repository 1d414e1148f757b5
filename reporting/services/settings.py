"""What an administrator decides where the law is unsettled or the sources disagree."""

import datetime

from django.db import transaction

from reporting.domain.parameter_files import load_parameters
from reporting.domain.parameters import ParametersMalformed
from reporting.models import ParameterOverride
from reporting.selectors.parameters import THRESHOLD, changed_parameters, disputed_settings, open_thresholds
from wpm_platform.organisations.models import Organisation, User
from wpm_platform.organisations.services.audit import record_event


class ParameterRejected(ValueError):
    """This parameter, value or source cannot be set."""


def set_parameter(
    *,
    organisation: Organisation,
    actor: User | None,
    now: datetime.datetime,
    reporting_year: int,
    name: str,
    value: str,
    source: str,
) -> ParameterOverride:
    """Set a disputed value or the status of a pending threshold for one year, with the source of the choice.

    Drafts take it at their next computation; frozen versions keep their own parameters. Raises
    `ParameterRejected`, and `ReportingYearUnknown` for a year without parameters.
    """
    if name not in _changeable(reporting_year):
        raise ParameterRejected("This value follows from the law; it is not a setting.")
    if not source.strip():
        raise ParameterRejected("Say where this choice comes from.")
    try:
        changed_parameters(load_parameters(reporting_year=reporting_year), name=name, value=value, source=source)
    except (ParametersMalformed, ValueError) as error:
        raise ParameterRejected("This value does not fit the setting.") from error
    with transaction.atomic():
        override: ParameterOverride
        override, _ = ParameterOverride.objects.update_or_create(
            organisation=organisation,
            reporting_year=reporting_year,
            name=name,
            defaults={"value": value, "source": source.strip(), "set_by": actor, "set_at": now},
        )
        record_event(
            organisation=organisation,
            actor=actor,
            action="parameter.set",
            now=now,
            subject=f"{name} {reporting_year}",
            detail={"value": value, "source": override.source},
        )
    return override


def reset_parameter(
    *, organisation: Organisation, actor: User | None, now: datetime.datetime, reporting_year: int, name: str
) -> None:
    """Back to the shipped value; without an own value nothing happens."""
    with transaction.atomic():
        overrides = ParameterOverride.objects.filter(
            organisation=organisation, reporting_year=reporting_year, name=name
        )
        deleted, _ = overrides.delete()
        if deleted:
            record_event(
                organisation=organisation,
                actor=actor,
                action="parameter.reset",
                now=now,
                subject=f"{name} {reporting_year}",
            )


def _changeable(reporting_year: int) -> frozenset[str]:
    thresholds = (f"{THRESHOLD}{row.employees}" for row in open_thresholds(reporting_year=reporting_year))
    return frozenset({*thresholds, *(row.key for row in disputed_settings(reporting_year=reporting_year))})
