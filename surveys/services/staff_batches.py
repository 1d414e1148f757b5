"""A batch of people from another system, each stating the fields that it knows."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from surveys.domain.staff_file import StaffRow
from surveys.services.staff_changes import StaffUpsert, upsert_staff
from wpm_platform.organisations.models import Organisation


@dataclass(frozen=True, kw_only=True)
class StatedRow:
    """A person, and the attributes of StaffRow that the system states; the others keep their value."""

    row: StaffRow
    fields: tuple[str, ...]


@transaction.atomic
def upsert_batch(*, organisation: Organisation, rows: Sequence[StatedRow], now: datetime.datetime) -> StaffUpsert:
    """Add or change these people, all of them or none; nobody leaves by it. Raises KvkNumberUnknown.

    rows: each staff number at most once.
    """
    outcomes = [
        upsert_staff(
            organisation=organisation,
            actor=None,
            rows=[stated.row for stated in rows if stated.fields == fields],
            fields=fields,
            now=now,
        )
        for fields in dict.fromkeys(stated.fields for stated in rows)
    ]
    return StaffUpsert(
        new=sum(outcome.new for outcome in outcomes),
        changed=sum(outcome.changed for outcome in outcomes),
        rejoined=sum(outcome.rejoined for outcome in outcomes),
        unchanged=sum(outcome.unchanged for outcome in outcomes),
    )
