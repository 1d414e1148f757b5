"""The one way in for every change to an answer."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import connection, transaction

from surveys.domain.answering import Obstacle
from surveys.domain.question_path import WeekAnswers
from surveys.models import DayAnswer, Invitation, Response, TravelProfile, VehicleFacts
from surveys.selectors.response_state import RespondentWeek, invitation_obstacle, respondent_week, week_answers

P = ParamSpec("P")
Result = TypeVar("Result")
# Where an invitation carries what was read under its lock.
HELD = "_week_read_under_lock"
# Where it carries what its last change left.
CHANGED = "_week_as_changed"


def one_change(service: Callable[P, Result]) -> Callable[P, Result]:
    """A service that runs in one transaction: its own, or the one at hand.

    It refuses before it writes, so that there is nothing to undo; a savepoint would be asked for at each answer.
    """

    @wraps(service)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> Result:
        if connection.in_atomic_block:
            return service(*args, **kwargs)
        with transaction.atomic():
            return service(*args, **kwargs)

    return wrapper


def hold(respondent: RespondentWeek) -> None:
    """Say that this was read under the lock of a change, in this transaction: the first service need not read it."""
    respondent.invitation.__dict__[HELD] = respondent


class CannotAnswer(Exception):
    """Answers are not taken now; `obstacle` says why."""

    def __init__(self, obstacle: Obstacle) -> None:
        super().__init__(obstacle.value)
        self.obstacle = obstacle


class NotStarted(Exception):
    """There is no response yet, or it was deleted: start from the personal link."""


class LinkEnded(Exception):
    """The employee's address was changed, or the link replaced, since this page was opened: nothing was stored."""


class OutOfStep(Exception):
    """The answer does not fit what is stored, as another tab or device changed that: show the next question."""


@dataclass(kw_only=True)
class LockedWeek:
    """A started response with all its answers, locked until the transaction ends.

    Services keep all of it in step with what they write, so that `answers` is what is stored. days: by date, and
    whether it is of the normal week.
    """

    response: Response
    profile: TravelProfile | None
    days: dict[tuple[datetime.date, bool], DayAnswer]
    vehicles: dict[str, VehicleFacts]

    @property
    def answers(self) -> WeekAnswers:
        return week_answers(
            invitation=self.response.invitation,
            response=self.response,
            days=self.days.values(),
            vehicles=self.vehicles.values(),
        )


def locked_invitation(invitation: Invitation, *, now: datetime.datetime) -> RespondentWeek:
    """The invitation with all that was answered, locked until the transaction ends; its campaign is kept from closing.

    invitation: as it was found for the link or its cookie. Raises `LinkEnded`, `CannotAnswer`.
    """
    # Who holds the lock already has read everything under it; after the first change it is read anew.
    held: RespondentWeek | None = invitation.__dict__.pop(HELD, None)
    locked = held or respondent_week(invitation.code, is_change=True)
    if locked.invitation.link_number != invitation.link_number:
        raise LinkEnded
    obstacle = invitation_obstacle(locked.invitation, now=now)
    if obstacle is not None:
        raise CannotAnswer(obstacle)
    return locked


def locked_week(invitation: Invitation, *, now: datetime.datetime) -> LockedWeek:
    """The response that was started, under the same lock. Raises `LinkEnded`, `CannotAnswer` or `NotStarted`."""
    locked = locked_invitation(invitation, now=now)
    if locked.response is None:
        raise NotStarted
    days = {(day.date, day.is_normal_week): day for day in locked.days}
    week = LockedWeek(response=locked.response, profile=locked.profile, days=days, vehicles=locked.vehicles)
    invitation.__dict__[CHANGED] = week
    return week


def after_change(respondent: RespondentWeek) -> RespondentWeek:
    """The week as a service has just left it, without asking PostgreSQL again; as it was read when none changed it.

    respondent: the one whose invitation the service was given. Not for after a refusal, when nothing was written.
    """
    week: LockedWeek | None = respondent.invitation.__dict__.get(CHANGED)
    if week is None:
        return respondent
    days = [week.days[date, is_normal_week] for is_normal_week, date in sorted((key[1], key[0]) for key in week.days)]
    return replace(respondent, response=week.response, profile=week.profile, days=days, vehicles=week.vehicles)


def locked_response(invitation: Invitation, *, now: datetime.datetime) -> Response:
    """The same, for who changes nothing but the response itself."""
    return locked_week(invitation, now=now).response
