"""One reporting year of a legal entity as it is compared: figures of a stored version, nothing computed anew."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from reporting.domain.matrix import Matrix
from reporting.domain.rounding import round_half_up
from reporting.domain.rvo import RvoBlock, RvoLine
from surveys.domain.result_shares import percentage_shares


class ModeGroup(StrEnum):
    """The lines of a block taken together by vehicle, whatever the fuel."""

    CAR = "car"
    PUBLIC_TRANSPORT = "public_transport"
    BICYCLE_WALKING = "bicycle_walking"
    MOTORCYCLE_MOPED = "motorcycle_moped"


GROUP_OF_LINE: Mapping[RvoLine, ModeGroup] = {
    RvoLine.CAR_PETROL: ModeGroup.CAR,
    RvoLine.CAR_DIESEL: ModeGroup.CAR,
    RvoLine.CAR_HYBRID: ModeGroup.CAR,
    RvoLine.CAR_ELECTRIC: ModeGroup.CAR,
    RvoLine.CAR_OTHER: ModeGroup.CAR,
    RvoLine.MOTORCYCLE_PETROL: ModeGroup.MOTORCYCLE_MOPED,
    RvoLine.MOTORCYCLE_ELECTRIC: ModeGroup.MOTORCYCLE_MOPED,
    RvoLine.MOPED_PETROL: ModeGroup.MOTORCYCLE_MOPED,
    RvoLine.MOPED_ELECTRIC: ModeGroup.MOTORCYCLE_MOPED,
    RvoLine.BICYCLE_WALKING: ModeGroup.BICYCLE_WALKING,
    RvoLine.PUBLIC_TRANSPORT: ModeGroup.PUBLIC_TRANSPORT,
}


@dataclass(frozen=True, kw_only=True)
class YearFigures:
    """What is compared of one year. is_draft: it may still change.

    counted: the form's header; commute_people: those with a fixed workplace, who multiply commuting. respondents: of
    the survey, None without one. invited, answered: kept when a report is frozen, None for a draft. factors: what the
    figures depend on, by key. few: lines of commuting with one to four contributors.
    """

    year: int
    is_draft: bool
    matrix: Matrix
    counted: int
    commute_people: int
    form_version: str
    respondents: int | None = None
    weeks: int = 0
    invited: int | None = None
    answered: int | None = None
    factors: Mapping[str, str] = field(default_factory=dict)
    few: frozenset[RvoLine] = frozenset()

    @property
    def response(self) -> int | None:
        """Whole percent of the people invited, rounded down: never flattered. None when it was not kept."""
        if not self.invited or self.answered is None:
            return None
        return self.answered * 100 // self.invited

    def kilometres(self, block: RvoBlock) -> int | None:
        """The block's total of rounded lines; None while a line is open."""
        return next(total.kilometres for total in self.matrix.totals() if total.block is block)

    @property
    def commute_km_per_person(self) -> int | None:
        """Whole kilometres a year per employee with a fixed workplace; None when it cannot be told."""
        return _per_person(self.kilometres(RvoBlock.COMMUTE), self.commute_people)

    @property
    def business_km_per_person(self) -> int | None:
        """Whole kilometres a year per counted employee, blocks 1 to 3 together without the euros of tickets."""
        totals = [self.kilometres(block) for block in RvoBlock if block is not RvoBlock.COMMUTE]
        known = [total for total in totals if total is not None]
        return _per_person(sum(known), self.counted) if len(known) == len(totals) else None


def modal_split(matrix: Matrix) -> dict[ModeGroup, int] | None:
    """Whole percentages of the commuting kilometres that add up to 100; None while a line is open, and for 0 km."""
    kilometres = dict.fromkeys(ModeGroup, 0)
    for cell in matrix.block(RvoBlock.COMMUTE):
        if cell.value is None:
            return None
        kilometres[GROUP_OF_LINE[cell.line]] += int(cell.value)
    shares = dict(percentage_shares({group.value: km for group, km in kilometres.items()}))
    return {group: shares[group.value] for group in ModeGroup} if shares else None


def _per_person(kilometres: int | None, people: int) -> int | None:
    return round_half_up(Fraction(kilometres, people)) if kilometres is not None and people else None
