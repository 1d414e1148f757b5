"""How many answers are enough, for the share of a yes/no question. Never a reason to block a report.

Kilometres spread wider than shares, so this margin says little about kilometres; show it as what it is.
"""

from decimal import ROUND_CEILING, Decimal, localcontext
from fractions import Fraction
from math import ceil

QUARTER = Fraction(1, 4)  # the variance of a share of one half, the widest there is


def required_answers(*, population: int, margin: Decimal, z: Decimal) -> int:
    """n = ⌈ N·z²·¼ ÷ (e²·(N−1) + z²·¼) ⌉, never more than the population; 0 for an empty one.

    `margin` is a share (0.02 = 2 points either way), `z` the quantile of the confidence (1.96 for 95 %).
    Reproduces one vendor's table: 97 of 100, 707 of 1 000, 1 092 of 2 000.
    """
    if population < 0 or not 0 < margin <= 1 or z <= 0:
        raise ValueError("A population of 0 or more, a margin above 0 and at most 1 and a z above 0 are needed.")
    if population == 0:
        return 0
    spread = Fraction(z) ** 2 * QUARTER
    return ceil(population * spread / (Fraction(margin) ** 2 * (population - 1) + spread))


def reached_margin(*, answers: int, population: int, z: Decimal) -> Decimal | None:
    """The margin so many answers reach, rounded up to six decimals; None without, 0 when all answered."""
    if not 0 <= answers <= population or z <= 0:
        raise ValueError("Answers lie between 0 and the population, and z above 0.")
    if answers == 0:
        return None
    if answers == population:
        return Decimal(0)
    square = Fraction(z) ** 2 * QUARTER * Fraction(population - answers, answers * (population - 1))
    with localcontext() as context:
        context.prec = 40
        root = (Decimal(square.numerator) / Decimal(square.denominator)).sqrt()
        return root.quantize(Decimal("0.000001"), rounding=ROUND_CEILING)
