"""How far it is from one postcode to another: an estimate, made to be confirmed by the person who travels it.

Straight line × a detour factor per distance band. We know of no factor in the law, the decree or RVO's guidance. [U]
The factors here are our own assumption [D], neither official nor measured for Dutch commuters. What they lean on: a
road is about 1.2 times the straight line between two points in a city (Newell, *Traffic Flow on Transportation
Networks*, 1980), and the factor falls as places lie further apart (Chalasani, Denstadli, Engebretsen and Axhausen,
*Precision of Geocoded Locations and Network Distance Estimates*, 2005, for Norway and Switzerland). Ours lie a little
above that, as Dutch rivers and canals are crossed at bridges. The person who travels has the last word.
"""

import math
from dataclasses import dataclass

EARTH_RADIUS_METRES = 6_371_009  # the mean radius of the ellipsoid GRS80
KILOMETRE = 1_000
LEAST_METRES = 1_000
# Two places within one area of four digits: such an area is some 3 km wide on average (41 500 km² by 4 070 areas). [D]
LEAST_METRES_IN_FOUR_DIGITS = 2_000


@dataclass(frozen=True, kw_only=True)
class Band:
    """factor: of the part of the straight line that lies in this band, up to `until_metres` from its beginning."""

    until_metres: float
    factor: float


# By part, as income tax goes: so a longer straight line never gives a shorter road. [D]
DETOUR_BANDS = (
    Band(until_metres=5_000, factor=1.4),
    Band(until_metres=20_000, factor=1.3),
    Band(until_metres=math.inf, factor=1.2),
)


@dataclass(frozen=True, kw_only=True)
class Place:
    """The middle of a postcode area in degrees (WGS84). postcode: as found, with its letters or of four digits."""

    postcode: str
    latitude: float
    longitude: float


def estimated_one_way_metres(home: Place, work: Place) -> int:
    """The estimated road distance in metres, a whole number of kilometres.

    Never less than 1 km; 2 km when both ends are the same area of four digits, of which only the middle is known.
    """
    if home.postcode == work.postcode:
        return LEAST_METRES if len(home.postcode) > 4 else LEAST_METRES_IN_FOUR_DIGITS
    return whole_kilometres(road_metres(straight_line_metres(home, work)))


def whole_kilometres(metres: float) -> int:
    """Rounded to whole kilometres, half upwards, and 1 km at least; in metres."""
    return max(LEAST_METRES, math.floor(metres / KILOMETRE + 0.5) * KILOMETRE)


def road_metres(straight_metres: float) -> float:
    """The straight line with its detour, not rounded."""
    metres, begin = 0.0, 0.0
    for band in DETOUR_BANDS:
        metres += max(0.0, min(straight_metres, band.until_metres) - begin) * band.factor
        begin = band.until_metres
    return metres


def straight_line_metres(here: Place, there: Place) -> float:
    """The great-circle distance by the haversine formula, to within 0.5 % of the true earth."""
    south, north = math.radians(here.latitude), math.radians(there.latitude)
    half_height = math.sin((north - south) / 2)
    half_width = math.sin(math.radians(there.longitude - here.longitude) / 2)
    square = half_height**2 + math.cos(south) * math.cos(north) * half_width**2
    return 2 * EARTH_RADIUS_METRES * math.asin(math.sqrt(min(1.0, square)))
