"""The personal link: a GET shows what this is about and stores nothing; Start is a POST."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from surveys.models import Invitation
from surveys.selectors.response_state import (
    RespondentWeek,
    has_earlier_answers,
    invitation_obstacle,
    shown_response,
)
from surveys.services.responses.locking import CannotAnswer, LinkEnded
from surveys.services.responses.opening import EarlierAnswers, open_response, start_afresh
from surveys.views.respond.addresses import next_page
from surveys.views.respond.door import find_by_token, respondent_scope, safe_or_post
from surveys.views.respond.language import speak_language_of
from surveys.views.respond.notices import obstacle_page, unknown_link_page
from surveys.views.respond.sent_by_script import with_next_page
from surveys.views.respond.ticket import give_ticket, is_shared_screen
from surveys.views.respond.wording import sunday_of
from wpm_platform.clock import now
from wpm_platform.organisations.door.secret_address import secret_address


@secret_address
@safe_or_post
def link(request: HttpRequest, token: str) -> HttpResponse:
    """The page that the mail leads to. The link wins over any earlier cookie of this browser."""
    found = find_by_token(token)
    if found is None:
        return unknown_link_page(request)
    with respondent_scope(found, is_change=request.method == "POST") as respondent:
        invitation = respondent.invitation
        if invitation.link_number != found.link_version:
            return unknown_link_page(request)
        speak_language_of(request, invitation.employee)
        if request.method == "POST":
            return _start(request, respondent, token=token)
        obstacle = invitation_obstacle(invitation, now=now())
        if obstacle is not None:
            return obstacle_page(request, invitation, obstacle)
        template = "respond/earlier_answers.html" if has_earlier_answers(invitation) else "respond/link.html"
        return render(request, template, _context(invitation))


def _start(request: HttpRequest, respondent: RespondentWeek, *, token: str) -> HttpResponse:
    invitation = respondent.invitation
    start = start_afresh if request.POST.get("choice") == "afresh" else open_response
    try:
        opened = start(invitation=invitation, now=now())
    except LinkEnded:
        return unknown_link_page(request)
    except EarlierAnswers:
        return redirect("respond_link", token=token)
    except CannotAnswer as refusal:
        return obstacle_page(request, invitation, refusal.obstacle)
    # Straight to the first question without an answer: each address in between is a wait for somebody.
    begun = replace(respondent, response=opened)
    response = redirect(next_page(begun.answers))
    give_ticket(response, invitation, is_kiosk=is_shared_screen(request))
    return with_next_page(request, response, begun)


def _context(invitation: Invitation) -> dict[str, object]:
    return {
        "organisation": invitation.organisation,
        "campaign": invitation.campaign,
        "week": invitation.week,
        "sunday": sunday_of(invitation.week.monday),
        "response": shown_response(invitation),
        "has_answered": invitation.answered_at is not None,
    }
