"""A person as the staff file states it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRow:
    """One person. "" and None mean "not in the file"; the names are those of the staff list.

    monthly_hours: paid hours a month. home_postcode: as 1234AB. kvk_number: eight digits. employed_until: the last
    day. language: one of LANGUAGES. contract_kind: a code of ContractKind. leave_until: the last day of leave.
    work_pattern: the name of a work pattern, or fixed days, as the file spells them.
    """

    staff_number: str
    email: str = ""
    site: str = ""
    kvk_number: str = ""
    language: str = ""
    department: str = ""
    function: str = ""
    home_postcode: str = ""
    monthly_hours: Decimal | None = None
    contract_kind: str = ""
    employed_from: date | None = None
    employed_until: date | None = None
    days_per_week: Decimal | None = None
    is_on_leave: bool = False
    leave_until: date | None = None
    work_pattern: str = ""
    has_mobility_provision: bool | None = None
    has_fixed_workplace: bool = True
    name: str = ""
    birth_year: int | None = None
