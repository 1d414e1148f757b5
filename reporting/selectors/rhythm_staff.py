"""What the staff list says about the people of a register of standard rhythms."""

import datetime

from django.utils import timezone

from reporting.domain.business.vehicles import LeftOut
from reporting.domain.commute_rows import RhythmStaff, months_in_service, person_key
from reporting.domain.headcount import HeadcountOutcome, StaffOnDate, headcount_outcome
from reporting.models import BusinessImport
from reporting.selectors.parameters import parameters_of
from surveys.models import Employee


def rhythm_staff(business_import: BusinessImport) -> dict[str, RhythmStaff]:
    """Everybody on the legal entity's staff list by `person_key`; one query.

    People who joined after the reference date are judged on their first day: their kilometres belong to the year. Who
    is no longer in the staff file was employed at most until the day the file said so [D].
    """
    parameters = parameters_of(organisation=business_import.organisation, reporting_year=business_import.reporting_year)
    reference_date = parameters.day("reference_date")
    minimum = parameters.whole("minimum_monthly_hours")
    year_end = datetime.date(business_import.reporting_year, 12, 31)
    staff = Employee.objects.filter(
        organisation_id=business_import.organisation_id, legal_entity_id=business_import.legal_entity_id
    ).order_by()
    found: dict[str, RhythmStaff] = {}
    for person in staff.only(
        *("staff_number", "contract_kind", "monthly_hours", "employed_from", "employed_until", "left_at"),
        "has_fixed_workplace",
    ).iterator(chunk_size=5_000):
        last_day = _last_day(person)
        on_date = _outcome(person, last_day=last_day, day=reference_date, minimum=minimum)
        judged = on_date
        if person.employed_from is not None and reference_date < person.employed_from <= year_end:
            judged = _outcome(person, last_day=last_day, day=person.employed_from, minimum=minimum)
        found[person_key(person.staff_number)] = RhythmStaff(
            months=months_in_service(
                year=business_import.reporting_year, employed_from=person.employed_from, employed_until=last_day
            ),
            is_counted=on_date.multiplies_commute,
            left_out=_left_out(judged),
        )
    return found


def _outcome(person: Employee, *, last_day: datetime.date | None, day: datetime.date, minimum: int) -> HeadcountOutcome:
    return headcount_outcome(
        StaffOnDate(
            contract_kind=person.contract_kind,
            monthly_hours=person.monthly_hours,
            employed_from=person.employed_from,
            employed_until=last_day,
            has_fixed_workplace=person.has_fixed_workplace,
        ),
        reference_date=day,
        minimum_monthly_hours=minimum,
    )


def _left_out(outcome: HeadcountOutcome) -> LeftOut | None:
    if outcome.multiplies_commute:
        return None
    return LeftOut.NO_FIXED_WORKPLACE if outcome.counts else LeftOut.NOT_COUNTED


def _last_day(person: Employee) -> datetime.date | None:
    left = timezone.localdate(person.left_at) if person.left_at else None
    days = [day for day in (person.employed_until, left) if day is not None]
    return min(days, default=None)
