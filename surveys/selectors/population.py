"""Who a campaign would invite, or has invited, and who not, with the reason."""

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from surveys.domain.calendar import DAY, local_date
from surveys.domain.invitation_rules import MINIMUM_MONTHLY_HOURS
from surveys.domain.population import PopulationReason, StaffInWeek, population_outcome
from surveys.domain.work_pattern import Absence
from surveys.models import Campaign, Employee, PopulationMember
from surveys.selectors.kept_totals import kept_people
from wpm_platform.organisations.models import Organisation

FIELDS = (
    *("organisation_id", "legal_entity_id", "site_id", "department", "email", "contract_kind", "monthly_hours"),
    *("employed_from", "employed_until", "has_fixed_workplace", "is_on_leave", "leave_until", "left_at"),
    "work_pattern_id",
)


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An employee on the staff list and the reason they are invited or not."""

    employee: Employee
    reason: PopulationReason

    @property
    def is_invited(self) -> bool:
        return self.reason is PopulationReason.INVITED


@dataclass(frozen=True, kw_only=True)
class PopulationCounts:
    """How many are invited, and how many are not per reason, largest first. on_paper: invited without an address."""

    invited: int
    excluded: tuple[tuple[str, int], ...]
    on_paper: int = 0

    @property
    def excluded_total(self) -> int:
        return sum(count for _reason, count in self.excluded)


def candidates(
    *, organisation: Organisation, mondays: list[datetime.date], today: datetime.date, on_paper: bool = False
) -> list[Candidate]:
    """Everybody on the staff list, judged for the surveyed weeks together. At least one Monday.

    on_paper: whether who has no e-mail address is asked too. Who left the staff list before the first surveyed week is
    no longer on it.
    """
    first, last_day = mondays[0], mondays[-1] + 6 * DAY
    staff = Employee.objects.filter(organisation=organisation).filter(
        Q(left_at__isnull=True) | Q(left_at__date__gte=first)
    )
    return [
        Candidate(
            employee=employee,
            reason=population_outcome(
                _staff_in_week(employee, last_day=last_day, on_paper=on_paper),
                week_from=first,
                week_until=last_day,
                asked_on=today,
                minimum_monthly_hours=MINIMUM_MONTHLY_HOURS,
            ).reason,
        )
        for employee in staff.only(*FIELDS).order_by("pk")
    ]


def expected_population(
    *, organisation: Organisation, mondays: list[datetime.date], today: datetime.date, on_paper: bool = False
) -> PopulationCounts:
    """What `start_campaign` would find today."""
    found = candidates(organisation=organisation, mondays=mondays, today=today, on_paper=on_paper)
    reasons = Counter(candidate.reason for candidate in found)
    invited = reasons.pop(PopulationReason.INVITED, 0)
    return PopulationCounts(
        invited=invited,
        excluded=tuple((str(r), n) for r, n in reasons.most_common()),
        on_paper=sum(candidate.is_invited and not candidate.employee.email for candidate in found),
    )


def frozen_population(*, campaign: Campaign, site_id: int | None = None) -> PopulationCounts:
    """The population as it was found at the start; of one site when `site_id` is given."""
    members = population_members(campaign=campaign, site_id=site_id)
    kept = kept_people(campaign)
    if kept is not None:
        return _kept_population(kept["population"], of_one_site=site_id is not None)
    reasons = Counter(members.filter(is_invited=False).values_list("exclusion_reason", flat=True))
    invited = members.filter(is_invited=True)
    return PopulationCounts(
        invited=invited.count(),
        excluded=tuple(reasons.most_common()),
        on_paper=invited.filter(employee__email="").count() if campaign.answers_on_paper else 0,
    )


def _kept_population(kept: dict[str, Any], *, of_one_site: bool) -> PopulationCounts:
    """As kept when the rows about persons went; of one site nothing was kept."""
    if of_one_site:
        return PopulationCounts(invited=0, excluded=())
    return PopulationCounts(
        invited=kept["invited"],
        excluded=tuple((reason, count) for reason, count in kept["excluded"]),
        on_paper=kept["on_paper"],
    )


def population_members(
    *, campaign: Campaign, site_id: int | None = None, reason: str = ""
) -> QuerySet[PopulationMember]:
    """The frozen population, of one site or with one reason for exclusion when given."""
    members = PopulationMember.objects.filter(organisation=campaign.organisation_id, campaign=campaign)
    if site_id is not None:
        members = members.filter(site=site_id)
    if reason:
        members = members.filter(exclusion_reason=reason)
    return members.select_related("employee", "site").order_by("employee__staff_number")


def _staff_in_week(employee: Employee, *, last_day: datetime.date, on_paper: bool) -> StaffInWeek:
    absence = Absence(is_on_leave=employee.is_on_leave, until=employee.leave_until)
    return StaffInWeek(
        contract_kind=employee.contract_kind,
        monthly_hours=employee.monthly_hours,
        employed_from=employee.employed_from,
        employed_until=_last_day(employee),
        has_fixed_workplace=employee.has_fixed_workplace,
        is_on_leave_all_week=absence.covers(last_day),
        has_address=bool(employee.email) or on_paper,
    )


def _last_day(employee: Employee) -> datetime.date | None:
    """The last day of employment; missing from a later staff file counts as having left the day before."""
    if employee.left_at is None:
        return employee.employed_until
    missing_since = local_date(employee.left_at) - DAY
    return min(employee.employed_until or missing_since, missing_since)
