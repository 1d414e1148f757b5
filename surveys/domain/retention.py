"""When a campaign's rows about persons go: months after its closing, never unannounced, never within its year."""

import datetime
from dataclasses import dataclass

# The return is due on 30 June of the year after the survey. Two years after the closing leave at least half a year for
# questions and corrections from the answers themselves; after that the evidence file answers.
DEFAULT_MONTHS = 24
SHORTEST_MONTHS = 1
# What the books are kept for; longer needs a hold with a reason.
LONGEST_MONTHS = 84
# HR has so long to freeze a report first, or to place a hold.
NOTICE = datetime.timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class RetentionDates:
    """planned_on: by the period. announce_on: HR is told from then on. anonymous_on: the rows go from then on.

    is_announced: HR was told, and of this day rather than of an earlier one before the period was made longer.
    """

    planned_on: datetime.date
    announce_on: datetime.date
    anonymous_on: datetime.date
    is_announced: bool


def retention_dates(
    *, closed_on: datetime.date, months: int, announced_on: datetime.date | None, today: datetime.date
) -> RetentionDates:
    """The days on which a campaign's rows are announced and go.

    Not before the calendar year of the closing is over: until then each mail counts for the yearly limit of a person,
    and the row says whose mail it was. A late announcement, such as after a hold, moves the day.
    """
    planned_on = max(months_after(closed_on, months), datetime.date(closed_on.year + 1, 1, 1))
    announce_on = planned_on - NOTICE
    is_announced = announced_on is not None and announced_on >= announce_on
    told = announced_on if announced_on is not None and is_announced else max(today, announce_on)
    return RetentionDates(
        planned_on=planned_on,
        announce_on=announce_on,
        anonymous_on=max(planned_on, told + NOTICE),
        is_announced=is_announced,
    )


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later, or the last day of that month: 31 August + 6 is 28 or 29 February."""
    month = day.month - 1 + months
    first = datetime.date(day.year + month // 12, month % 12 + 1, 1)
    following = datetime.date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first + min(datetime.timedelta(days=day.day - 1), following - first - datetime.timedelta(days=1))


def is_held(*, until: datetime.date | None, today: datetime.date) -> bool:
    """Whether a hold that was not lifted is in force; until: its last day."""
    return until is None or until >= today
