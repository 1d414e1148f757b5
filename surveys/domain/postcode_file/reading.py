"""From a file to places, whatever form the file has."""

import csv
import io
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from surveys.domain.distance import Place
from surveys.domain.postcode_file.geopackage import GeopackageError, geopackage_places
from surveys.domain.postcode_file.layout import GEONAMES, Layout, RowError, is_geonames, layout_of, place_in

MOST_ERRORS = 10
HEADER_LINES = 10
_ENDINGS = (".gpkg", ".xlsx", ".csv", ".txt")

Found = tuple[int, Place | RowError | None]


class PostcodeFileError(ValueError):
    """Why a file cannot be used; each line of the text is one finding, with the line of the file where there is one."""


def read_places(path: Path) -> Iterator[Place]:
    """The places in a file; a postcode may come more than once. Rows without coordinates are left out.

    Raises `PostcodeFileError`, at the tenth wrong row or at the end.
    """
    errors: list[str] = []
    for number, found in _found(path):
        if isinstance(found, RowError):
            errors.append(f"line {number}: {found}")
            if len(errors) == MOST_ERRORS:
                break
        elif found is not None:
            yield found
    if errors:
        raise PostcodeFileError("\n".join(errors))


def _found(path: Path) -> Iterator[Found]:
    ending = path.suffix.lower()
    try:
        if ending == ".zip":
            yield from _in_archive(path)
        elif ending == ".gpkg":
            yield from geopackage_places(path)
        elif ending == ".xlsx":
            yield from _in_table(_workbook_rows(path))
        elif ending in _ENDINGS:
            yield from _in_table(_text_rows(path))
        else:
            raise PostcodeFileError(f"{path.name}: give a file that ends in .zip, {', '.join(_ENDINGS)}")
    except (OSError, zipfile.BadZipFile, CalamineError, csv.Error, GeopackageError) as error:
        raise PostcodeFileError(f"{path.name}: {error}") from error


def _in_archive(path: Path) -> Iterator[Found]:
    """The largest file in it that is no readme."""
    with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory() as folder:
        readable = [
            member
            for member in archive.infolist()
            if member.filename.lower().endswith(_ENDINGS) and "readme" not in member.filename.lower()
        ]
        if not readable:
            raise PostcodeFileError(f"{path.name} holds no file that ends in {', '.join(_ENDINGS)}")
        member = max(readable, key=lambda each: each.file_size)
        # Under a name of our own: the archive may call it anything.
        unpacked = Path(folder) / f"unpacked{Path(member.filename).suffix.lower()}"
        with archive.open(member) as source, unpacked.open("wb") as target:
            while part := source.read(1_048_576):
                target.write(part)
        yield from _found(unpacked)


def _in_table(rows: Iterable[tuple[int, Sequence[str]]]) -> Iterator[Found]:
    """A table of GeoNames, or one with a header in its first lines."""
    layout: Layout | None = None
    for number, row in rows:
        if not any(row):
            continue
        if layout is None:
            is_data = is_geonames(row)
            layout = GEONAMES if is_data else layout_of(row)
            if layout is None and number >= HEADER_LINES:
                break
            if not is_data:
                continue
        try:
            yield number, place_in(row, layout) if layout else None
        except RowError as error:
            yield number, error
    if layout is None:
        raise PostcodeFileError(
            "no header is recognised: name the columns postcode with lat and lon, or postcode with x and y (EPSG:28992)"
        )


def _text_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Lines of a text file, in UTF-8 or else in Windows' own encoding; between tabs, semicolons or commas."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    beginning = "\n".join(text.split("\n", HEADER_LINES)[:HEADER_LINES])
    separator = max("\t;,", key=beginning.count)
    lines = io.StringIO(text, newline="")
    if separator == "\t":
        # GeoNames does not quote; a place's name may hold a quotation mark.
        reader = csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE)
    else:
        reader = csv.reader(lines, delimiter=separator)
    for row in reader:
        yield reader.line_num, row


def _workbook_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    begin = sheet.start[0] + 1 if sheet.start else 1
    for number, row in enumerate(sheet.iter_rows(), start=begin):
        yield number, [_cell(value) for value in row]


def _cell(value: object) -> str:
    """A number without the ".0" that a spreadsheet reader adds."""
    return f"{value:.15g}" if isinstance(value, float) else str(value)
