"""When the mails about a surveyed week leave: one invitation, and at most three reminders."""

import datetime
from dataclasses import dataclass

from surveys.domain.calendar import last_working_day_before, local_date, moment_of, working_days_after

REMINDER_TIME = datetime.time(9)
REMINDER_WORKING_DAYS = (2, 5)
# A reminder within a day of the invitation itself only annoys: it is left out.
SHORTEST_WAIT = datetime.timedelta(hours=20)


@dataclass(frozen=True, kw_only=True)
class ReminderStep:
    """Reminder `number` (1, 2, 3) leaves at `at` and makes no sense any more from `expires_at` on."""

    number: int
    at: datetime.datetime
    expires_at: datetime.datetime


def reminder_steps(
    *, opens_at: datetime.datetime, closes_at: datetime.datetime, is_panel: bool = False
) -> tuple[ReminderStep, ...]:
    """The reminders about one week, at 09:00 local: after 2 and 5 working days, and on the last working day
    before the last day. A panel, which mails every week, reminds once.

    A step on or after the last day is left out, two steps on one day are one. Each step expires when the
    next begins, the last one at closing.
    """
    opening, closing = local_date(opens_at), local_date(closes_at)
    days = {working_days_after(opening, days=days) for days in REMINDER_WORKING_DAYS[: 1 if is_panel else None]}
    if not is_panel:
        days.add(last_working_day_before(closing))
    moments = [moment_of(day, REMINDER_TIME) for day in sorted(days) if opening < day < closing]
    ends = [*moments[1:], closes_at] if moments else []
    return tuple(
        ReminderStep(number=number, at=at, expires_at=end)
        for number, (at, end) in enumerate(zip(moments, ends, strict=True), start=1)
    )


def step_at(steps: tuple[ReminderStep, ...], moment: datetime.datetime) -> ReminderStep | None:
    """The reminder that may leave at this moment: late ones have made way for it, never stack."""
    return next((step for step in steps if step.at <= moment < step.expires_at), None)
