"""Who a campaign would invite, or has invited, and who not, with the reason."""

import datetime
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Q, QuerySet

from surveys.domain.asking import WITH_ANCHOR, AskedBecause
from surveys.domain.calendar import DAY, local_date
from surveys.domain.invitation_rules import MINIMUM_MONTHLY_HOURS
from surveys.domain.population import PopulationReason, StaffInWeek, population_outcome
from surveys.domain.work_pattern import Absence
from surveys.models import Campaign, Employee, PopulationMember
from surveys.selectors.asking import EVERYBODY, Asking
from surveys.selectors.kept_totals import kept_people
from wpm_platform.organisations.models import Organisation

FIELDS = (
    *("organisation_id", "legal_entity_id", "site_id", "department", "email", "contract_kind", "monthly_hours"),
    *("employed_from", "employed_until", "has_fixed_workplace", "is_on_leave", "leave_until", "left_at"),
    *("work_pattern_id", "code"),
)


# Why somebody is asked by a campaign that does not ask everybody, as they are shown.
NARROWED = (AskedBecause.JOINER, AskedBecause.ANCHOR)


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An employee on the staff list and the reason they are invited or not. because: why this person is asked."""

    employee: Employee
    reason: PopulationReason
    because: str = ""

    @property
    def is_invited(self) -> bool:
        return self.reason is PopulationReason.INVITED


@dataclass(frozen=True, kw_only=True)
class PopulationCounts:
    """How many are invited, and how many are not per reason, largest first. on_paper: invited without an address.

    because: of the invited, how many for which reason.
    """

    invited: int
    excluded: tuple[tuple[str, int], ...]
    on_paper: int = 0
    because: tuple[tuple[str, int], ...] = ()

    @property
    def excluded_total(self) -> int:
        return sum(count for _reason, count in self.excluded)


def candidates(
    *,
    organisation: Organisation,
    mondays: list[datetime.date],
    today: datetime.date,
    on_paper: bool = False,
    asking: Asking = EVERYBODY,
) -> list[Candidate]:
    """Everybody on the staff list, judged for the surveyed weeks together. At least one Monday.

    on_paper: whether who has no e-mail address is asked too. asking: whom of those who can be asked. Who left the
    staff list before the first surveyed week is no longer on it.
    """
    first, last_day = mondays[0], mondays[-1] + 6 * DAY
    staff = Employee.objects.filter(organisation=organisation).filter(
        Q(left_at__isnull=True) | Q(left_at__date__gte=first)
    )
    found = [
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
    return _asked(found, asking)


def _asked(found: list[Candidate], asking: Asking) -> list[Candidate]:
    """The same people: who could be asked with why, or why not this time."""
    because = asking.reasons([candidate.employee for candidate in found if candidate.is_invited])
    left_out = PopulationReason.NOT_DRAWN if asking.asks in WITH_ANCHOR else PopulationReason.ASKED_EARLIER
    return [
        candidate
        if not candidate.is_invited
        else replace(candidate, because=because[candidate.employee.pk].value)
        if candidate.employee.pk in because
        else replace(candidate, reason=left_out)
        for candidate in found
    ]


def expected_population(
    *,
    organisation: Organisation,
    mondays: list[datetime.date],
    today: datetime.date,
    on_paper: bool = False,
    asking: Asking = EVERYBODY,
) -> PopulationCounts:
    """What `start_campaign` would find today."""
    found = candidates(organisation=organisation, mondays=mondays, today=today, on_paper=on_paper, asking=asking)
    reasons = Counter(candidate.reason for candidate in found)
    invited = reasons.pop(PopulationReason.INVITED, 0)
    return PopulationCounts(
        invited=invited,
        excluded=tuple((str(r), n) for r, n in reasons.most_common()),
        on_paper=sum(candidate.is_invited and not candidate.employee.email for candidate in found),
        because=_because(Counter(candidate.because for candidate in found)),
    )


def frozen_population(*, campaign: Campaign, site_id: int | None = None) -> PopulationCounts:
    """The population as it was found at the start; of one site when `site_id` is given."""
    members = population_members(campaign=campaign, site_id=site_id)
    kept = kept_people(campaign)
    if kept is not None:
        return _kept_population(kept["population"], of_one_site=site_id is not None)
    rows = members.order_by().values_list("is_invited", "asked_because", "exclusion_reason")
    counts = Counter({row[:3]: row[3] for row in rows.annotate(people=Count("pk"))})
    excluded = Counter({reason: people for (is_invited, _, reason), people in counts.items() if not is_invited})
    because = Counter({reason: people for (is_invited, reason, _), people in counts.items() if is_invited})
    on_paper = members.filter(is_invited=True, employee__email="").count() if campaign.answers_on_paper else 0
    return PopulationCounts(
        invited=because.total(),
        excluded=tuple(excluded.most_common()),
        on_paper=on_paper,
        because=_because(because),
    )


def _because(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    """Nothing where everybody is asked, for that needs no words."""
    return tuple((reason, counts[reason]) for reason in NARROWED if counts[reason])


def _kept_population(kept: dict[str, Any], *, of_one_site: bool) -> PopulationCounts:
    """As kept when the rows about persons went; of one site nothing was kept."""
    if of_one_site:
        return PopulationCounts(invited=0, excluded=())
    return PopulationCounts(
        invited=kept["invited"],
        excluded=tuple((reason, count) for reason, count in kept["excluded"]),
        on_paper=kept["on_paper"],
        because=tuple((reason, count) for reason, count in kept.get("because", ())),
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
