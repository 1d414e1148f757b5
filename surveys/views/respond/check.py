"""Check your answers, then send them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from surveys.domain.question_path import Question, Step, next_question
from surveys.selectors.response_state import RespondentWeek
from surveys.services.responses.submission import submit_response
from surveys.views.respond.addresses import address_of
from surveys.views.respond.door import answer_page
from surveys.views.respond.doubts import doubts
from surveys.views.respond.own_week import own_week
from surveys.views.respond.pages import question_page
from wpm_platform.clock import now


@answer_page()
def check(request: HttpRequest, respondent: RespondentWeek) -> HttpResponse:
    """The whole week before it is sent; the last question, whether it was a normal week, is part of sending."""
    if request.method == "POST":
        is_normal_week = request.POST.get("choice") == "normal_week"
        submit_response(invitation=respondent.invitation, is_normal_week=is_normal_week, now=now())
        return redirect("answer_receipt")
    upcoming = next_question(respondent.answers)
    if upcoming.step is not Step.CHECK:
        return redirect(address_of(upcoming))
    return question_page(
        request,
        respondent,
        Question(step=Step.CHECK),
        template="respond/check.html",
        own_week=own_week(respondent),
        warnings=doubts(respondent),
        asks_normal_week=respondent.answers.was_normal_week is None,
    )
