"""How much a figure changed from one year to the next, in tenths of a percent."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from reporting.domain.rounding import round_half_up

Figure = int | Decimal | None


class ChangeKind(StrEnum):
    """`UNKNOWN`: one of both is not known. `NEW`: it was 0, and a percentage of 0 says nothing."""

    UNKNOWN = "unknown"
    NEW = "new"
    PERCENTAGE = "percentage"


@dataclass(frozen=True, kw_only=True)
class Change:
    """percentage: with one decimal; from anything to 0 is -100, from 0 to 0 is 0. None for the other kinds."""

    kind: ChangeKind
    percentage: Decimal | None = None


def change_between(before: Figure, after: Figure) -> Change:
    """The change as a share of what was; a half rounds away from zero, so that up and down are treated alike."""
    if before is None or after is None:
        return Change(kind=ChangeKind.UNKNOWN)
    if before == after:
        return Change(kind=ChangeKind.PERCENTAGE, percentage=Decimal("0.0"))
    if not before:
        return Change(kind=ChangeKind.NEW)
    thousandths = (Fraction(after) - Fraction(before)) / Fraction(before) * 1000
    size = Decimal(round_half_up(abs(thousandths))).scaleb(-1)
    return Change(kind=ChangeKind.PERCENTAGE, percentage=size if thousandths > 0 else -size)
