"""The columns of files about commuting: a register of standard rhythms, and totals of a trip registration."""

from decimal import Decimal

from reporting.domain.business.vehicles import LeftOut
from reporting.domain.business_file.amounts import plain_amount, read_amount, read_whole_km
from reporting.domain.business_file.choices import PURPOSES, read_fuel, read_special_use, read_vehicle
from reporting.domain.business_file.headers import HEADERS
from surveys.domain.staff_file.columns.choices import read_yes_or_no
from surveys.domain.staff_file.columns.column import Column
from surveys.domain.staff_file.columns.column_set import ColumnSet
from surveys.domain.staff_file.columns.identity import plain_staff_number, read_staff_number
from surveys.domain.staff_file.errors import CellError
from surveys.domain.staff_file.text import words_of

MOST_DAYS = Decimal(7)
MOST_MONTHS = Decimal(12)
MOST_ONE_WAY_KM = Decimal(1000)


def read_days(text: str) -> Decimal:
    """Days a week, 0 to 7: "3", "2,5". Raises CellError `days_out_of_range` and those of `read_amount`."""
    return _at_most(read_amount(text), MOST_DAYS, code="days_out_of_range")


def read_months(text: str) -> Decimal:
    """Months of the year, 0 to 12. Raises CellError `months_out_of_range` and those of `read_amount`."""
    return _at_most(read_amount(text), MOST_MONTHS, code="months_out_of_range")


def read_one_way(text: str) -> Decimal:
    """Kilometres one way, to 1 000. Raises CellError `one_way_too_long` and those of `read_amount`."""
    return _at_most(read_amount(text), MOST_ONE_WAY_KM, code="one_way_too_long")


def read_commute_purpose(text: str) -> LeftOut | None:
    """Why a trip is not commuting; None when it is. Raises CellError `unknown_purpose`."""
    found = PURPOSES.get("".join(words_of(text)))
    if found is None:
        raise CellError("unknown_purpose")
    if found == LeftOut.COMMUTE:
        return None
    return LeftOut(found) if found in set(LeftOut) else LeftOut.BUSINESS_TRAVEL


def _at_most(amount: Decimal, most: Decimal, *, code: str) -> Decimal:
    if amount > most:
        raise CellError(code)
    return amount


_FUEL = Column(name="fuel", headers=HEADERS["fuel"], read=read_fuel, blank=None, longest=80)
_PROVIDED = Column(
    name="is_employer_provided", headers=HEADERS["is_employer_provided"], read=read_yes_or_no, blank=None
)

RHYTHM_COLUMNS = ColumnSet(
    (
        Column(
            name="staff_number",
            headers=HEADERS["staff_number"],
            read=read_staff_number,
            is_required=True,
            needs_value=True,
            is_free_text=True,
            is_repeated=False,
            plain=plain_staff_number,
        ),
        Column(
            name="days_per_week",
            headers=HEADERS["days_per_week"],
            read=read_days,
            blank=None,
            is_required=True,
            needs_value=True,
        ),
        Column(
            name="one_way_km",
            headers=HEADERS["one_way_km"],
            read=read_one_way,
            blank=None,
            is_required=True,
            is_repeated=False,
        ),
        Column(name="vehicle", headers=HEADERS["vehicle"], read=read_vehicle, blank=None, longest=80, is_required=True),
        _FUEL,
        _PROVIDED,
        Column(name="months", headers=HEADERS["months"], read=read_months, blank=None),
    )
)
REGISTRATION_COLUMNS = ColumnSet(
    (
        Column(
            name="vehicle",
            headers=HEADERS["vehicle"],
            read=read_vehicle,
            blank=None,
            longest=80,
            is_required=True,
            needs_value=True,
        ),
        _FUEL,
        Column(
            name="total_km",
            headers=HEADERS["registered_commute_km"],
            read=read_whole_km,
            blank=None,
            is_repeated=False,
            plain=plain_amount,
            is_required=True,
            needs_value=True,
        ),
        _PROVIDED,
        Column(name="purpose", headers=HEADERS["purpose"], read=read_commute_purpose, blank=None),
        Column(name="special_use", headers=HEADERS["special_use"], read=read_special_use, blank=None),
    )
)
