"""Who looked at one person's row, as that person reads it."""

import datetime
from dataclasses import dataclass

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Max

from surveys.models import PersonRead

MOST_MOMENTS = 10


@dataclass(frozen=True, kw_only=True)
class ReadBy:
    """One kind of reader on one page. moments: the latest ten; times: all that are kept."""

    page: str
    reader_role: str
    key_name: str
    times: int
    moments: list[datetime.datetime]


def reads_of(*, organisation_id: int, employee_id: int) -> list[ReadBy]:
    """Who was last first. No names of colleagues: the role under which a respondent reads finds no accounts."""
    found = (
        PersonRead.objects.filter(organisation_id=organisation_id, employee_id=employee_id)
        .order_by()
        .values("page", "reader_role", "key_name")
        .annotate(last=Max("read_at"), all_moments=ArrayAgg("read_at", order_by="-read_at"))
        .order_by("-last", "page")
    )
    return [
        ReadBy(
            page=row["page"],
            reader_role=row["reader_role"],
            key_name=row["key_name"],
            times=len(row["all_moments"]),
            moments=row["all_moments"][:MOST_MOMENTS],
        )
        for row in found
    ]
