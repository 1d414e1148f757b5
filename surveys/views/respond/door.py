"""The employee's door: from a personal link or its cookie to one person's own rows, and nothing else."""

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from surveys.domain.personal_link import claimed_code, is_genuine
from surveys.domain.question_path import WeekAnswers
from surveys.selectors.response_state import RespondentWeek, invitation_obstacle, week_in, week_question
from surveys.services.responses.locking import CannotAnswer, LinkEnded, NotStarted, OutOfStep, hold
from surveys.views.respond.addresses import next_page
from surveys.views.respond.language import speak_language_of
from surveys.views.respond.notices import not_started_page, obstacle_page, ticket_missing_page
from surveys.views.respond.sent_by_script import Page, with_next_page
from surveys.views.respond.ticket import Ticket, read_ticket, renew_ticket
from wpm_platform.clock import now
from wpm_platform.scoping import Role, call_system_function, found_answer, found_scope, organisation_scope

View = Callable[..., HttpResponse]
safe_or_post = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, kw_only=True)
class Found:
    """Where an invitation is, before any of its rows may be read."""

    code: UUID
    invitation_id: int
    organisation_id: int
    employee_id: int
    link_version: int


def find_invitation(code: UUID) -> Found | None:
    rows = call_system_function("invitation", code)
    return Found(code=code, **rows[0]) if rows else None


def find_by_token(token: str) -> Found | None:
    """The invitation that a personal link belongs to; None for a link that we did not make."""
    code = claimed_code(token)
    found = find_invitation(code) if code else None
    if code is None or found is None:
        return None
    is_ours = is_genuine(token=token, code=code, version=found.link_version, key=settings.LINK_KEY)
    return found if is_ours else None


@contextmanager
def respondent_scope(found: Found, *, is_change: bool = False) -> Iterator[RespondentWeek]:
    """Read and write as this one employee; yields what they answered so far. is_change: under the lock of a change."""
    question = week_question(found.code, is_change=is_change)
    with organisation_scope(
        found.organisation_id, role=Role.RESPONDENT, employee_id=found.employee_id, first=question
    ) as scope:
        respondent = week_in(scope.answer)
        if is_change:
            hold(respondent)
        yield respondent


@contextmanager
def ticket_change(ticket: Ticket) -> Iterator[RespondentWeek | None]:
    """The same for a change by who has a ticket; None when its link has ended."""
    question = week_question(ticket.code, is_change=True)
    with found_scope("invitation", ticket.code, role=Role.RESPONDENT, first=question) as found:
        respondent = _shown_with(ticket, found.answer if found else None)
        if respondent is not None:
            hold(respondent)
        yield respondent


def ticket_week(ticket: Ticket) -> RespondentWeek | None:
    """What who has a ticket answered so far, to be shown; None when its link has ended. Outside of any scope."""
    question = week_question(ticket.code)
    return _shown_with(ticket, found_answer("invitation", ticket.code, role=Role.RESPONDENT, first=question))


def _shown_with(ticket: Ticket, answer: list[tuple[Any, ...]] | None) -> RespondentWeek | None:
    respondent = week_in(answer) if answer else None
    return respondent if respondent and respondent.invitation.link_number == ticket.link_version else None


def answer_page(*, needs_facts: bool = True) -> Callable[[View], View]:
    """A page under `/answer/`: the view gets `RespondentWeek`; a change is made in the scope of that one person.

    A page that is only looked at is drawn when its rows are read and no scope is open; the few that show more rows read
    them in `RespondentWeek.reading()`. Everything that can be in the way has its own calm page. needs_facts: whether
    the distance must be known first.
    """

    def decorate(view: View) -> View:
        page = Page(view=view, needs_facts=needs_facts)

        @never_cache
        @safe_or_post
        @wraps(view)
        def wrapper(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            ticket = read_ticket(request)
            if ticket is None:
                return ticket_missing_page(request)
            if request.method == "POST":
                with ticket_change(ticket) as respondent:
                    return _answered(request, ticket, respondent, page, kwargs)
            return _answered(request, ticket, ticket_week(ticket), page, kwargs)

        vars(wrapper)["page"] = page
        return wrapper

    return decorate


def _answered(
    request: HttpRequest, ticket: Ticket, respondent: RespondentWeek | None, page: Page, kwargs: dict[str, Any]
) -> HttpResponse:
    """The page, or what is in the way of it."""
    if respondent is None:
        return ticket_missing_page(request)
    speak_language_of(request, respondent.invitation.employee)
    try:
        _check_open(respondent, at=now())
        if page.needs_facts and not respondent.answers.has_facts:
            return redirect("answer_facts")
        response = with_next_page(request, page.view(request, respondent, **kwargs), respondent)
        return renew_ticket(ticket, response)
    # Services refuse before they write: there is nothing to undo.
    except (CannotAnswer, LinkEnded, NotStarted, OutOfStep) as refusal:
        return _refusal_page(request, respondent, refusal)


def onward(answers: WeekAnswers) -> HttpResponse:
    """After an answer: on to the next question. answers: as they are stored now."""
    return HttpResponseRedirect(next_page(answers))


def find_by_ticket(request: HttpRequest) -> Found | None:
    """The invitation that this browser's cookie stands for, as long as its link works."""
    ticket = read_ticket(request)
    found = find_invitation(ticket.code) if ticket else None
    return found if ticket and found and ticket.link_version == found.link_version else None


def _refusal_page(request: HttpRequest, respondent: RespondentWeek, refusal: Exception) -> HttpResponse:
    if isinstance(refusal, CannotAnswer):
        with respondent.reading():
            return obstacle_page(request, respondent.invitation, refusal.obstacle)
    if isinstance(refusal, LinkEnded):
        return ticket_missing_page(request)
    if isinstance(refusal, NotStarted):
        return not_started_page(request, respondent.invitation)
    return redirect("answer_start")


def _check_open(respondent: RespondentWeek, *, at: datetime.datetime) -> None:
    obstacle = invitation_obstacle(respondent.invitation, now=at)
    if obstacle is not None:
        raise CannotAnswer(obstacle)
    if respondent.response is None:
        raise NotStarted
