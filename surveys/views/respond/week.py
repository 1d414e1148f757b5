"""Questions about the week as a whole."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from surveys.domain.question_path import WEEKEND, Question, Step
from surveys.selectors.response_state import RespondentWeek
from surveys.services.responses.week import (
    NormalWeek,
    record_free_normal_weekend,
    record_normal_week,
    record_weekend,
)
from surveys.views.respond.addresses import address_of
from surveys.views.respond.door import answer_page, onward
from surveys.views.respond.pages import tile_page
from surveys.views.respond.tiles import NO, YES, Tile, yes_no_tiles
from wpm_platform.clock import now


@answer_page()
def weekend(request: HttpRequest, respondent: RespondentWeek) -> HttpResponse:
    if not respondent.answers.asks_weekend:
        return redirect("answer_start")
    chosen = request.POST.get("choice")
    if chosen in (YES, NO):
        return onward(record_weekend(invitation=respondent.invitation, has_worked=chosen == YES, now=now()))
    return tile_page(
        request,
        respondent,
        Question(step=Step.WEEKEND),
        has_errors=request.method == "POST",
        heading=_("Did you work in the weekend?"),
        tiles=yes_no_tiles(answer=respondent.answers.worked_in_weekend),
        has_two_columns=True,
    )


@answer_page()
def normal_weekend(request: HttpRequest, respondent: RespondentWeek) -> HttpResponse:
    """The weekend of a normal week: a yes leads to its days, a no answers both."""
    chosen = request.POST.get("choice")
    saturday, sunday = respondent.answers.dates(WEEKEND)
    if respondent.answers.was_normal_week is not False or not respondent.answers.asks_weekend:
        return redirect("answer_start")
    if chosen == NO:
        return onward(record_free_normal_weekend(invitation=respondent.invitation, now=now()))
    if chosen == YES:
        return redirect(address_of(Question(step=Step.DAY, date=saturday, is_normal_week=True)))
    answered = [respondent.answers.normal_week.get(day) for day in (saturday, sunday)]
    works = any(answer.whereabouts != "not_worked" for answer in answered if answer) if any(answered) else None
    return tile_page(
        request,
        respondent,
        Question(step=Step.NORMAL_WEEKEND),
        has_errors=request.method == "POST",
        heading=_("Do you work in the weekend in a normal week?"),
        tiles=yes_no_tiles(answer=works),
        has_two_columns=True,
    )


@answer_page()
def normal_week(request: HttpRequest, respondent: RespondentWeek) -> HttpResponse:
    """Was this a normal week, and if not, does another one stand in for it?"""
    chosen = request.POST.get("choice", "")
    if chosen in list(NormalWeek):
        answers = record_normal_week(invitation=respondent.invitation, choice=NormalWeek(chosen), now=now())
        if chosen == NormalWeek.FILL and not respondent.answers.normal_week:
            first_day = Question(step=Step.DAY, date=respondent.answers.plain_days[0], is_normal_week=True)
            return redirect(address_of(first_day))
        return onward(answers)
    return tile_page(
        request,
        respondent,
        Question(step=Step.NORMAL_WEEK),
        has_errors=request.method == "POST",
        heading=_("Was this a normal week?"),
        hint=_("Not normal is a week with a holiday, illness, a course or something else that does not happen often."),
        tiles=_normal_week_tiles(respondent),
        has_wide_tiles=True,
    )


def _normal_week_tiles(respondent: RespondentWeek) -> tuple[Tile, ...]:
    was_normal, fills = respondent.answers.was_normal_week, bool(respondent.answers.normal_week)
    return (
        Tile(
            value=NormalWeek.YES,
            label=_("Yes, this was a normal week"),
            icon="calendar-check",
            is_chosen=was_normal is True,
        ),
        Tile(
            value=NormalWeek.FILL,
            label=_("No, I fill in a normal week"),
            icon="calendar-plus",
            is_chosen=was_normal is False and fills,
        ),
        Tile(
            value=NormalWeek.KEEP,
            label=_("No, but use this week"),
            icon="calendar-days",
            is_chosen=was_normal is False and not fills,
        ),
    )
