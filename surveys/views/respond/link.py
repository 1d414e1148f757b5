"""The personal link: a GET shows what this is about and stores nothing; Start is a POST."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from surveys.models import Invitation
from surveys.selectors.response_state import invitation_obstacle, respondent_invitation
from surveys.services.responses.locking import CannotAnswer
from surveys.services.responses.opening import open_response
from surveys.views.respond.door import find_by_token, respondent_scope, safe_or_post, speak_language_of
from surveys.views.respond.notices import obstacle_page, unknown_link_page
from surveys.views.respond.ticket import give_ticket
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
    with respondent_scope(found):
        invitation = respondent_invitation(organisation_id=found.organisation_id, invitation_id=found.invitation_id)
        speak_language_of(request, invitation.employee)
        if request.method == "POST":
            return _start(request, invitation)
        obstacle = invitation_obstacle(invitation, now=now())
        if obstacle is not None:
            return obstacle_page(request, invitation, obstacle)
        return render(request, "respond/link.html", _context(invitation))


def _start(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    try:
        open_response(invitation=invitation, now=now())
    except CannotAnswer as refusal:
        return obstacle_page(request, invitation, refusal.obstacle)
    response = redirect("answer_start")
    give_ticket(response, invitation)
    return response


def _context(invitation: Invitation) -> dict[str, object]:
    return {
        "organisation": invitation.organisation,
        "campaign": invitation.campaign,
        "week": invitation.week,
        "sunday": sunday_of(invitation.week.monday),
        "response": getattr(invitation, "response", None),
    }
