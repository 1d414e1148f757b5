"""What anybody may know about an employer's survey mail: who sends it, and on which days. Read before any scope."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from surveys.domain.calendar import local_date
from wpm_platform.scoping import call_system_function

# A panel mails for months: what is near is enough to recognise a mail by.
DAYS_BACK, DAYS_AHEAD = 14, 31


@dataclass(frozen=True, kw_only=True)
class Employer:
    """An employer as its public page shows it; `organisation_id` is not shown."""

    organisation_id: int
    slug: str
    name: str
    contact_name: str
    contact_email: str
    contact_phone: str


@dataclass(frozen=True, kw_only=True)
class MailDay:
    """A mail of the plan and the day from which it leaves. number: which reminder, else 0."""

    kind: str
    number: int
    day: datetime.date


@dataclass(frozen=True, kw_only=True)
class AnnouncedSurvey:
    """A survey whose mails leave these days. monday, last_monday: the first and the last week that it asks about."""

    sender_name: str
    is_paused: bool
    monday: datetime.date
    last_monday: datetime.date
    is_open: bool
    last_day: datetime.date
    mails: tuple[MailDay, ...]


def employer_by_slug(slug: str) -> Employer | None:
    rows = call_system_function("employer", slug)
    return Employer(**rows[0]) if rows else None


def announced_surveys(*, organisation_id: int, now: datetime.datetime) -> list[AnnouncedSurvey]:
    """The surveys with a mail between two weeks back and a month ahead, and those that can be answered now."""
    rows = call_system_function("employer_mails", organisation_id)
    surveys = [_survey(list(of_one), now=now) for _code, of_one in groupby(rows, key=lambda row: row["campaign_code"])]
    return [survey for survey in surveys if survey.mails or survey.is_open]


def _survey(rows: list[dict[str, Any]], *, now: datetime.datetime) -> AnnouncedSurvey:
    mondays = [row["monday"] for row in rows]
    return AnnouncedSurvey(
        sender_name=rows[0]["sender_name"],
        is_paused=rows[0]["is_paused"],
        monday=min(mondays),
        last_monday=max(mondays),
        is_open=any(row["opens_at"] <= now < row["closes_at"] for row in rows),
        last_day=local_date(max(row["closes_at"] for row in rows)),
        mails=tuple(_near(rows, today=local_date(now))),
    )


def _near(rows: Iterable[dict[str, Any]], *, today: datetime.date) -> Iterable[MailDay]:
    first, last = today - datetime.timedelta(days=DAYS_BACK), today + datetime.timedelta(days=DAYS_AHEAD)
    for row in rows:
        day = local_date(row["due_at"])
        if first <= day <= last:
            yield MailDay(kind=row["kind"], number=row["number"], day=day)
