"""The columns that each kind of file may have, in the order of the mapping screen."""

from collections.abc import Mapping
from dataclasses import replace

from reporting.domain.business_file.amounts import plain_amount, read_amount, read_whole_km
from reporting.domain.business_file.choices import (
    read_fuel,
    read_ownership,
    read_purpose,
    read_special_use,
    read_vehicle,
)
from reporting.domain.business_file.commute_columns import REGISTRATION_COLUMNS, RHYTHM_COLUMNS
from reporting.domain.business_file.headers import HEADERS
from reporting.domain.business_file.subjects import FileSubject
from surveys.domain.staff_file.columns.choices import read_yes_or_no
from surveys.domain.staff_file.columns.column import Column
from surveys.domain.staff_file.columns.column_set import ColumnSet
from surveys.domain.staff_file.columns.dates import read_date, read_end_date
from surveys.domain.staff_file.columns.identity import read_staff_number

_VEHICLE = Column(name="vehicle", headers=HEADERS["vehicle"], read=read_vehicle, blank=None, longest=80)
_NEEDED_VEHICLE = replace(_VEHICLE, is_required=True, needs_value=True)
_FUEL = Column(name="fuel", headers=HEADERS["fuel"], read=read_fuel, blank=None, longest=80)
_PURPOSE = Column(name="purpose", headers=HEADERS["purpose"], read=read_purpose, blank=None)
_DATE = Column(name="date", headers=HEADERS["date"], read=read_date, blank=None)
_SPECIAL_USE = Column(name="special_use", headers=HEADERS["special_use"], read=read_special_use, blank=None)


def _amount(name: str, *, is_whole: bool = False) -> Column:
    read = read_whole_km if is_whole else read_amount
    return Column(name=name, headers=HEADERS[name], read=read, blank=None, is_repeated=False, plain=plain_amount)


def _yes_or_no(name: str) -> Column:
    return Column(name=name, headers=HEADERS[name], read=read_yes_or_no, blank=None)


FLEET_COLUMNS = ColumnSet(
    (
        Column(
            name="reference",
            headers=HEADERS["reference"],
            read=read_staff_number,
            is_required=True,
            needs_value=True,
            is_free_text=True,
            is_repeated=False,
        ),
        _VEHICLE,
        _FUEL,
        _amount("odometer_begin", is_whole=True),
        _amount("odometer_end", is_whole=True),
        _amount("driven_km", is_whole=True),
        _amount("contract_km", is_whole=True),
        Column(name="available_from", headers=HEADERS["available_from"], read=read_date, blank=None),
        Column(name="available_until", headers=HEADERS["available_until"], read=read_end_date, blank=None),
        Column(name="is_leased", headers=HEADERS["is_leased"], read=read_ownership, blank=None),
        _yes_or_no("proves_private_limit"),
        _yes_or_no("has_trip_registration"),
        _amount("registered_km", is_whole=True),
        _yes_or_no("has_grey_plate"),
        _SPECIAL_USE,
    )
)
MOBILITY_COLUMNS = ColumnSet(
    (
        Column(
            name="vehicle",
            headers=HEADERS["vehicle"],
            read=read_vehicle,
            is_required=True,
            needs_value=True,
            longest=80,
        ),
        _FUEL,
        _amount("total_km", is_whole=True),
        _amount("business_km", is_whole=True),
        _amount("commute_km", is_whole=True),
        _amount("private_km", is_whole=True),
        _amount("euro"),
        _DATE,
        _PURPOSE,
        _SPECIAL_USE,
    )
)
CLAIM_COLUMNS = ColumnSet(
    (
        Column(
            name="vehicle",
            headers=HEADERS["vehicle"],
            read=read_vehicle,
            is_required=True,
            needs_value=True,
            longest=80,
        ),
        _FUEL,
        _amount("total_km"),
        _amount("euro"),
        _DATE,
        _PURPOSE,
        _SPECIAL_USE,
    )
)
COLUMNS_OF: Mapping[FileSubject, ColumnSet] = {
    FileSubject.FLEET: FLEET_COLUMNS,
    FileSubject.MOBILITY_SERVICE: MOBILITY_COLUMNS,
    FileSubject.EXPENSE_CLAIM: CLAIM_COLUMNS,
    FileSubject.RHYTHMS: RHYTHM_COLUMNS,
    FileSubject.COMMUTE_REGISTRATION: REGISTRATION_COLUMNS,
}
AMOUNTS_OF: Mapping[FileSubject, tuple[str, ...]] = {
    FileSubject.FLEET: ("odometer_end", "driven_km", "contract_km", "registered_km"),
    FileSubject.MOBILITY_SERVICE: ("total_km", "business_km", "euro"),
    FileSubject.EXPENSE_CLAIM: ("total_km", "euro"),
    FileSubject.RHYTHMS: ("one_way_km",),
    FileSubject.COMMUTE_REGISTRATION: ("total_km",),
}
"""A file needs at least one of these, or there is nothing to add up."""
