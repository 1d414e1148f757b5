"""GeoPackages (`.gpkg`) as CBS and PDOK publish them: postcode areas in the Dutch grid, of which the middle counts.

The format: an SQLite file; geometries are WKB after a short header (OGC 12-128r18, "GeoPackageBinary").
"""

import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path

from surveys.domain.distance import Place
from surveys.domain.postcode_file.layout import RowError, checked_place, field_of

# EPSG codes: the Dutch grid, without and with heights; WGS84 and ETRS89 in degrees.
_GRIDS = {28992, 7415}
_DEGREES = {4326, 4258}
_ENVELOPE_BYTES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_POINT, _POLYGON, _MULTIPOLYGON = 1, 3, 6

Points = list[tuple[float, float]]


class GeopackageError(ValueError):
    """This is no GeoPackage that we can read, in words for an operator."""


def geopackage_places(path: Path) -> Iterator[tuple[int, Place | RowError | None]]:
    """Each row's number with its place, what is wrong with it, or None without a geometry. Raises `GeopackageError`."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
            table, geometry, system = _layer(database)
            postcode = _postcode_column(database, table)
            # The names come from the file's own list of tables; quoted, they are nothing but names.
            query = f"SELECT {_quoted(postcode)}, {_quoted(geometry)} FROM {_quoted(table)}"  # noqa: S608
            for number, (text, blob) in enumerate(database.execute(query), start=1):
                yield number, _place(str(text), blob, is_grid=system in _GRIDS)
    except sqlite3.DatabaseError as error:
        raise GeopackageError(f"this GeoPackage cannot be read: {error}") from error


def _layer(database: sqlite3.Connection) -> tuple[str, str, int]:
    """The first table with geometries: its name, the column, and the EPSG code of its coordinates."""
    query = "SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns ORDER BY table_name LIMIT 1"
    row = database.execute(query).fetchone()
    if row is None:
        raise GeopackageError("this GeoPackage has no table with places")
    table, column, system = str(row[0]), str(row[1]), int(row[2])
    if system not in _GRIDS | _DEGREES:
        raise GeopackageError(f"its coordinates are EPSG:{system}; take the file in EPSG:28992 or EPSG:4326")
    return table, column, system


def _postcode_column(database: sqlite3.Connection, table: str) -> str:
    names = [str(row[1]) for row in database.execute(f"PRAGMA table_info({_quoted(table)})")]
    found = next((name for name in names if field_of(name) == "postcode"), None)
    if found is None:
        raise GeopackageError(f"table {table} has no column with a postcode; its columns are {', '.join(names[:12])}")
    return found


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _place(postcode: str, blob: bytes | None, *, is_grid: bool) -> Place | RowError | None:
    if not blob:
        return None
    try:
        middle = centre_of(blob)
        if middle is None:
            return None
        first, second = middle if is_grid else (middle[1], middle[0])
        return checked_place(postcode, first, second, is_grid=is_grid)
    except RowError as error:
        return error
    except (struct.error, IndexError, KeyError):
        return RowError("its geometry cannot be read")


def centre_of(blob: bytes) -> tuple[float, float] | None:
    """The middle (x, y) of a GeoPackage geometry: a point itself, an area's centre of gravity. None when it is empty.

    Raises `RowError` for lines and collections.
    """
    if blob[:2] != b"GP":
        raise RowError("its geometry is not a GeoPackage geometry")
    flags = blob[3]
    if flags & 0b10000:
        return None
    reader = _Reader(blob, at=8 + _ENVELOPE_BYTES[flags >> 1 & 0b111])
    kind, values = reader.begin()
    if kind == _POINT:
        return reader.points(1, values)[0]
    if kind == _POLYGON:
        polygons = [reader.rings(values)]
    elif kind == _MULTIPOLYGON:
        polygons = [reader.rings(reader.begin()[1]) for _ in range(reader.count())]
    else:
        raise RowError(f"its geometry is of kind {kind}; points and areas are read")
    return _centre_of_gravity(polygons)


class _Reader:
    """Walks through well-known binary; `values` is how many numbers a point has, of which x and y are the first."""

    def __init__(self, blob: bytes, *, at: int) -> None:
        self._blob, self._at, self._order = blob, at, "<"

    def begin(self) -> tuple[int, int]:
        """The kind of the geometry that begins here, and how many numbers its points have."""
        self._order = "<" if self._blob[self._at] == 1 else ">"
        self._at += 1
        code = self.count()
        return code % 1_000, {0: 2, 1: 3, 2: 3, 3: 4}[code // 1_000]

    def count(self) -> int:
        (number,) = struct.unpack_from(f"{self._order}I", self._blob, self._at)
        self._at += 4
        return int(number)

    def points(self, number: int, values: int) -> Points:
        numbers = struct.unpack_from(f"{self._order}{number * values}d", self._blob, self._at)
        self._at += 8 * number * values
        return list(zip(numbers[0::values], numbers[1::values], strict=True))

    def rings(self, values: int) -> list[Points]:
        return [self.points(self.count(), values) for _ in range(self.count())]


def _centre_of_gravity(polygons: list[list[Points]]) -> tuple[float, float] | None:
    """By area; the first ring of a polygon is its edge, the others are holes."""
    total = x = y = 0.0
    for rings in polygons:
        for number, ring in enumerate(rings):
            area, ring_x, ring_y = _ring(ring)
            sign = 1 if number == 0 else -1
            total, x, y = total + sign * area, x + sign * area * ring_x, y + sign * area * ring_y
    return (x / total, y / total) if total > 0 else None


def _ring(ring: Points) -> tuple[float, float, float]:
    """Area and centre of gravity of one ring, whichever way round it is drawn."""
    doubled = x = y = 0.0
    # Counted from its first point: far from the origin, the products would lose their last digits.
    start_x, start_y = ring[0] if ring else (0.0, 0.0)
    near = [(here_x - start_x, here_y - start_y) for here_x, here_y in ring]
    for (x1, y1), (x2, y2) in pairwise(near):
        cross = x1 * y2 - x2 * y1
        doubled, x, y = doubled + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    if doubled == 0:
        return 0.0, start_x, start_y
    return abs(doubled) / 2, start_x + x / (3 * doubled), start_y + y / (3 * doubled)
