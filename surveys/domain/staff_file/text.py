"""Cells as text: cleaning what people and programs leave in them."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from surveys.domain.staff_file.errors import CellError

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
# Embeddings, overrides and isolates turn the reading direction of everything after them, in our pages as well.
_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_FORBIDDEN_CATEGORIES = frozenset({"Cc", "Cs", "Cn"})
_EXCEL_LITERAL = re.compile(r'="([^"]*)"')


class NumberText(str):
    """The text of a cell that held a number, not text: its leading zeros were lost before we saw it."""

    __slots__ = ()


def clean(text: str) -> str:
    """The text with single spaces, composed accents and without invisible characters.

    Raises CellError `control_characters` for characters that are no text: they break pages, mails and databases.
    """
    if text.__class__ is NumberText:
        return text
    if text.isascii() and text.isprintable():
        text = text.strip()
        return " ".join(text.split()) if "  " in text else text
    text = " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).split())
    if not text.isprintable():
        for character in text:
            if character in _DIRECTION or unicodedata.category(character) in _FORBIDDEN_CATEGORIES:
                raise CellError("control_characters")
    return text


def without_excel_literal(text: str) -> str:
    """`="0012"` → `0012`: the way other programs make Excel keep a leading zero. Other formulas stay as they are."""
    match = _EXCEL_LITERAL.fullmatch(text)
    return match.group(1).strip() if match else text


def shown(text: str | None, *, length: int) -> str:
    """A value as an error repeats it: one line, no unprintable characters, at most `length` long."""
    if not text:
        return ""
    cut = text[: length + 1]
    if not cut.isprintable():
        cut = "".join(character if character.isprintable() else " " for character in cut)
    return cut if len(cut) <= length else cut[: length - 1] + "…"


def words_of(text: str) -> list[str]:
    """The words of a header or a choice, for comparing: lower case, without accents and punctuation."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(
        character if character.isalnum() else " "
        for character in folded
        if character < "\u0300" or not unicodedata.combining(character)
    ).split()


def text_of_value(value: object) -> str | None:
    """The text of a workbook cell that is not text: 12.0 → "12", a date → ISO, 36 h 30 → "36:30"."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return NumberText(int(value) if value.is_integer() else repr(value))
    if isinstance(value, int):
        return NumberText(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    return None


def text_of_cell(cell: object) -> str | None:
    """The text of a cell as the reader gave it, without the spaces around it; None for a blank one."""
    return (cell.strip() or None) if isinstance(cell, str) else text_of_value(cell)


def column_letters(index: int) -> str:
    """0 → A, 26 → AA: how a spreadsheet names a column without a header."""
    letters = ""
    number = index + 1
    while number:
        number, remainder = divmod(number - 1, 26)
        letters = chr(65 + remainder) + letters
    return letters
