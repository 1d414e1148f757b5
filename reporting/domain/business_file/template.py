"""Spreadsheets to fill in, with made-up rows: they import without choosing columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from reporting.domain.business_file.columns import COLUMNS_OF
from reporting.domain.business_file.subjects import FileSubject

TemplateCell = str | int | float | date | None

_ENGLISH_AT = 1
"""In HEADERS the first name is Dutch and the second English."""
_BEGIN, _HALF, _END = "{year}-01-01", "{year}-07-01", "{year}-09-30"

_LEASED: Mapping[str, TemplateCell] = {
    "vehicle": "auto", "available_from": _BEGIN, "is_leased": "lease", "proves_private_limit": "nee",
    "has_trip_registration": "nee", "has_grey_plate": "nee",
}  # fmt: skip
_OWNED: Mapping[str, TemplateCell] = {**_LEASED, "is_leased": "eigendom"}

_ROWS: Mapping[FileSubject, tuple[Mapping[str, TemplateCell], ...]] = {
    FileSubject.FLEET: (
        {**_LEASED, "reference": "XX-001-X", "fuel": "benzine", "odometer_begin": 15250, "odometer_end": 43800},
        {**_LEASED, "reference": "XX-002-X", "fuel": "elektrisch", "contract_km": 25000, "available_from": _HALF},
        {
            **_LEASED, "reference": "XX-003-X", "fuel": "plug-in hybride", "driven_km": 21500, "available_until": _END,
            "proves_private_limit": "ja",
        },
        {**_OWNED, "reference": "XX-004-X", "fuel": "diesel", "contract_km": 35000},
        {
            **_LEASED, "reference": "XX-005-X", "vehicle": "motor", "fuel": "benzine", "odometer_begin": 2000,
            "odometer_end": 14600,
        },
        {**_LEASED, "reference": "FIETS-01", "vehicle": "fiets", "driven_km": 1850},
        {**_LEASED, "reference": "VX-006-X", "fuel": "diesel", "driven_km": 31000, "has_grey_plate": "ja"},
        {**_OWNED, "reference": "XX-007-X", "fuel": "diesel", "driven_km": 56000, "special_use": "hulpdienst"},
    ),
    FileSubject.MOBILITY_SERVICE: (
        {"vehicle": "ov", "total_km": 182400, "euro": 31250.4},
        {"vehicle": "deelauto", "fuel": "elektrisch", "business_km": 4120, "euro": 2890.75, "purpose": "zakelijk"},
        {"vehicle": "ov-fiets", "total_km": 640, "commute_km": 410, "private_km": 0, "euro": 355.2},
        {"vehicle": "huurauto", "fuel": "benzine", "business_km": 2600, "private_km": 150, "euro": 1480},
    ),
    FileSubject.EXPENSE_CLAIM: (
        {"vehicle": "auto", "fuel": "benzine", "total_km": 124.6, "euro": 28.66, "date": _HALF, "purpose": "zakelijk"},
        {"vehicle": "auto", "fuel": "elektrisch", "total_km": 88.2, "euro": 20.29, "date": _END, "purpose": "zakelijk"},
        {"vehicle": "fiets", "total_km": 6.4, "purpose": "zakelijk"},
        {"vehicle": "ov", "euro": 17.9, "purpose": "zakelijk"},
        {"vehicle": "auto", "fuel": "diesel", "total_km": 36, "euro": 8.28, "purpose": "woon-werk"},
        {"vehicle": "vliegtuig", "total_km": 760, "euro": 189, "purpose": "zakelijk"},
        {"vehicle": "taxi", "euro": 24.5, "purpose": "zakelijk"},
    ),
    FileSubject.RHYTHMS: (
        {"staff_number": "M0001", "days_per_week": 3, "one_way_km": 17.4, "vehicle": "auto", "fuel": "benzine",
         "is_employer_provided": "nee", "months": 12},
        {"staff_number": "M0002", "days_per_week": 4, "one_way_km": 31, "vehicle": "auto", "fuel": "elektrisch",
         "is_employer_provided": "ja", "months": 7},
        {"staff_number": "M0003", "days_per_week": 2.5, "one_way_km": 46, "vehicle": "ov"},
        {"staff_number": "M0004", "days_per_week": 5, "one_way_km": 4.3, "vehicle": "fiets",
         "is_employer_provided": "nee"},
        {"staff_number": "M0005", "days_per_week": 0},
    ),
    FileSubject.COMMUTE_REGISTRATION: (
        {"vehicle": "auto", "fuel": "benzine", "total_km": 214300, "is_employer_provided": "nee",
         "purpose": "woon-werk"},
        {"vehicle": "auto", "fuel": "elektrisch", "total_km": 88210, "is_employer_provided": "ja",
         "purpose": "woon-werk"},
        {"vehicle": "fiets", "total_km": 30950, "is_employer_provided": "nee", "purpose": "woon-werk"},
        {"vehicle": "ov", "total_km": 152000, "purpose": "woon-werk"},
    ),
}  # fmt: skip
_ENGLISH: Mapping[str, str] = {
    "auto": "car", "benzine": "petrol", "elektrisch": "electric", "plug-in hybride": "plug-in hybrid",
    "motor": "motorcycle", "fiets": "bicycle", "lease": "lease", "eigendom": "owned", "ja": "yes",
    "nee": "no", "hulpdienst": "emergency service", "ov": "public transport", "deelauto": "car", "ov-fiets": "bicycle",
    "huurauto": "rental car", "zakelijk": "business", "woon-werk": "commute", "vliegtuig": "plane", "taxi": "taxi",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TemplateTable:
    """Headers and rows of a spreadsheet to fill in."""

    headers: tuple[str, ...]
    fields: tuple[str, ...]
    rows: tuple[tuple[TemplateCell, ...], ...]


def template_table(*, subject: FileSubject, language: str, reporting_year: int) -> TemplateTable:
    """All columns of the subject, in Dutch ("nl") or English (anything else)."""
    is_dutch = language == "nl"
    columns = COLUMNS_OF[subject].columns
    headers = tuple(_capital(column.headers[0 if is_dutch else _ENGLISH_AT]) for column in columns)
    fields = tuple(column.name for column in columns)
    rows = tuple(
        tuple(_cell(row.get(field), is_dutch=is_dutch, year=reporting_year) for field in fields)
        for row in _ROWS[subject]
    )
    return TemplateTable(headers, fields, rows)


def _cell(cell: TemplateCell, *, is_dutch: bool, year: int) -> TemplateCell:
    if not isinstance(cell, str):
        return cell
    if "{year}" in cell:
        return date.fromisoformat(cell.format(year=year))
    return cell if is_dutch else _ENGLISH.get(cell, cell)


def _capital(header: str) -> str:
    return header[:1].upper() + header[1:]
