"""The Dutch grid to degrees, at points whose coordinates in both are published."""

import pytest

from surveys.domain.dutch_grid import degrees_of, is_in_grid

METRE_IN_DEGREES = 1.5e-5


@pytest.mark.parametrize(
    ("x", "y", "latitude", "longitude"),
    [
        # The origin and the two towers of the article's own example.
        (155_000, 463_000, 52.155174, 5.387206),
        (120_700.723, 487_525.502, 52.374532, 4.883526),
        (233_883.131, 582_065.167, 53.219383, 6.568201),
        # The first district of the example in the manual of GeoDMS ("RD2LatLongWgs84").
        (113_810, 403_025, 51.614590, 4.792496),
    ],
    ids=["Amersfoort", "Westertoren", "Martinitoren", "Breda"],
)
def test_known_points(x, y, latitude, longitude):
    assert degrees_of(x, y) == pytest.approx((latitude, longitude), abs=METRE_IN_DEGREES)


@pytest.mark.parametrize(
    ("x", "y", "is_in"),
    [(155_000, 463_000, True), (463_000, 155_000, False), (5.4, 52.1, False), (-1, 400_000, False)],
)
def test_degrees_and_swapped_axes_are_not_in_the_grid(x, y, is_in):
    assert is_in_grid(x, y) is is_in
