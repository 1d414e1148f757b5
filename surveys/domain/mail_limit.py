"""How many mails of the plan a person gets in a year, and what was promised."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from surveys.domain.calendar import local_date


@dataclass(frozen=True, kw_only=True)
class PlannedCount:
    """What one count comes to for the person who gets most. name: the year, or a panel's own count.

    planned: mails of this campaign; earlier: mails of other campaigns, sent or still planned; limit: what was promised.
    """

    name: str
    planned: int
    earlier: int
    limit: int

    @property
    def total(self) -> int:
        return self.planned + self.earlier

    @property
    def is_exceeded(self) -> bool:
        return self.total > self.limit

    @property
    def over(self) -> int:
        """How many mails above what was promised."""
        return max(0, self.total - self.limit)


def counter_name(due_at: datetime.datetime, *, panel: str = "") -> str:
    """What a mail that is due then counts for: a panel's own count by its code, else the Dutch calendar year."""
    return f"panel:{panel}" if panel else str(local_date(due_at).year)


def planned_per_counter(moments: Iterable[datetime.datetime], *, panel: str = "") -> dict[str, int]:
    """How many mails of a plan fall under each count."""
    return dict(Counter(counter_name(moment, panel=panel) for moment in moments))
