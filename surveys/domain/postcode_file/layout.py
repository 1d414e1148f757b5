"""Where in a row the postcode and its place stand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from surveys.domain.distance import Place
from surveys.domain.dutch_grid import degrees_of, is_in_grid

_POSTCODE = re.compile(r"[1-9]\d{3}([A-Z]{2})?")
_HEADERS = {
    "postcode": "postcode postcode6 postcode4 pc6 pc4 pc6code pc4code postcodenl 6pp 4pp postalcode zip zipcode",
    "latitude": "latitude lat wgs84lat latwgs84 breedtegraad ywgs84 wgs84y",
    "longitude": "longitude lon lng long wgs84lon lonwgs84 lengtegraad xwgs84 wgs84x",
    "x": "x rdx xrd xcoord xcoordinaat xcoordinate pointx centroidx xcentroid centroidex",
    "y": "y rdy yrd ycoord ycoordinaat ycoordinate pointy centroidy ycentroid centroidey",
}
_FIELD_OF = {header: field for field, headers in _HEADERS.items() for header in headers.split()}


class RowError(ValueError):
    """What is wrong with one row, in words for an operator."""


@dataclass(frozen=True, kw_only=True)
class Layout:
    """The columns (counted from 0) of the postcode and of the place: degrees, or metres of the Dutch grid.

    country: the column that says in which country a row lies; only NL is read. None when the file has no such column.
    """

    postcode: int
    first: int
    second: int
    is_grid: bool
    country: int | None = None


# GeoNames' readme: country, postal code, place, three levels of administration by name and code, latitude, longitude.
GEONAMES = Layout(country=0, postcode=1, first=9, second=10, is_grid=False)


def is_geonames(row: Sequence[str]) -> bool:
    return len(row) in (11, 12) and re.fullmatch("[A-Z]{2}", row[0]) is not None


def field_of(header: str) -> str | None:
    """Which field a header names, however it is written: `RD_X`, `x-coord`, `Postcode (PC6)` … None for another."""
    words = re.sub(r"\(.*?\)", "", header).casefold()
    return _FIELD_OF.get(re.sub(r"[^a-z0-9]", "", words))


def layout_of(headers: Sequence[str]) -> Layout | None:
    """The layout that a row of headers tells; None when it names no postcode or no place."""
    found: dict[str, int] = {}
    for column, header in enumerate(headers):
        field = field_of(header)
        if field:
            found.setdefault(field, column)
    if "postcode" not in found:
        return None
    for first, second, is_grid in (("latitude", "longitude", False), ("x", "y", True)):
        if first in found and second in found:
            return Layout(postcode=found["postcode"], first=found[first], second=found[second], is_grid=is_grid)
    return None


def place_in(row: Sequence[str], layout: Layout) -> Place | None:
    """The place in a row; None when it lies in another country or has no coordinates. Raises `RowError`."""
    if layout.country is not None and row[layout.country] != "NL":
        return None
    if len(row) <= max(layout.postcode, layout.first, layout.second):
        raise RowError("has too few columns")
    postcode, first, second = (row[column].strip() for column in (layout.postcode, layout.first, layout.second))
    if not first and not second:
        return None
    return checked_place(postcode, _number(first), _number(second), is_grid=layout.is_grid)


def checked_place(text: str, first: float, second: float, *, is_grid: bool) -> Place:
    """first, second: latitude and longitude, or x and y of the Dutch grid. Raises `RowError`."""
    postcode = "".join(text.split()).upper()
    if not _POSTCODE.fullmatch(postcode):
        raise RowError(f"“{text[:20]}” is not a Dutch postcode")
    if is_grid and not is_in_grid(first, second):
        raise RowError(f"x {first:g}, y {second:g} lies outside the Dutch grid (EPSG:28992, in metres)")
    latitude, longitude = degrees_of(first, second) if is_grid else (first, second)
    if not (50.5 <= latitude <= 54 and 3 <= longitude <= 7.5):
        raise RowError(f"latitude {latitude:g}, longitude {longitude:g} does not lie in the Netherlands")
    return Place(postcode=postcode, latitude=latitude, longitude=longitude)


def _number(text: str) -> float:
    """A number with a decimal point or comma."""
    number = text.replace(",", ".")
    if not re.fullmatch(r"-?\d{1,12}(\.\d{0,20})?", number, re.ASCII):
        raise RowError(f"“{text[:20]}” is not a number")
    return float(number)
