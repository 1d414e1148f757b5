"""An estimated distance: right on the globe, never shorter for who lives further, and whole kilometres."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.domain.distance import (
    Place,
    estimated_one_way_metres,
    road_metres,
    straight_line_metres,
    whole_kilometres,
)

WESTERTOREN = Place(postcode="1016DV", latitude=52.374532, longitude=4.883526)
MARTINITOREN = Place(postcode="9712JG", latitude=53.219383, longitude=6.568201)

latitudes, longitudes = st.floats(50.7, 53.6), st.floats(3.3, 7.2)
places = st.builds(
    Place, postcode=st.sampled_from(["1011AB", "1011AC", "1012"]), latitude=latitudes, longitude=longitudes
)


def test_straight_line_agrees_with_the_dutch_grid():
    """By Pythagoras over the towers' grid coordinates (EPSG:28992): 147 491 m."""
    grid = ((233_883.131 - 120_700.723) ** 2 + (582_065.167 - 487_525.502) ** 2) ** 0.5
    assert straight_line_metres(WESTERTOREN, MARTINITOREN) == pytest.approx(grid, rel=0.005)


@pytest.mark.parametrize(
    ("straight", "road"),
    [
        (0, 0),
        (1_000, 1_400),
        (5_000, 7_000),
        (10_000, 7_000 + 6_500),
        (20_000, 7_000 + 19_500),
        (50_000, 7_000 + 19_500 + 36_000),
    ],
)
def test_each_part_of_the_line_has_the_factor_of_its_band(straight, road):
    assert road_metres(straight) == pytest.approx(road)


@pytest.mark.parametrize(
    ("metres", "whole"),
    [(0, 1_000), (499, 1_000), (1_499, 1_000), (1_500, 2_000), (13_500, 14_000), (14_499.9, 14_000)],
)
def test_whole_kilometres_half_upwards_and_one_at_least(metres, whole):
    assert whole_kilometres(metres) == whole


@given(st.floats(0, 400_000), st.floats(0, 400_000))
def test_further_away_is_never_a_shorter_road(one, other):
    near, far = sorted((one, other))
    assert near <= road_metres(near) <= road_metres(far)


@given(places, places)
def test_there_is_as_far_as_back_and_whole(home, work):
    there, back = estimated_one_way_metres(home, work), estimated_one_way_metres(work, home)
    assert there == back
    assert there >= 1_000
    assert there % 1_000 == 0


def test_within_one_postcode_there_is_a_least_distance():
    with_letters = Place(postcode="5911AB", latitude=51.37, longitude=6.17)
    of_digits = Place(postcode="5911", latitude=51.37, longitude=6.17)
    assert estimated_one_way_metres(with_letters, with_letters) == 1_000
    assert estimated_one_way_metres(of_digits, of_digits) == 2_000
    assert estimated_one_way_metres(with_letters, of_digits) == 1_000
