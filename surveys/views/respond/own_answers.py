"""What somebody answered, to see and to delete, also when the survey is over: for as long as the answers are kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from surveys.selectors.response_state import RespondentWeek
from surveys.services.responses.afterwards import forget_afterwards, is_forgotten
from surveys.services.responses.locking import LinkEnded
from surveys.views.respond.door import Found, find_by_ticket, find_by_token, respondent_scope, safe_or_post
from surveys.views.respond.language import speak_language_of
from surveys.views.respond.notices import ticket_missing_page, unknown_link_page
from surveys.views.respond.own_week import own_week
from wpm_platform.clock import now
from wpm_platform.organisations.door.secret_address import secret_address


@secret_address
@safe_or_post
def link_answers(request: HttpRequest, token: str) -> HttpResponse:
    """From the personal link, whatever state the survey is in."""
    found = find_by_token(token)
    return _page(request, found, back="../") if found else unknown_link_page(request)


@never_cache
@safe_or_post
def own_answers(request: HttpRequest) -> HttpResponse:
    """The same for who came with the code of a slip."""
    found = find_by_ticket(request)
    return _page(request, found, back="/answer/") if found else ticket_missing_page(request)


def _page(request: HttpRequest, found: Found, *, back: str) -> HttpResponse:
    with respondent_scope(found) as respondent:
        invitation = respondent.invitation
        if invitation.link_number != found.link_version:
            return unknown_link_page(request)
        speak_language_of(request, invitation.employee)
        if request.method == "POST":
            try:
                forget_afterwards(invitation=invitation, now=now())
            except LinkEnded:
                return unknown_link_page(request)
            return render(request, "respond/own_answers.html", {"organisation": respondent.organisation})
        if respondent.response is None and invitation.answered_at is None:
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
