"""Kilometres and euros as people and systems write them; exact to two decimals."""

import re
from decimal import ROUND_HALF_UP, Decimal

from surveys.domain.staff_file.errors import CellError
from surveys.domain.staff_file.text import NumberText

_UNIT = re.compile(r"\s*(?:km/jaar|km p/j|km|kilometers?|kilometres?|euro|eur)\.?$|^(?:€|eur|euro)\s*", re.IGNORECASE)
_PLAIN = re.compile(r"-?\d{1,12}(?:\.\d{1,20})?(?:[eE][+-]?\d{1,2})?", re.ASCII)
_GROUPED = re.compile(r"-?\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})*(?:[.,]\d{1,6})?", re.ASCII)
_DECIMALS = re.compile(r"-?\d{1,12}(?:[.,]\d{1,6})?", re.ASCII)
_ONE_GROUP = re.compile(r"-?\d{1,3}[.,]\d{3}", re.ASCII)
_USUAL = re.compile(r"\d{1,9}(?:[.,]\d{1,2})?", re.ASCII)
_CENT = Decimal("0.01")

MOST = Decimal(2_000_000_000)


def read_whole_km(text: str) -> Decimal:
    """Readings and yearly totals: "12.345" and "12,345" are twelve thousand. Raises CellError as `read_amount`."""
    bare = _bare(text)
    if not isinstance(text, NumberText) and _ONE_GROUP.fullmatch(bare):
        return _checked(Decimal(bare.replace(".", "").replace(",", "")))
    return read_amount(text)


def read_amount(text: str) -> Decimal:
    """Kilometres or euros: 1234,5 · 1.234,50 · 1,234.50 · € 12,–.

    Raises CellError: `not_a_number`, `negative_amount`, `amount_too_large`, `formula`, and `unclear_number` where
    "1.234" may be one thousand or one and a bit.
    """
    if text.startswith("="):
        raise CellError("formula")
    bare = _bare(text)
    if isinstance(text, NumberText):
        if not _PLAIN.fullmatch(bare):
            raise CellError("not_a_number")
        return _checked(Decimal(bare))
    if _ONE_GROUP.fullmatch(bare):
        raise CellError("unclear_number")
    if _GROUPED.fullmatch(bare):
        return _checked(Decimal(_without_groups(bare)))
    if _DECIMALS.fullmatch(bare):
        return _checked(Decimal(bare.replace(",", ".")))
    raise CellError("not_a_number")


def plain_amount(text: str) -> Decimal | None:
    """The amount of digits with at most two decimals, as most are; else None, for a thorough look."""
    return Decimal(text.replace(",", ".")) if _USUAL.fullmatch(text) else None


def _bare(text: str) -> str:
    bare = _UNIT.sub("", _UNIT.sub("", text.strip())).strip()
    return re.sub(r",[-–]{1,2}$", "", bare)


def _without_groups(bare: str) -> str:
    """The last of two different separators is the decimal one."""
    last = max(bare.rfind("."), bare.rfind(","))
    first = re.search(r"[.,' ]", bare)
    is_decimal = last > 0 and first is not None and bare[last] != first.group()
    whole, decimals = (bare[:last], bare[last + 1 :]) if is_decimal else (bare, "")
    digits = re.sub(r"[.,' ]", "", whole)
    return f"{digits}.{decimals}" if decimals else digits


def _checked(amount: Decimal) -> Decimal:
    if amount < 0:
        raise CellError("negative_amount")
    if amount > MOST:
        raise CellError("amount_too_large")
    return amount.quantize(_CENT, rounding=ROUND_HALF_UP)
