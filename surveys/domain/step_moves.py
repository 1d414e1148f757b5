"""Whether a mail of the plan may leave at the moment that somebody chose for it."""

import datetime
from collections.abc import Callable, Sequence
from enum import StrEnum

from surveys.domain.calendar import MailHours, local_date
from surveys.domain.mail_steps import ANNOUNCEMENT, INVITATION, REMINDER, SHORTEST_WAIT, THANKS, AskedWeek, Step

LONGEST_WAIT_FOR_THANKS = datetime.timedelta(days=60)


class MoveProblem(StrEnum):
    """What is wrong with the chosen moment."""

    PAST = "past"
    AT_NIGHT = "at_night"
    AFTER_INVITATION = "after_invitation"
    BEFORE_OPENING = "before_opening"
    AFTER_CLOSING = "after_closing"
    TOO_SOON = "too_soon"
    SAME_DAY = "same_day"
    BEFORE_CLOSING = "before_closing"
    TOO_LATE = "too_late"


def move_problem(
    step: Step, *, steps: Sequence[Step], weeks: Sequence[AskedWeek], now: datetime.datetime, hours: MailHours
) -> MoveProblem | None:
    """The first thing that is wrong with the step at its new moment, or None. steps: the other ones of the plan."""
    if step.due_at <= now:
        return MoveProblem.PAST
    if not hours.contain(step.due_at):
        return MoveProblem.AT_NIGHT
    return place_problem(step, steps=steps, weeks=weeks)


def place_problem(step: Step, *, steps: Sequence[Step], weeks: Sequence[AskedWeek]) -> MoveProblem | None:
    """What is wrong with the step's place among the other steps and the moments of its week."""
    others = [other for other in steps if other.week == step.week]
    return PLACE_RULES[step.kind](step, others, weeks[step.week])


def _announcement(step: Step, others: Sequence[Step], week: AskedWeek) -> MoveProblem | None:
    return MoveProblem.AFTER_INVITATION if step.due_at >= _invited_at(others, week) else None


def _invitation(step: Step, others: Sequence[Step], week: AskedWeek) -> MoveProblem | None:
    if step.due_at < week.opens_at:
        return MoveProblem.BEFORE_OPENING
    return MoveProblem.AFTER_CLOSING if step.due_at >= week.closes_at - SHORTEST_WAIT else None


def _reminder(step: Step, others: Sequence[Step], week: AskedWeek) -> MoveProblem | None:
    if step.due_at >= week.closes_at:
        return MoveProblem.AFTER_CLOSING
    if step.due_at < _invited_at(others, week) + SHORTEST_WAIT:
        return MoveProblem.TOO_SOON
    days = {local_date(other.due_at) for other in others if other.kind == REMINDER and other.number != step.number}
    return MoveProblem.SAME_DAY if local_date(step.due_at) in days else None


def _thanks(step: Step, others: Sequence[Step], week: AskedWeek) -> MoveProblem | None:
    if step.due_at <= week.closes_at:
        return MoveProblem.BEFORE_CLOSING
    return MoveProblem.TOO_LATE if step.due_at > week.closes_at + LONGEST_WAIT_FOR_THANKS else None


def _invited_at(others: Sequence[Step], week: AskedWeek) -> datetime.datetime:
    return next((other.due_at for other in others if other.kind == INVITATION), week.opens_at)


PLACE_RULES: dict[str, Callable[[Step, Sequence[Step], AskedWeek], MoveProblem | None]] = {
    ANNOUNCEMENT: _announcement,
    INVITATION: _invitation,
    REMINDER: _reminder,
    THANKS: _thanks,
}
