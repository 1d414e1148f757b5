"""Writes down who looked at a person's row, and forgets it after a year."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from surveys.enums import ReadPage
from surveys.models import PersonRead
from wpm_platform.organisations.models import ApiKey, Organisation, User
from wpm_platform.scoping import call_system_function

KEPT = datetime.timedelta(days=365)
ROWS_AT_ONCE = 5000


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who looks: a person in a role, or a system by the name of its key."""

    user: User | None = None
    role: str = ""
    key_name: str = ""


def system_reader(*, organisation: Organisation, key_id: int) -> Reader:
    """The system that a key belongs to."""
    return Reader(key_name=ApiKey.objects.values_list("name", flat=True).get(organisation=organisation, pk=key_id))


def record_person_reads(
    *, organisation: Organisation, employee_ids: Iterable[int], reader: Reader, page: ReadPage, now: datetime.datetime
) -> None:
    """Add to the log that these people's rows are shown. Done twice within an hour, or at once, it stands there once.

    Call it in the transaction that shows them: what is not logged is not shown.
    """
    hour = now.replace(minute=0, second=0, microsecond=0)
    PersonRead.objects.bulk_create(
        (
            PersonRead(
                organisation=organisation,
                employee_id=employee_id,
                reader=reader.user,
                reader_role=reader.role,
                key_name=reader.key_name,
                page=page,
                read_at=now,
                hour=hour,
            )
            for employee_id in employee_ids
        ),
        batch_size=ROWS_AT_ONCE,
        ignore_conflicts=True,
    )


def forget_person_reads(*, now: datetime.datetime) -> int:
    """Delete what is older than a year, of every organisation. Safe to stop and to do twice. Returns how many."""
    forgotten = 0
    while count := call_system_function("forget_person_reads", now - KEPT, ROWS_AT_ONCE)[0]["forgotten"]:
        forgotten += count
    return forgotten
