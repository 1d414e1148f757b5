"""From the rows of a register to sums: standard rhythms of people, or totals of a trip registration.

A rhythm holds for a person's months of the year: as many as the row says, else the months in which the person was in
service on the 15th, by the staff list [D]. Who joined after the reference date counts for their months [L]; who does
not count by the rules of the headcount, or has no fixed workplace, is recorded and left out [D].
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from reporting.domain.business.vehicles import MODE_OF_KIND, LeftOut, VehicleKind, left_out_kind
from reporting.domain.commute_method import CommuteMethod
from reporting.domain.rvo import Fuel
from reporting.domain.survey_sums import ModeSum, sum_order

MONTHS = 12
_MIDDLE = 15
_NOTHING = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class RhythmStaff:
    """What the staff list says about a person of the register. months: in service in the reporting year.

    is_counted: in the headcount that multiplies commuting, on the reference date.
    """

    months: int
    is_counted: bool
    left_out: LeftOut | None = None


@dataclass(frozen=True, kw_only=True)
class RhythmRow:
    """One person's standard rhythm. months None: as the staff list says. kind None: at home all week."""

    staff_number: str
    days_per_week: Decimal
    kind: VehicleKind | None = None
    fuel: Fuel = Fuel.NONE
    is_employer_provided: bool | None = None
    one_way_km: Decimal = _NOTHING
    months: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class RegistrationRow:
    """A total, or a trip, of a trip registration: the kilometres of the commute, there and back."""

    kind: VehicleKind
    fuel: Fuel
    km: Decimal
    is_employer_provided: bool | None = None
    left_out: LeftOut | None = None


@dataclass(frozen=True, kw_only=True)
class CommuteSum:
    """Rows that share vehicle, fuel, provider and reason. amount: one way km × days a week × months, or km a year."""

    kind: VehicleKind | None
    fuel: Fuel
    is_employer_provided: bool | None
    left_out: LeftOut | None
    rows: int
    people: int = 0
    amount: Decimal = _NOTHING


def months_in_service(*, year: int, employed_from: date | None, employed_until: date | None) -> int:
    """The months of the year in which somebody was in service on the 15th; 12 when nothing is known."""
    middles = (date(year, month, _MIDDLE) for month in range(1, MONTHS + 1))
    return sum(
        (employed_from is None or employed_from <= day) and (employed_until is None or employed_until >= day)
        for day in middles
    )


def person_key(staff_number: str) -> str:
    """How a staff number is compared: AB12 and ab12 are one person."""
    return staff_number.strip().casefold()


def rhythm_sums(rows: Iterable[RhythmRow], *, staff: Mapping[str, RhythmStaff]) -> tuple[CommuteSum, ...]:
    """Sums over the register; each person of the headcount is counted once, at their first row that counts."""
    counted: set[str] = set()
    sums = []
    for row in rows:
        key = person_key(row.staff_number)
        person = staff[key]
        left_out = person.left_out or (left_out_kind(row.kind) if row.kind else None)
        is_new = left_out is None and person.is_counted and key not in counted
        if is_new:
            counted.add(key)
        months = Decimal(person.months) if row.months is None else row.months
        sums.append(
            CommuteSum(
                kind=row.kind if row.days_per_week else None,
                fuel=row.fuel if row.days_per_week else Fuel.NONE,
                is_employer_provided=row.is_employer_provided if row.days_per_week else None,
                left_out=left_out,
                rows=1,
                people=int(is_new),
                amount=row.one_way_km * row.days_per_week * months,
            )
        )
    return merged_commute(sums)


def registration_sums(rows: Iterable[RegistrationRow]) -> tuple[CommuteSum, ...]:
    """Sums per vehicle, fuel and provider; what is not commuting is left out with its reason."""
    return merged_commute(
        CommuteSum(
            kind=row.kind,
            fuel=row.fuel,
            is_employer_provided=row.is_employer_provided,
            left_out=row.left_out or left_out_kind(row.kind),
            rows=1,
            amount=row.km,
        )
        for row in rows
    )


def merged_commute(sums: Iterable[CommuteSum]) -> tuple[CommuteSum, ...]:
    """Sums that share everything but their amounts as one, in a fixed order."""
    found: dict[tuple[object, ...], CommuteSum] = {}
    for row in sums:
        key = (row.kind or "", row.fuel, str(row.is_employer_provided), row.left_out or "")
        before = found.get(key)
        found[key] = (
            row
            if before is None
            else replace(
                before,
                rows=before.rows + row.rows,
                people=before.people + row.people,
                amount=before.amount + row.amount,
            )
        )
    return tuple(found[key] for key in sorted(found, key=str))


def register_sums(sums: Iterable[CommuteSum], *, method: CommuteMethod) -> tuple[ModeSum, ...]:
    """The sums that count, in metres: of a standard week there and back (months ÷ 12), or of the year."""
    factor = Fraction(2 * 1000, MONTHS) if method is CommuteMethod.STANDARD_DAYS else Fraction(1000)
    metres: dict[tuple[object, ...], ModeSum] = {}
    for row in sums:
        if row.left_out is not None or row.kind is None or not row.amount:
            continue
        mode = MODE_OF_KIND[row.kind]
        key = (mode, row.fuel, row.is_employer_provided)
        before = metres[key].metres if key in metres else Fraction(0)
        metres[key] = ModeSum(
            mode=mode,
            fuel=row.fuel,
            is_employer_provided=row.is_employer_provided,
            metres=before + Fraction(row.amount) * factor,
        )
    return tuple(sorted(metres.values(), key=sum_order))


def people_with_rhythm(sums: Iterable[CommuteSum]) -> int:
    """Of how many employees of the headcount the rhythm is known."""
    return sum(row.people for row in sums)
