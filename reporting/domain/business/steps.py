"""How a business figure is added up, step by step."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any


class StepKind(StrEnum):
    """One line of the sum; what is taken off has a negative amount."""

    DRIVEN = "driven"
    CONTRACT = "contract"
    COMMUTE = "commute"
    PRIVATE_FLAT_RATE = "private_flat_rate"
    PRIVATE_SHARE = "private_share"
    PRIVATE_STATED = "private_stated"
    REGISTERED = "registered"
    SPLIT_BUSINESS = "split_business"
    UNSPLIT = "unsplit"
    CLAIMED = "claimed"
    REGISTERED_COMMUTE = "registered_commute"


class BusinessFlag(StrEnum):
    """Remarks beside a business figure: vehicles, or whole kilometres of the line."""

    PART_YEAR_VEHICLES = "part_year_vehicles"
    PROVEN_VEHICLES = "proven_vehicles"
    OWNED_VEHICLES = "owned_vehicles"
    ASSUMED_LINE_VEHICLES = "assumed_line_vehicles"
    UNKNOWN_FUEL_KM = "unknown_fuel_km"
    ASSUMED_LINE_KM = "assumed_line_km"


BUSINESS_FLAGS = frozenset(BusinessFlag)


@dataclass(frozen=True, kw_only=True)
class Step:
    """An exact amount (km, or euros where the cell asks these) and how many vehicles or rows it is about; 0 where
    the count says nothing."""

    kind: StepKind
    amount: Fraction
    count: int = 0

    def to_json(self) -> dict[str, Any]:
        return {"kind": self.kind.value, "amount": str(self.amount), "count": self.count}


def steps_from_json(rows: list[dict[str, Any]]) -> tuple[Step, ...]:
    """The inverse of `Step.to_json`, for a list."""
    return tuple(Step(kind=StepKind(row["kind"]), amount=Fraction(row["amount"]), count=row["count"]) for row in rows)


def outcome(steps: tuple[Step, ...]) -> Fraction:
    """What the steps add up to; may be negative, and is never clamped."""
    return sum((step.amount for step in steps), Fraction(0))
