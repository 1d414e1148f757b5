"""Who is asked for a survey week, and why somebody is not.

The rules follow the guidance for employers (RVO): the survey is meant for staff with a labour contract of at
least twenty paid hours a month, not for on-call staff nor for people who are seconded internally. What the
guidance leaves open is marked [D], our own derivation.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class ContractKind(StrEnum):
    PERMANENT = "permanent"
    FIXED_TERM = "fixed_term"
    SEASONAL = "seasonal"
    ON_CALL = "on_call"
    AGENCY_CLAUSE = "agency_clause"
    HIRED_TEMP = "hired_temp"
    SECONDED_IN = "seconded_in"
    SECONDED_INTERNALLY = "seconded_internally"
    SELF_EMPLOYED = "self_employed"
    VOLUNTEER = "volunteer"
    INTERN = "intern"
    POLITICAL_OFFICE = "political_office"
    UNKNOWN = ""


# People without a labour contract or public appointment with this employer. Interns are [D]: the guidance
# does not name them, but an internship is not a labour contract.
NOT_EMPLOYEES = frozenset(
    {
        ContractKind.AGENCY_CLAUSE,
        ContractKind.HIRED_TEMP,
        ContractKind.SECONDED_IN,
        ContractKind.SELF_EMPLOYED,
        ContractKind.VOLUNTEER,
        ContractKind.INTERN,
        ContractKind.POLITICAL_OFFICE,
    }
)


class Assumption(StrEnum):
    """What had to be taken for granted because the staff list does not say it."""

    CONTRACT_UNKNOWN = "contract_unknown"
    HOURS_UNKNOWN = "hours_unknown"
    START_UNKNOWN = "start_unknown"
    ON_CALL_WITH_HOURS = "on_call_with_hours"


class PopulationReason(StrEnum):
    """`INVITED`, or why a person is not asked. A contract kind outside employment names itself."""

    INVITED = "invited"
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
    TOO_FEW_HOURS = "too_few_hours"
    ON_CALL = "on_call"
    SECONDED_INTERNALLY = "seconded_internally"
    NO_FIXED_WORKPLACE = "no_fixed_workplace"
    ON_LEAVE = "on_leave"
    NO_ADDRESS = "no_address"
    # Could be asked, and is not by this campaign: the estimation speaks for them.
    ASKED_EARLIER = "asked_earlier"
    NOT_DRAWN = "not_drawn"


# Who is not asked for one of these belongs to the surveyed staff all the same.
MODELLED = frozenset({PopulationReason.ASKED_EARLIER, PopulationReason.NOT_DRAWN})


@dataclass(frozen=True, kw_only=True)
class StaffInWeek:
    """What the staff list says about one person for one survey week; None where it says nothing.

    `employed_until` is the last day of employment. `is_on_leave_all_week` is true only when no day of the
    week is worked. `has_address`: the person can be mailed, or gets a code on paper where the campaign does so.
    """

    contract_kind: str
    monthly_hours: Decimal | None
    employed_from: date | None
    employed_until: date | None
    has_fixed_workplace: bool
    is_on_leave_all_week: bool
    has_address: bool
    works_in_the_netherlands: bool = True


@dataclass(frozen=True, kw_only=True)
class PopulationOutcome:
    """Whether a person is invited, the reason, and what was assumed on the way."""

    reason: PopulationReason
    assumptions: tuple[Assumption, ...] = ()

    @property
    def is_invited(self) -> bool:
        return self.reason is PopulationReason.INVITED


def population_outcome(
    staff: StaffInWeek, *, week_from: date, week_until: date, asked_on: date, minimum_monthly_hours: int
) -> PopulationOutcome:
    """Whether a person is asked about the week `week_from`…`week_until` (both included), on the day
    `asked_on`.

    The first rule that excludes gives the reason; somebody who is left out for the kind of staff comes before
    somebody who is only out of reach. Employed for a part of the week is employed in the week [D]; who left
    between the week and the day of asking is listed as left. A contract kind outside the list raises
    `ValueError`.
    """
    kind = ContractKind(staff.contract_kind)
    return PopulationOutcome(
        reason=_reason(
            staff,
            kind=kind,
            week_from=week_from,
            week_until=week_until,
            asked_on=asked_on,
            minimum_monthly_hours=minimum_monthly_hours,
        ),
        assumptions=staff_assumptions(kind=kind, monthly_hours=staff.monthly_hours, employed_from=staff.employed_from),
    )


def staff_assumptions(
    *, kind: ContractKind, monthly_hours: Decimal | None, employed_from: date | None
) -> tuple[Assumption, ...]:
    """What the rules take for granted about a person of whom the staff list says too little."""
    if kind in NOT_EMPLOYEES or kind is ContractKind.ON_CALL:
        return ()
    found = []
    if kind is ContractKind.UNKNOWN:
        found.append(Assumption.CONTRACT_UNKNOWN)
    if monthly_hours is None:
        found.append(Assumption.HOURS_UNKNOWN)
    if employed_from is None:
        found.append(Assumption.START_UNKNOWN)
    return tuple(found)


def _reason(
    staff: StaffInWeek,
    *,
    kind: ContractKind,
    week_from: date,
    week_until: date,
    asked_on: date,
    minimum_monthly_hours: int,
) -> PopulationReason:
    if kind in NOT_EMPLOYEES:
        return PopulationReason(kind.value)
    too_few = staff.monthly_hours is not None and staff.monthly_hours < minimum_monthly_hours
    gone_before = max(week_from, asked_on)
    rules = (
        (not staff.works_in_the_netherlands, PopulationReason.FOREIGN_SITE),
        (
            staff.employed_from is not None and staff.employed_from > week_until,
            PopulationReason.NOT_YET_EMPLOYED,
        ),
        (staff.employed_until is not None and staff.employed_until < gone_before, PopulationReason.LEFT),
        (kind is ContractKind.ON_CALL, PopulationReason.ON_CALL),
        (too_few, PopulationReason.TOO_FEW_HOURS),
        (kind is ContractKind.SECONDED_INTERNALLY, PopulationReason.SECONDED_INTERNALLY),
        (not staff.has_fixed_workplace, PopulationReason.NO_FIXED_WORKPLACE),
        (staff.is_on_leave_all_week, PopulationReason.ON_LEAVE),
        (not staff.has_address, PopulationReason.NO_ADDRESS),
    )
    return next((reason for excludes, reason in rules if excludes), PopulationReason.INVITED)
