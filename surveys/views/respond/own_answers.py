"""What somebody answered, to see and to delete, also when the survey is over: for as long as the answers are kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from surveys.selectors.response_state import RespondentWeek
from surveys.services.responses.afterwards import forget_afterwards, is_forgotten
from surveys.views.respond.beside import shown_by_link, shown_by_ticket
from surveys.views.respond.door import safe_or_post
from surveys.views.respond.own_week import own_week
from wpm_platform.clock import now
from wpm_platform.organisations.door.secret_address import secret_address


@secret_address
@safe_or_post
def link_answers(request: HttpRequest, token: str) -> HttpResponse:
    return shown_by_link(request, token, _page)


@never_cache
@safe_or_post
def own_answers(request: HttpRequest) -> HttpResponse:
    return shown_by_ticket(request, _page)


def _page(request: HttpRequest, respondent: RespondentWeek, back: str) -> HttpResponse:
    if request.method == "POST":
        forget_afterwards(invitation=respondent.invitation, now=now())
        return render(request, "respond/own_answers.html", {"organisation": respondent.organisation})
    if respondent.response is None and respondent.invitation.answered_at is None:
        return redirect(back)
    return render(request, "respond/own_answers.html", _context(respondent, back=back))


def _context(respondent: RespondentWeek, *, back: str) -> dict[str, object]:
    """Without a week when it was deleted."""
    has_answers = respondent.response is not None and not is_forgotten(respondent.invitation)
    return {
        "organisation": respondent.organisation,
        "own_week": own_week(respondent) if has_answers else None,
        "back": back,
    }
