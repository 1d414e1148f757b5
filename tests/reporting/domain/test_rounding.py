from fractions import Fraction

import pytest

from reporting.domain.rounding import round_half_up


@pytest.mark.parametrize(
    ("value", "rounded"),
    [
        ("0", 0),
        ("1/2", 1),
        ("297/2", 149),
        ("1917/2", 959),
        ("149/2", 75),
        ("4999999/10000000", 0),
        ("1/3", 0),
        ("2/3", 1),
    ],
)
def test_one_half_goes_up(value, rounded):
    assert round_half_up(Fraction(value)) == rounded
