"""The follow-up: one question behind the personal link of somebody who did not answer the survey."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from surveys.enums import UsualMode
from surveys.models import FollowUpQuestion
from surveys.selectors.follow_up import own_question, own_usual_mode
from surveys.selectors.response_state import RespondentWeek
from surveys.services.follow_up import QuestionClosed, answer_follow_up, delete_follow_up_answer
from surveys.views.respond.beside import shown_by_link
from surveys.views.respond.door import safe_or_post
from surveys.views.respond.notices import unknown_link_page
from surveys.views.respond.tiles import usual_mode_tiles
from wpm_platform.clock import now
from wpm_platform.organisations.door.secret_address import secret_address

DELETE = "delete"


@secret_address
@safe_or_post
def link_follow_up(request: HttpRequest, token: str) -> HttpResponse:
    """Ask (GET), or keep the answer (POST) and show it."""

    def page(request: HttpRequest, respondent: RespondentWeek, _back: str) -> HttpResponse:
        return _answered(request, respondent, token=token) if request.method == "POST" else _page(request, respondent)

    return shown_by_link(request, token, page)


def _answered(request: HttpRequest, respondent: RespondentWeek, *, token: str) -> HttpResponse:
    choice = request.POST.get("choice", "")
    if choice == DELETE:
        delete_follow_up_answer(invitation=respondent.invitation, now=now())
    elif choice in UsualMode.values:
        try:
            answer_follow_up(invitation=respondent.invitation, usual_mode=choice, now=now())
        except QuestionClosed:
            return _page(request, respondent, is_too_late=True)
    else:
        return _page(request, respondent, has_errors=True)
    return redirect("respond_follow_up", token=token)


def _page(
    request: HttpRequest, respondent: RespondentWeek, *, has_errors: bool = False, is_too_late: bool = False
) -> HttpResponse:
    """The question as it stands. is_too_late: a tap came after the last day and was not kept."""
    question = own_question(respondent.invitation)
    if question is None:
        return unknown_link_page(request)
    context = _context(question) | {
        "organisation": respondent.organisation,
        "has_errors": has_errors,
        "is_too_late": is_too_late,
    }
    is_over = is_too_late or (not context["is_open"] and not context["has_answered"])
    status = 422 if has_errors else 410 if is_over else 200
    return render(request, "respond/follow_up.html", context, status=status)


def _context(question: FollowUpQuestion) -> dict[str, object]:
    chosen, closes_at = own_usual_mode(question), question.follow_up.closes_at
    return {
        "heading": _("On an ordinary working day, how did you usually travel to work?"),
        "tiles": usual_mode_tiles(chosen=chosen),
        "has_answered": bool(chosen),
        "answer": UsualMode(chosen).label if chosen else "",
        "closes_at": closes_at,
        "is_open": closes_at > now(),
    }
