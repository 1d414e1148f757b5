"""The one rounding of the calculation: half up, to whole units, at the very end."""

from fractions import Fraction
from math import floor


def round_half_up(value: Fraction) -> int:
    """The nearest whole number; exactly one half goes up (0.5 → 1, 148.5 → 149)."""
    return floor(value + Fraction(1, 2))
