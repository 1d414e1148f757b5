"""Who and where: numbers, names and places of a person on the staff list."""

import re

from surveys.domain.staff_file.errors import CellError
from surveys.domain.staff_file.text import NumberText

_KVK = re.compile(r"\d{8}", re.ASCII)
_POSTCODE = re.compile(r"(?:NL[- ]?)?([1-9]\d{3})[ -]?([A-Z]{2})", re.ASCII | re.IGNORECASE)
_POSTCODE_DIGITS = re.compile(r"(?:NL[- ]?)?[1-9]\d{3}", re.ASCII | re.IGNORECASE)
_PLAIN_POSTCODE = re.compile(r"([1-9][0-9]{3}) ?(?!S[ADS])([A-Z]{2})")
_PLAIN_NUMBER_LENGTH = 40
_UNUSED_LETTERS = frozenset({"SA", "SD", "SS"})
_EXACT_DIGITS = 15
"""Excel keeps this many digits of a number; the rest became zeros before we saw it."""


def read_words(text: str) -> str:
    """Any text as it is; script and formulas are text here and are made harmless where they are shown."""
    return str(text)


def read_staff_number(text: str) -> str:
    """The number as written, with its leading zeros. Raises CellError `formula` or `number_rounded`."""
    if text.startswith("="):
        raise CellError("formula")
    if isinstance(text, NumberText):
        if len(text) > _EXACT_DIGITS:
            raise CellError("number_rounded")
        return str(text)
    return text


def plain_staff_number(text: str) -> str | None:
    """The text itself when it is only letters and digits, as most numbers are; else None."""
    return text if text.isalnum() and text.isascii() and len(text) <= _PLAIN_NUMBER_LENGTH else None


def read_kvk_number(text: str) -> str:
    """Eight digits; dots and spaces between them are dropped.

    A number cell of Excel has lost its leading zeros: they are put back. Seven digits of text may also be a typing
    mistake. Raises CellError `kvk_misses_zero` or `not_a_kvk_number`.
    """
    digits = text.replace(" ", "").replace(".", "")
    if isinstance(text, NumberText) and digits.isdecimal():
        digits = digits.zfill(8)
    if _KVK.fullmatch(digits) and digits != "00000000":
        return str(digits)
    raise CellError("kvk_misses_zero" if digits.isdecimal() and len(digits) == 7 else "not_a_kvk_number")


def read_postcode(text: str) -> str:
    """A Dutch postcode with its letters, as 1234AB. Raises CellError `postcode_incomplete` or `not_a_postcode`."""
    match = _POSTCODE.fullmatch(text)
    if match is None:
        raise CellError("postcode_incomplete" if _POSTCODE_DIGITS.fullmatch(text) else "not_a_postcode")
    letters = match.group(2).upper()
    if letters in _UNUSED_LETTERS:
        raise CellError("not_a_postcode")
    return match.group(1) + letters


def plain_postcode(text: str) -> str | None:
    """The postcode of a text in capitals without anything around it, as most are; else None."""
    match = _PLAIN_POSTCODE.fullmatch(text)
    return match.group(1) + match.group(2) if match else None
