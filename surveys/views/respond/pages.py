"""What all question pages show around the question."""

from collections.abc import Callable, Hashable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from surveys.domain.question_path import Question, Step, next_question, previous_question, progress
from surveys.selectors.response_state import RespondentWeek
from surveys.views.respond.addresses import address_of
from surveys.views.respond.drawn_pages import at_drawing, drawn_page, employer_of
from surveys.views.respond.wording import day_title

ENDS = (Step.CHECK, Step.RECEIPT)


def question_page(
    request: HttpRequest,
    respondent: RespondentWeek,
    question: Question,
    *,
    template: str,
    has_errors: bool = False,
    **context: Any,
) -> HttpResponse:
    """Show one question with the progress and the way back. Errors answer with status 422."""
    frame = _frame(respondent, question, words=_progress_text, has_errors=has_errors)
    shown = {"organisation": respondent.organisation, **frame, **context}
    return render(request, template, shown, status=422 if has_errors else 200)


def tile_page(
    request: HttpRequest,
    respondent: RespondentWeek,
    question: Question,
    *,
    template: str = "respond/question.html",
    has_errors: bool = False,
    **context: Hashable,
) -> HttpResponse:
    """The same for a question that is answered by one tap: nothing on it but words and tiles, drawn once for many."""
    frame = _frame(respondent, question, words=partial(at_drawing, _progress_text), has_errors=has_errors)
    shown = {"organisation": employer_of(respondent.organisation), **frame, **context}
    return drawn_page(request, template, shown, status=422 if has_errors else 200)


def _frame(
    respondent: RespondentWeek, question: Question, *, words: Callable[..., Any], has_errors: bool
) -> dict[str, Any]:
    """words: of the progress, made now or at drawing."""
    value, maximum = progress(respondent.answers, question)
    return {
        "progress_text": words(question=question, value=value, maximum=maximum),
        "progress_value": value,
        "progress_maximum": maximum,
        "has_errors": has_errors,
        **_way_back(respondent, question),
    }


def _progress_text(*, question: Question, value: int, maximum: int) -> str:
    """The check at the end takes a part of the bar, but it is no question."""
    if question.step is Step.CHECK:
        return _("All questions answered")
    place = _("Question %(value)s of %(maximum)s") % {"value": value, "maximum": maximum - 1}
    if question.date is None:
        return place
    return f"{place} · {day_title(question.date, is_normal_week=question.is_normal_week)}"


def _way_back(respondent: RespondentWeek, question: Question) -> dict[str, Any]:
    """To the question before, or to the overview for who changes one answer of a full week."""
    last = next_question(respondent.answers)
    if last.step in ENDS and question.step not in ENDS:
        return {"back_address": address_of(last), "back_to_overview": True}
    before = previous_question(respondent.answers, question)
    return {"back_address": address_of(before) if before else ""}
