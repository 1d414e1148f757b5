"""Who counts as an employee on the reference date, with the reason for everybody who does not.

Guidance for employers (RVO), summary, "Wanneer spreek je van een werknemer?": a labour contract or public
appointment for at least twenty paid hours a month on the reference date.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from reporting.domain.parameters import Parameters
from surveys.domain.population import NOT_EMPLOYEES, Assumption, ContractKind, staff_assumptions


class HeadcountReason(StrEnum):
    """`COUNTS`, or why a person does not count."""

    COUNTS = "counts"
    AGENCY_CLAUSE = "agency_clause"
    HIRED_TEMP = "hired_temp"
    SECONDED_IN = "seconded_in"
    SELF_EMPLOYED = "self_employed"
    VOLUNTEER = "volunteer"
    INTERN = "intern"
    POLITICAL_OFFICE = "political_office"
    FOREIGN_SITE = "foreign_site"
    NOT_YET_EMPLOYED = "not_yet_employed"
    LEFT = "left"
    ON_CALL = "on_call"
    TOO_FEW_HOURS = "too_few_hours"


@dataclass(frozen=True, kw_only=True)
class StaffOnDate:
    """What the staff list says about one person on the reference date; None where it says nothing.

    `monthly_hours` are paid, guaranteed hours; for seasonal staff those of the reference month.
    `employed_until` is the last day of employment. Where a person lives plays no part.
    """

    contract_kind: str
    monthly_hours: Decimal | None
    employed_from: date | None
    employed_until: date | None
    has_fixed_workplace: bool
    works_in_the_netherlands: bool = True


@dataclass(frozen=True, kw_only=True)
class HeadcountOutcome:
    """Whether one person counts and why. `multiplies_commute`: counts and has a fixed workplace."""

    reason: HeadcountReason
    multiplies_commute: bool
    assumptions: tuple[Assumption, ...] = ()

    @property
    def counts(self) -> bool:
        return self.reason is HeadcountReason.COUNTS

    @property
    def is_assumed(self) -> bool:
        return bool(self.assumptions)


@dataclass(frozen=True, kw_only=True)
class Headcount:
    """The employer's headcount. `commute_multiplier` multiplies the survey's mean per respondent."""

    counted: int
    commute_multiplier: int
    assumed: int
    excluded: Mapping[HeadcountReason, int]


def headcount_outcome(staff: StaffOnDate, *, reference_date: date, minimum_monthly_hours: int) -> HeadcountOutcome:
    """Whether a person counts on the reference date.

    Unknown contract or hours count and are listed as assumed, so that HR can repair the staff list: leaving
    people out would flatter the duty check. On-call staff never count; an on-call contract with guaranteed
    hours belongs in the list as fixed-term or permanent, so hours of the minimum and more on an on-call
    contract are flagged [D]. People seconded to another part of the group keep their contract and count [D].
    A contract kind outside the list raises `ValueError`.
    """
    kind = ContractKind(staff.contract_kind)
    hours = staff.monthly_hours
    reason = _reason(staff, kind=kind, reference_date=reference_date, minimum_monthly_hours=minimum_monthly_hours)
    assumptions: tuple[Assumption, ...] = ()
    if reason is HeadcountReason.COUNTS:
        assumptions = staff_assumptions(kind=kind, monthly_hours=hours, employed_from=staff.employed_from)
    elif reason is HeadcountReason.ON_CALL and hours is not None and hours >= minimum_monthly_hours:
        assumptions = (Assumption.ON_CALL_WITH_HOURS,)
    return HeadcountOutcome(
        reason=reason,
        multiplies_commute=reason is HeadcountReason.COUNTS and staff.has_fixed_workplace,
        assumptions=assumptions,
    )


def headcount(outcomes: Iterable[HeadcountOutcome]) -> Headcount:
    """The sums over all people of the staff list."""
    counted = commute_multiplier = assumed = 0
    excluded: Counter[HeadcountReason] = Counter()
    for outcome in outcomes:
        counted += outcome.counts
        commute_multiplier += outcome.multiplies_commute
        assumed += outcome.is_assumed
        if not outcome.counts:
            excluded[outcome.reason] += 1
    return Headcount(counted=counted, commute_multiplier=commute_multiplier, assumed=assumed, excluded=dict(excluded))


def commute_reference_date(parameters: Parameters, *, survey_year: int) -> date:
    """The day whose headcount multiplies the survey's mean.

    The sources disagree: the decree takes the reference date of the reporting year (the default), the
    guidance's summary 1 January of the year in which the survey is held. `commute_headcount_rule` chooses.
    """
    if parameters.text("commute_headcount_rule") == "survey_year":
        return date(survey_year, 1, 1)
    return parameters.day("reference_date")


def _reason(
    staff: StaffOnDate, *, kind: ContractKind, reference_date: date, minimum_monthly_hours: int
) -> HeadcountReason:
    if kind in NOT_EMPLOYEES:
        return HeadcountReason(kind.value)
    if not staff.works_in_the_netherlands:
        return HeadcountReason.FOREIGN_SITE
    if staff.employed_from is not None and staff.employed_from > reference_date:
        return HeadcountReason.NOT_YET_EMPLOYED
    if staff.employed_until is not None and staff.employed_until < reference_date:
        return HeadcountReason.LEFT
    if kind is ContractKind.ON_CALL:
        return HeadcountReason.ON_CALL
    if staff.monthly_hours is not None and staff.monthly_hours < minimum_monthly_hours:
        return HeadcountReason.TOO_FEW_HOURS
    return HeadcountReason.COUNTS
