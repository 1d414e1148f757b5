"""What an administrator decides where the law is unsettled or the sources disagree."""

import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from reporting.domain.parameter_files import load_parameters
from reporting.domain.parameters import ParametersMalformed
from reporting.models import ParameterOverride
from reporting.selectors.parameters import THRESHOLD, changed_parameters, disputed_settings, open_thresholds
from wpm_platform.organisations.models import Organisation, User
from wpm_platform.organisations.services.audit import record_event
from wpm_platform.organisations.services.refusal import Refused


class ParameterRejected(Refused):
    """This parameter, value or source cannot be set."""

    sentence = _("This setting cannot have this value. Choose a value from the list and say where it comes from.")


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
        raise ParameterRejected
    if not source.strip():
        raise ParameterRejected
    try:
        changed_parameters(load_parameters(reporting_year=reporting_year), name=name, value=value, source=source)
    except (ParametersMalformed, ValueError) as error:
        raise ParameterRejected from error
    with transaction.atomic():
        override: ParameterOverride
        override, _is_new = ParameterOverride.objects.update_or_create(
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
        of_year = ParameterOverride.objects.filter(organisation=organisation, reporting_year=reporting_year)
        # Compared here: whatever somebody sends as a name is no text that PostgreSQL must understand.
        own = next((override for override in of_year if override.name == name), None)
        deleted = own.delete()[0] if own else 0
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
