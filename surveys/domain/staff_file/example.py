"""The filled-in example file: made-up people without names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from surveys.domain.staff_file.columns.headers import HEADERS

ExampleCell = str | int | float | date | None

_FIELDS = (
    "staff_number", "email", "site", "kvk_number", "language", "department", "function", "home_postcode",
    "weekly_hours", "contract_kind", "employed_from", "employed_until", "days_per_week", "is_on_leave",
    "has_mobility_provision", "has_fixed_workplace", "work_pattern", "leave_until",
)  # fmt: skip
_DUTCH = {
    "email": "Werk e-mail",
    "kvk_number": "KvK-nummer",
    "home_postcode": "Postcode woonadres",
}
_ENGLISH_AT = 1
"""In HEADERS the first name is Dutch and the second English."""

# The numbers are those that the trade register publishes for tests; .example addresses reach nobody.
_KVK = ("68750110", "69599068")
_ROWS: tuple[tuple[ExampleCell, ...], ...] = (
    ("000101", "000101@voorbeeld-fietsfabriek.example", "Utrecht", _KVK[0], "nl", "Productie", "Monteur", "3511 AB",
     40, "permanent", date(2016, 9, 1), None, 5, False, True, True,
     None, None),
    ("000102", "000102@voorbeeld-fietsfabriek.example", "Utrecht", _KVK[0], "pl", "Productie", "Lasser", "3526 KX",
     38, "fixed_term", date(2025, 2, 15), date(2026, 8, 14), 5, False, True, True,
     None, None),
    ("000103", None, "Utrecht", _KVK[0], "nl", "Magazijn", "Orderpicker", "3563 EG",
     24, "permanent", date(2019, 5, 1), None, 3, False, True, True,
     "ma di do", None),
    ("000104", "000104@voorbeeld-fietsfabriek.example", "Venlo", _KVK[0], "en", "Verkoop", "Accountmanager", None,
     36, "permanent", date(2021, 1, 1), None, 4, False, True, False,
     None, None),
    ("000105", "000105@voorbeeld-fietsfabriek.example", "Venlo", _KVK[1], "de", "Verkoop", "Binnendienst", "5911 GC",
     28.5, "permanent", date(2012, 11, 1), None, 4, True, True, True,
     "ma t/m do", date(2026, 10, 31)),
    ("000106", "000106@voorbeeld-fietsfabriek.example", "Venlo", _KVK[1], "nl", "Magazijn", "Oproepkracht", "5921 HB",
     None, "on_call", date(2026, 3, 9), None, None, False, False, True,
     None, None),
    ("000107", "000107@voorbeeld-fietsfabriek.example", "Utrecht", _KVK[0], "nl", "Productie", "Assemblage", "3572 JC",
     40, "hired_temp", date(2026, 1, 5), None, 5, False, None, True,
     None, None),
    ("000108", "000108@voorbeeld-fietsfabriek.example", "Utrecht", _KVK[0], "nl", "Kantoor", "Stagiair", "3581 CM",
     32, "intern", date(2026, 2, 2), date(2026, 7, 3), 4, False, False, True,
     None, None),
)  # fmt: skip
_WORDS: dict[str, dict[object, str]] = {
    "nl": {
        True: "ja", False: "nee", "permanent": "vast", "fixed_term": "tijdelijk", "on_call": "oproep",
        "hired_temp": "uitzendkracht", "intern": "stagiair",
    },
    "en": {
        True: "yes", False: "no", "permanent": "permanent", "fixed_term": "fixed term", "on_call": "on call",
        "hired_temp": "agency worker", "intern": "intern", "Productie": "Production", "Magazijn": "Warehouse",
        "Verkoop": "Sales", "Kantoor": "Office", "Monteur": "Mechanic", "Lasser": "Welder",
        "Orderpicker": "Order picker", "Accountmanager": "Account manager", "Binnendienst": "Sales support",
        "Oproepkracht": "Warehouse assistant", "Assemblage": "Assembler", "Stagiair": "Student",
        "ma di do": "Mon Tue Thu", "ma t/m do": "Mon-Thu",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ExampleTable:
    """Headers and rows of the example; text stays text in the workbook, so that leading zeros do."""

    headers: tuple[str, ...]
    rows: tuple[tuple[ExampleCell, ...], ...]


def example_table(language: str) -> ExampleTable:
    """The example in Dutch ("nl") or English (anything else)."""
    words = _WORDS["nl" if language == "nl" else "en"]
    headers = tuple(_header(field, is_dutch=language == "nl") for field in _FIELDS)
    return ExampleTable(headers, tuple(_in_words(row, words) for row in _ROWS))


def _header(field: str, *, is_dutch: bool) -> str:
    names: Sequence[str] = HEADERS[field]
    name = _DUTCH.get(field, names[0]) if is_dutch else names[_ENGLISH_AT]
    return name[0].upper() + name[1:]


def _in_words(row: tuple[ExampleCell, ...], words: dict[object, str]) -> tuple[ExampleCell, ...]:
    return tuple(words.get(cell, cell) if isinstance(cell, str | bool) else cell for cell in row)
