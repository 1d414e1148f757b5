"""Pages beside the survey, such as who read my data: the same by the personal link, whatever state the survey is in,
and for who came with the code of a slip or is in the middle of the questions.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from surveys.selectors.response_state import RespondentWeek
from surveys.services.responses.locking import LinkEnded
from surveys.views.respond.door import Found, find_by_ticket, find_by_token, respondent_scope
from surveys.views.respond.language import speak_language_of
from surveys.views.respond.notices import ticket_missing_page, unknown_link_page

# Draws the page in the person's own scope; the text is the address of the page before it.
Beside = Callable[[HttpRequest, RespondentWeek, str], HttpResponse]


def shown_by_link(request: HttpRequest, token: str, page: Beside) -> HttpResponse:
    found = find_by_token(token)
    return _shown(request, found, page, back="../") if found else unknown_link_page(request)


def shown_by_ticket(request: HttpRequest, page: Beside) -> HttpResponse:
    found = find_by_ticket(request)
    return _shown(request, found, page, back="/answer/") if found else ticket_missing_page(request)


def _shown(request: HttpRequest, found: Found, page: Beside, *, back: str) -> HttpResponse:
    with respondent_scope(found) as respondent:
        invitation = respondent.invitation
        if invitation.link_number != found.link_version:
            return unknown_link_page(request)
        speak_language_of(request, invitation.employee)
        try:
            return page(request, respondent, back)
        except LinkEnded:
            return unknown_link_page(request)
