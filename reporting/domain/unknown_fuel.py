"""Kilometres whose fuel the respondent does not know [D].

The form has no line for them, and leaving them out would lose kilometres. They are spread over the known
fuels of the same mode in the same report, in proportion to their metres, and flagged. Where nobody knows the
fuel of a mode, the lines of that mode stay undetermined.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from reporting.domain.rvo import FUELLED_MODES, Fuel, Mode
from reporting.domain.survey_sums import ModeSum


@dataclass(frozen=True, kw_only=True)
class SpreadSums:
    """`sums` without unknown fuels; `spread` the metres that each fuel received; `unresolved` the modes left
    open, with their metres."""

    sums: tuple[ModeSum, ...]
    spread: Mapping[tuple[Mode, Fuel], Fraction]
    unresolved: Mapping[Mode, Fraction]


def spread_unknown_fuel(sums: Iterable[ModeSum]) -> SpreadSums:
    """Give every metre of unknown fuel to the known fuels of its mode, keeping who provided the vehicle."""
    sums = tuple(sums)
    known = [row for row in sums if row.fuel is not Fuel.UNKNOWN]
    result = list(known)
    spread: dict[tuple[Mode, Fuel], Fraction] = {}
    unresolved: dict[Mode, Fraction] = {}
    for mode in sorted(FUELLED_MODES):
        unknown_rows = [row for row in sums if row.mode is mode and row.fuel is Fuel.UNKNOWN and row.metres]
        metres_by_fuel: dict[Fuel, Fraction] = {}
        for row in known:
            if row.mode is mode and row.metres:
                metres_by_fuel[row.fuel] = metres_by_fuel.get(row.fuel, Fraction(0)) + row.metres
        if unknown_rows and not metres_by_fuel:
            unresolved[mode] = sum((row.metres for row in unknown_rows), Fraction(0))
            continue
        total = sum(metres_by_fuel.values(), Fraction(0))
        for row in unknown_rows:
            for fuel, metres in metres_by_fuel.items():
                share = row.metres * metres / total
                spread[mode, fuel] = spread.get((mode, fuel), Fraction(0)) + share
                result.append(
                    ModeSum(mode=mode, fuel=fuel, is_employer_provided=row.is_employer_provided, metres=share)
                )
    return SpreadSums(sums=tuple(result), spread=spread, unresolved=unresolved)
