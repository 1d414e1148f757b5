"""The columns that a staff file may have, in the order in which the mapping screen shows them."""

from surveys.domain.staff_file.columns.amounts import read_days, read_monthly_hours, read_weekly_hours
from surveys.domain.staff_file.columns.choices import read_contract_kind, read_language, read_yes_or_no
from surveys.domain.staff_file.columns.column import Column
from surveys.domain.staff_file.columns.column_set import ColumnSet
from surveys.domain.staff_file.columns.dates import read_birth_year, read_date, read_end_date
from surveys.domain.staff_file.columns.email import plain_email, read_email
from surveys.domain.staff_file.columns.headers import HEADERS
from surveys.domain.staff_file.columns.identity import (
    plain_postcode,
    plain_staff_number,
    read_kvk_number,
    read_postcode,
    read_staff_number,
    read_words,
)

COLUMNS = (
    Column(
        name="staff_number",
        headers=HEADERS["staff_number"],
        read=read_staff_number,
        longest=40,
        is_required=True,
        needs_value=True,
        is_free_text=True,
        is_repeated=False,
        plain=plain_staff_number,
    ),
    Column(
        name="email",
        headers=HEADERS["email"],
        read=read_email,
        longest=254,
        is_required=True,
        is_repeated=False,
        plain=plain_email,
    ),
    Column(
        name="site",
        headers=HEADERS["site"],
        read=read_words,
        longest=120,
        is_required=True,
        needs_value=True,
        is_free_text=True,
    ),
    Column(name="kvk_number", headers=HEADERS["kvk_number"], read=read_kvk_number),
    Column(name="language", headers=HEADERS["language"], read=read_language),
    Column(name="department", headers=HEADERS["department"], read=read_words, longest=120, is_free_text=True),
    Column(name="function", headers=HEADERS["function"], read=read_words, longest=120, is_free_text=True),
    Column(
        name="home_postcode",
        headers=HEADERS["home_postcode"],
        read=read_postcode,
        is_repeated=False,
        plain=plain_postcode,
    ),
    Column(name="monthly_hours", headers=HEADERS["monthly_hours"], read=read_monthly_hours, blank=None),
    Column(
        name="weekly_hours",
        headers=HEADERS["weekly_hours"],
        read=read_weekly_hours,
        stores="monthly_hours",
        blank=None,
    ),
    Column(name="contract_kind", headers=HEADERS["contract_kind"], read=read_contract_kind),
    Column(name="employed_from", headers=HEADERS["employed_from"], read=read_date, blank=None),
    Column(name="employed_until", headers=HEADERS["employed_until"], read=read_end_date, blank=None),
    Column(name="days_per_week", headers=HEADERS["days_per_week"], read=read_days, blank=None),
    Column(name="work_pattern", headers=HEADERS["work_pattern"], read=read_words, longest=80),
    Column(name="is_on_leave", headers=HEADERS["is_on_leave"], read=read_yes_or_no, blank=False),
    Column(name="leave_until", headers=HEADERS["leave_until"], read=read_end_date, blank=None),
    Column(
        name="has_mobility_provision",
        headers=HEADERS["has_mobility_provision"],
        read=read_yes_or_no,
        blank=None,
    ),
    Column(name="has_fixed_workplace", headers=HEADERS["has_fixed_workplace"], read=read_yes_or_no, blank=True),
    Column(
        name="name",
        headers=HEADERS["name"],
        read=read_words,
        longest=120,
        is_personal=True,
        is_free_text=True,
        is_repeated=False,
    ),
    Column(name="birth_year", headers=HEADERS["birth_year"], read=read_birth_year, blank=None, is_personal=True),
)
STAFF_COLUMNS = ColumnSet(COLUMNS)
COLUMN_BY_NAME = STAFF_COLUMNS.by_name


def matched_column(header: str) -> tuple[Column, int] | None:
    """The column of a staff file that a header names, and how well: 0 is best. None when it names none."""
    return STAFF_COLUMNS.matched(header)


def column_for_header(header: str) -> Column | None:
    """The column that a header names in Dutch or English, None when it names none."""
    found = matched_column(header)
    return found[0] if found else None
