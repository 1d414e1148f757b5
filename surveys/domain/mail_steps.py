"""When the mails about the surveyed weeks leave, and until when each of them makes sense.

Every moment is chosen on the Dutch clock and kept in UTC, so a step stays at 09:00 over a clock change.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from surveys.domain.calendar import (
    last_working_day_before,
    local_date,
    moment_of,
    working_days_after,
    working_days_before,
)

ANNOUNCEMENT, INVITATION, REMINDER, THANKS = "announcement", "invitation", "reminder", "thanks"
SENDING_TIME = datetime.time(9)
ANNOUNCED_WORKING_DAYS_BEFORE = 3
REMINDER_WORKING_DAYS = (2, 5)
# A mail within a day of the one before it only annoys: it is left out.
SHORTEST_WAIT = datetime.timedelta(hours=20)
# Thanks that come weeks later are about nothing any more.
THANKS_LAST = datetime.timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class AskedWeek:
    """When a surveyed week is answered: from its invitation until its close."""

    opens_at: datetime.datetime
    closes_at: datetime.datetime


@dataclass(frozen=True, kw_only=True)
class Step:
    """One mail of the plan. week: its place among the surveyed weeks; number: which reminder, 0 for the others."""

    week: int
    kind: str
    number: int = 0
    due_at: datetime.datetime


def default_steps(weeks: Sequence[AskedWeek], *, is_panel: bool, has_reminders: bool) -> tuple[Step, ...]:
    """The usual plan, in order of time within each week. At least one week.

    An announcement three working days before the first invitation, per week an invitation and its reminders, and
    thanks on the working day after the last close.
    """
    announced_on = working_days_before(local_date(weeks[0].opens_at), days=ANNOUNCED_WORKING_DAYS_BEFORE)
    thanked_on = working_days_after(local_date(weeks[-1].closes_at), days=1)
    steps = [Step(week=0, kind=ANNOUNCEMENT, due_at=moment_of(announced_on, SENDING_TIME))]
    for place, week in enumerate(weeks):
        steps.append(Step(week=place, kind=INVITATION, due_at=week.opens_at))
        moments = _reminder_moments(week, is_panel=is_panel) if has_reminders else []
        steps += [
            Step(week=place, kind=REMINDER, number=number, due_at=at) for number, at in enumerate(moments, start=1)
        ]
    return (*steps, Step(week=len(weeks) - 1, kind=THANKS, due_at=moment_of(thanked_on, SENDING_TIME)))


def expires_at(step: Step, *, steps: Iterable[Step], weeks: Sequence[AskedWeek]) -> datetime.datetime:
    """From when on the step makes no sense any more.

    An announcement when the invitation leaves, an invitation at the close, a reminder when the next one is due or
    at the close. steps: those that will leave or have left, without what was left out.
    """
    week = weeks[step.week]
    same_week = [other for other in steps if other.week == step.week]
    if step.kind == ANNOUNCEMENT:
        return min((other.due_at for other in same_week if other.kind == INVITATION), default=week.opens_at)
    if step.kind == REMINDER:
        later = [other.due_at for other in same_week if other.kind == REMINDER and other.due_at > step.due_at]
        return min(later, default=week.closes_at)
    return step.due_at + THANKS_LAST if step.kind == THANKS else week.closes_at


def _reminder_moments(week: AskedWeek, *, is_panel: bool) -> list[datetime.datetime]:
    """After 2 and 5 working days, and on the last working day before the last day. A panel reminds once.

    A reminder on or after the last day is left out, two on one day are one.
    """
    opening, closing = local_date(week.opens_at), local_date(week.closes_at)
    days = {working_days_after(opening, days=days) for days in REMINDER_WORKING_DAYS[: 1 if is_panel else None]}
    if not is_panel:
        days.add(last_working_day_before(closing))
    return [moment_of(day, SENDING_TIME) for day in sorted(days) if opening < day < closing]
