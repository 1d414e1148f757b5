"""Thanks, with the own week; from here it can be changed or deleted until the week closes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from surveys.domain.question_path import Step, next_question
from surveys.selectors.response_state import RespondentWeek
from surveys.services.responses.burden import record_burden
from surveys.services.responses.submission import delete_answers
from surveys.views.respond.addresses import address_of, next_page
from surveys.views.respond.door import answer_page
from surveys.views.respond.language import address_in_language, speak_language_of_address
from surveys.views.respond.own_week import own_week
from surveys.views.respond.ticket import code_address, take_ticket
from surveys.views.respond.tiles import BURDENS, burden_tiles
from wpm_platform.clock import now


@answer_page(needs_facts=False)
def start(request: HttpRequest, respondent: RespondentWeek) -> HttpResponse:
    """Where somebody was: the first question without an answer."""
    return redirect(next_page(respondent.answers))


@answer_page()
def receipt(request: HttpRequest, respondent: RespondentWeek) -> HttpResponse:
    """Thanks (GET); a POST answers the one optional question, how hard it was."""
    if not respondent.answers.is_submitted:
        return redirect(next_page(respondent.answers))
    if request.POST.get("choice") in BURDENS:
        record_burden(invitation=respondent.invitation, burden=int(request.POST["choice"]), now=now())
        return redirect("answer_receipt")
    upcoming = next_question(respondent.answers)
    context = {
        "organisation": respondent.organisation,
        "own_week": own_week(respondent),
        "week": respondent.invitation.week,
        "burden_tiles": burden_tiles(chosen=respondent.response.burden if respondent.response else None),
        "open_question": address_of(upcoming) if upcoming.step is not Step.RECEIPT else "",
    }
    return render(request, "respond/receipt.html", context)


@answer_page(needs_facts=False)
def delete(request: HttpRequest, respondent: RespondentWeek) -> HttpResponse:
    """Ask first (GET), then delete everything that was answered (POST) and forget the browser."""
    if request.method == "POST":
        delete_answers(invitation=respondent.invitation, now=now())
        response = redirect(address_in_language(request, "answer_deleted"))
        take_ticket(response)
        return response
    context = {
        "organisation": respondent.organisation,
        "back_address": next_page(respondent.answers),
        "week": respondent.invitation.week,
        "came_by_code": bool(code_address(request)),
    }
    return render(request, "respond/delete.html", context)


@never_cache
def deleted(request: HttpRequest) -> HttpResponse:
    """Says that the answers are gone; knows nobody any more."""
    speak_language_of_address(request)
    return render(request, "respond/deleted.html", {"code_address": code_address(request)})
