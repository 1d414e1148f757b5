"""Measures a workbook before it is opened.

The reader keeps one block of memory for the rectangle from the first to the last filled cell, and ends the whole
process when that cannot be had: a file of 2 kB with one value in XFD1048576 is enough. Sizes that the file states
about itself are not trusted: its parts are unpacked as a stream and the places of filled cells are read from them.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from surveys.domain.staff_file.errors import StaffFileUnreadable
from surveys.domain.staff_file.limits import MAX_AREA, MAX_COLUMNS, MAX_INFLATED_BYTES, MAX_ROWS

_CHUNK = 4 * 1024 * 1024
_LONGEST_ROW = 16 * 1024 * 1024
_MAX_PARTS = 5_000
_LOCAL_HEADER = 30
_NARROW = 26
_NOT_FAR_DOWN = 99_999

# The rest of a tag, and something in it: quoted values may hold ">" and "/>".
_REST = rb"""(?>[^<>"'/]|"[^"<]*"|'[^'<]*'|/(?!>))*>(?!</c>)"""
_CELL_COLUMN = re.compile(rb'r="([A-Za-z]{2,})\d+"' + _REST)
_CELL_ROW = re.compile(rb'r="[A-Za-z]+(\d+)"' + _REST)
_CELL_FAR_DOWN = re.compile(rb'r="[A-Za-z]+(\d{6,})"' + _REST)
_ROW = re.compile(rb"<row[\s/>]")
_ROW_NUMBER = re.compile(rb'<row\s[^<>]*?r="(\d+)')
_CELL = re.compile(rb"<c[\s/>]")
_CELL_WITHOUT_PLACE = re.compile(rb"<c(?:>|/|\s(?!r=))")

# The patterns above start with fixed bytes, which makes them fast; spellings that are rare are rewritten first.
_ODD = re.compile(rb"""r(?:\s+=|=\s|=')|:(?:c|row)[\s/>]""")
_ODD_PLACE = re.compile(rb"""\br\s*=\s*(?:'([^'<]*)'|"([^"<]*)")""")
_ODD_NAME = re.compile(rb"<(/?)[\w.-]+:(c|row)(?=[\s/>])")


@dataclass(slots=True)
class _Extent:
    """A rectangle that is sure to hold all filled cells of a sheet.

    In a sheet of at most 26 columns rows up to 99 999 are not told apart, for speed: such a rectangle is small enough.
    """

    last_row: int = 0
    last_column: int = _NARROW
    row_tags: int = 0
    row_number: int = 0
    longest_row: int = 0
    has_cells_without_place: bool = False

    def add(self, xml: bytes) -> None:
        if _ODD.search(xml):
            xml = _ODD_NAME.sub(rb"<\1\2", _ODD_PLACE.sub(rb'r="\1\2"', xml))
        for letters in set(_CELL_COLUMN.findall(xml)):
            self.last_column = max(self.last_column, _column_number(letters))
        is_narrow = self.last_column == _NARROW
        for digits in set((_CELL_FAR_DOWN if is_narrow else _CELL_ROW).findall(xml)):
            self.last_row = max(self.last_row, int(digits[:12]))
        if is_narrow:
            self.last_row = max(self.last_row, _NOT_FAR_DOWN)
        if not self.has_cells_without_place:
            self.has_cells_without_place = _CELL_WITHOUT_PLACE.search(xml) is not None
        if self.has_cells_without_place:
            self._count(xml)

    def _count(self, xml: bytes) -> None:
        self.row_number = max([self.row_number, *(int(digits[:12]) for digits in _ROW_NUMBER.findall(xml))])
        rows = _ROW.split(xml)
        self.row_tags += len(rows)
        self.longest_row = max([self.longest_row, *(len(_CELL.findall(row)) for row in rows)])

    def check(self) -> None:
        rows, columns = self.last_row, self.last_column
        if self.has_cells_without_place:
            # Such cells follow the one before them: count them from the furthest place that was named.
            rows = max(rows, self.row_number) + self.row_tags
            columns += self.longest_row
        if columns > MAX_COLUMNS:
            raise StaffFileUnreadable("too_many_columns", detail=str(MAX_COLUMNS))
        if rows > MAX_ROWS or rows * columns > MAX_AREA:
            raise StaffFileUnreadable("too_large", detail=str(MAX_ROWS))


def check_workbook_extent(content: bytes) -> None:
    """Refuse a workbook that would take too much memory.

    Raises StaffFileUnreadable: `too_large`, `too_many_columns`, `encrypted`, `damaged`, `unsupported_format`.
    """
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, EOFError, UnicodeError):
        raise StaffFileUnreadable("damaged") from None
    names = {part.filename.replace("\\", "/").casefold() for part in parts}
    if "xl/workbook.xml" not in names:
        raise StaffFileUnreadable(
            "unsupported_format"
            if "xl/workbook.bin" in names or "mimetype" in names or "[content_types].xml" in names
            else "not_a_table"
        )
    if len(parts) > _MAX_PARTS:
        raise StaffFileUnreadable("too_large", detail=str(MAX_ROWS))
    budget = MAX_INFLATED_BYTES
    for part in parts:
        extent = _Extent()
        for xml in _in_rows(_inflated(content, part)):
            budget -= len(xml)
            if budget < 0:
                raise StaffFileUnreadable("too_large", detail=str(MAX_ROWS))
            extent.add(xml)
            extent.check()


def _inflated(content: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part's bytes as they are, not as far as the directory says that they go."""
    if part.flag_bits & 0x1:
        raise StaffFileUnreadable("encrypted")
    start = part.header_offset
    if start < 0 or content[start : start + 4] != b"PK\x03\x04":
        raise StaffFileUnreadable("damaged")
    start += _LOCAL_HEADER + sum(int.from_bytes(content[start + at : start + at + 2], "little") for at in (26, 28))
    packed = memoryview(content)[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        yield bytes(packed)
        return
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise StaffFileUnreadable("damaged")
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    rest: bytes | memoryview = packed
    try:
        while rest and not unpacker.eof:
            yield unpacker.decompress(rest, _CHUNK)
            rest = unpacker.unconsumed_tail
        yield unpacker.flush()
    except zlib.error:
        raise StaffFileUnreadable("damaged") from None


def _in_rows(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes, cut before the last row of each chunk, so that no tag or row is cut in two."""
    rest = b""
    for chunk in chunks:
        xml = rest + chunk
        cut = xml.rfind(b"<", 0, max(xml.rfind(b"row"), 0))
        if cut <= 0:
            cut = 0 if len(xml) <= _LONGEST_ROW else max(xml.rfind(b"<"), 0)
        if len(xml) - cut > _LONGEST_ROW:
            raise StaffFileUnreadable("too_large", detail=str(MAX_ROWS))
        yield xml[:cut]
        rest = xml[cut:]
    yield rest


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:6]:
        number = number * 26 + letter - 64
    return number
