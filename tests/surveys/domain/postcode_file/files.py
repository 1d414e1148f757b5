"""Small files with places, as they are published; the coordinates are made for the tests."""

import sqlite3
import struct
import zipfile
from contextlib import closing
from pathlib import Path

GEONAMES = (
    "NL\t5911\tVenlo\tLimburg\t05\tVenlo\t0983\t\t\t51.3700\t6.1700\t6\n"
    'NL\t5928\tVenlo "Noord"\tLimburg\t05\tVenlo\t0983\t\t\t51.4000\t6.1400\t6\n'
    "BE\t2000\tAntwerpen\tVlaanderen\tVLG\t\t\t\t\t51.2200\t4.4000\t6\n"
)
SQUARE = [(209_000, 376_000), (210_000, 376_000), (210_000, 377_000), (209_000, 377_000), (209_000, 376_000)]
HOLE = [(209_000, 376_000), (209_500, 376_000), (209_500, 377_000), (209_000, 377_000), (209_000, 376_000)]


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def zipped(folder: Path, name: str, **members: str | bytes) -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w") as archive:
        for member, content in members.items():
            archive.writestr(member.replace("_dot_", "."), content)
    return path


def header(*, system: int = 28992, envelope: int = 0, flags: int = 1) -> bytes:
    sizes = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
    return b"GP" + bytes([0, flags | envelope << 1]) + struct.pack("<i", system) + bytes(sizes[envelope])


def point(x: float, y: float) -> bytes:
    return struct.pack("<BIdd", 1, 1, x, y)


def ring(points: list[tuple[float, ...]], order: str = "<") -> bytes:
    values = [value for each in points for value in each]
    return struct.pack(f"{order}I{len(values)}d", len(points), *values)


def polygon(*rings: list[tuple[float, ...]], kind: int = 3, order: str = "<") -> bytes:
    begin = struct.pack(f"{order}BII", 1 if order == "<" else 0, kind, len(rings))
    return begin + b"".join(ring(each, order) for each in rings)


def multipolygon(*polygons: bytes) -> bytes:
    return struct.pack("<BII", 1, 6, len(polygons)) + b"".join(polygons)


def geopackage(
    folder: Path, rows: list[tuple[object, bytes | None]], *, system: int = 28992, column: str = "postcode6"
) -> Path:
    """A GeoPackage as CBS publishes it: one table with areas and figures, of which we need two columns."""
    path = folder / "cbs_pc6.gpkg"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE gpkg_geometry_columns (table_name, column_name, srs_id)")
        database.execute("INSERT INTO gpkg_geometry_columns VALUES ('cbs_pc6', 'geom', ?)", [system])
        database.execute(f'CREATE TABLE cbs_pc6 (fid INTEGER PRIMARY KEY, geom BLOB, "{column}", aantal_inwoners)')
        database.executemany("INSERT INTO cbs_pc6 VALUES (NULL, ?, ?, 5)", [(blob, text) for text, blob in rows])
        database.commit()
    return path
