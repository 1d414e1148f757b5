"""CO2 factors that no shipped set has, as an administrator enters them with their source."""

import datetime
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from reporting.models import ParameterOverride
from reporting.selectors.parameters import open_factors
from wpm_platform.organisations.models import Organisation, User
from wpm_platform.organisations.services.audit import record_event
from wpm_platform.organisations.services.refusal import Refused

MOST_GRAMS = 1000
LONGEST_SOURCE = 200


class FactorsRejected(Refused):
    """A factor is of another year's set, out of range, or has no source."""

    sentence = _("Enter whole grams from 0 to 1000, and say where these factors come from.")


def enter_factors(
    *,
    organisation: Organisation,
    actor: User | None,
    now: datetime.datetime,
    reporting_year: int,
    factors: Mapping[str, int | None],
    source: str,
) -> None:
    """The factors of one year that the shipped set leaves open, in grams per passenger-kilometre, tank-to-wheel.

    None takes one away again. They change no figure of the form; frozen versions keep their own. The same again
    changes nothing. Raises `FactorsRejected`, and `ReportingYearUnknown` for a year without parameters.
    """
    changeable = {row.key for row in open_factors(reporting_year=reporting_year)}
    values = {key: value for key, value in factors.items() if value is not None}
    source = source.strip()
    is_wrong = any(not 0 <= value <= MOST_GRAMS for value in values.values()) or not factors.keys() <= changeable
    if is_wrong or (values and not 0 < len(source) <= LONGEST_SOURCE):
        raise FactorsRejected
    with transaction.atomic():
        rows = ParameterOverride.objects.select_for_update().filter(
            organisation=organisation, reporting_year=reporting_year, name__in=changeable
        )
        stored = {row.name: (int(row.value), row.source) for row in rows}
        if stored == {key: (value, source) for key, value in values.items()}:
            return
        rows.exclude(name__in=values).delete()
        for key, value in values.items():
            ParameterOverride.objects.update_or_create(
                organisation=organisation,
                reporting_year=reporting_year,
                name=key,
                defaults={"value": str(value), "source": source, "set_by": actor, "set_at": now},
            )
        record_event(
            organisation=organisation,
            actor=actor,
            action="report.factors_entered",
            now=now,
            subject=str(reporting_year),
            detail={"factors": values, "source": source},
        )
