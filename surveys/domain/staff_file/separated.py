"""Staff files as separated text (CSV): encoding, separator and records."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from charset_normalizer import from_bytes

from surveys.domain.staff_file.errors import StaffFileUnreadable
from surveys.domain.staff_file.header_row import recognised_headers
from surveys.domain.staff_file.limits import HEADER_SEARCH_LINES, MAX_COLUMNS, MAX_ROWS

SEPARATORS = (";", ",", "\t", "|")
ENCODINGS = {
    "utf-8": "utf-8",
    "utf-8-bom": "utf-8-sig",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "windows-1252": "cp1252",
    "windows-1250": "cp1250",
    "iso-8859-15": "iso8859-15",
    "macintosh": "mac-roman",
    "dos-850": "cp850",
}
"""Names that a person may choose from → Python's codecs."""
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-bom"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GUESSED = ("windows-1250", "macintosh", "dos-850")
_SEPARATOR_LINE = re.compile(r"sep=([;,\t|])(?:\r\n|\r|\n|$)", re.IGNORECASE)
_SAMPLE = 64 * 1024
_MARKUP = ("<!doctype", "<html", "<table", "<?xml", "{\\rtf", "%pdf")


def decoded(content: bytes, *, encoding: str | None) -> tuple[str, str]:
    """The text of the file and the encoding that was found or asked for, by its name in `ENCODINGS`.

    Raises StaffFileUnreadable: `wrong_encoding`, `not_a_table`, `unsupported_format`.
    """
    encoding = encoding or _found_encoding(content)
    try:
        text = content.decode(ENCODINGS[encoding])
    except (UnicodeDecodeError, KeyError):
        raise StaffFileUnreadable("wrong_encoding", detail=encoding) from None
    text = text.removeprefix("\ufeff")
    start = text[:_SAMPLE]
    if start.lstrip()[:10].casefold().startswith(_MARKUP):
        raise StaffFileUnreadable("unsupported_format")
    strange = sum(1 for character in start if character < " " and character not in "\t\r\n\x0b\x0c\x1a")
    if "\0" in text or strange * 100 > len(start):
        raise StaffFileUnreadable("not_a_table")
    return text, encoding


def _found_encoding(content: bytes) -> str:
    for mark, name in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return name
    for name in ("utf-8", "windows-1252"):
        try:
            content.decode(ENCODINGS[name])
        except UnicodeDecodeError:
            continue
        return name
    # Five bytes mean nothing in Windows-1252: a file that has them was made elsewhere.
    candidates = {ENCODINGS[name]: name for name in _GUESSED}
    best = from_bytes(content[:_SAMPLE], cp_isolation=list(candidates)).best()
    found = codecs.lookup(best.encoding).name if best else ""
    return next((name for codec, name in candidates.items() if codecs.lookup(codec).name == found), "macintosh")


def without_separator_line(text: str) -> tuple[str, str | None]:
    """The text below a first line `sep=;`, and its separator: Excel obeys that line and does not count it."""
    match = _SEPARATOR_LINE.match(text)
    return (text[match.end() :], match.group(1)) if match else (text, None)


def found_separator(text: str) -> str:
    """The separator under which the first lines look most like a staff table."""
    start = text[:_SAMPLE]
    if len(text) > _SAMPLE:
        start = start.rpartition("\n")[0] or start
    return max(SEPARATORS, key=lambda separator: _likeness(start, separator))


def _likeness(start: str, separator: str) -> tuple[int, float, int]:
    """How many headers are recognised, how even the rows are, how many columns there are."""
    try:
        records = list(islice(csv.reader(io.StringIO(start, newline=""), delimiter=separator), HEADER_SEARCH_LINES))
    except csv.Error:
        return 0, 0.0, 0
    widths = Counter(len(record) for record in records if len(record) > 1)
    if not widths:
        return 0, 0.0, 0
    width, count = widths.most_common(1)[0]
    return max(recognised_headers(record) for record in records), count / len(records), width


def record_rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Records with a cell that is not empty, numbered as Excel numbers them when it opens the file.

    Raises StaffFileUnreadable `broken_quotes`: going on would swallow the rows that follow.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 0
    try:
        for line, record in enumerate(reader, start=1):
            if any(record):
                yield line, record
    except csv.Error:
        raise StaffFileUnreadable("broken_quotes", detail=str(line + 1)) from None


def check_records(text: str, separator: str) -> int:
    """Read all records once, so that a broken file is known before a row is used: the number of the last.

    Raises StaffFileUnreadable: `broken_quotes`, `too_large`, `too_many_columns`.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = last = 0
    try:
        for line, record in enumerate(reader, start=1):
            if record:
                last = line
                if len(record) > MAX_COLUMNS:
                    raise StaffFileUnreadable("too_many_columns", detail=str(MAX_COLUMNS))
    except csv.Error:
        raise StaffFileUnreadable("broken_quotes", detail=str(line + 1)) from None
    if last > MAX_ROWS:
        raise StaffFileUnreadable("too_large", detail=str(MAX_ROWS))
    return last
