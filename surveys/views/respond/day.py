"""One day: every tile is a submit button, one tap answers and goes on."""

import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from surveys.domain.question_path import Question, Step, day_to_copy, is_asked
from surveys.enums import Whereabouts
from surveys.models import DayAnswer
from surveys.selectors.response_state import RespondentWeek, previous_response
from surveys.services.responses.days import MODES, DayChoice, copy_day, record_day
from surveys.services.responses.previous_week import copy_previous_week
from surveys.views.respond.door import answer_page, onward
from surveys.views.respond.drawn_pages import at_drawing
from surveys.views.respond.pages import tile_page
from surveys.views.respond.tiles import mode_tiles, whereabouts_tiles
from surveys.views.respond.wording import day_briefly, day_name, day_title
from wpm_platform.clock import now

COPY, PREVIOUS_WEEK = "copy", "previous_week"
NOT_TRAVELLED = (Whereabouts.HOME, Whereabouts.CLIENT, Whereabouts.NOT_WORKED, Whereabouts.UNKNOWN)


@answer_page()
def day(request: HttpRequest, respondent: RespondentWeek, date: datetime.date) -> HttpResponse:
    """A day of the week that is asked about."""
    return _day_page(request, respondent, date=date, is_normal_week=False)


@answer_page()
def normal_day(request: HttpRequest, respondent: RespondentWeek, date: datetime.date) -> HttpResponse:
    """A day of the normal week that stands in for an unusual one."""
    return _day_page(request, respondent, date=date, is_normal_week=True)


def _day_page(
    request: HttpRequest, respondent: RespondentWeek, *, date: datetime.date, is_normal_week: bool
) -> HttpResponse:
    if not is_asked(respondent.answers, day=date, is_normal_week=is_normal_week):
        return redirect("answer_start")
    has_errors = False
    if request.method == "POST":
        answered = _record(respondent, request.POST.get("choice", ""), date=date, is_normal_week=is_normal_week)
        if answered is not None:
            return answered
        has_errors = True
    chosen = chosen_tile(respondent.day(date, is_normal_week=is_normal_week))
    return tile_page(
        request,
        respondent,
        Question(step=Step.DAY, date=date, is_normal_week=is_normal_week),
        template="respond/day.html",
        has_errors=has_errors,
        heading=at_drawing(_heading, date=date, is_normal_week=is_normal_week),
        copy_label=_copy_label(respondent, date=date, is_normal_week=is_normal_week),
        has_roster=not respondent.answers.asks_weekend,
        is_first_day=not is_normal_week and date == respondent.answers.plain_days[0],
        has_previous_week=not is_normal_week and _has_previous(respondent),
        mode_tiles=at_drawing(mode_tiles, chosen=chosen),
        whereabouts_tiles=at_drawing(whereabouts_tiles, chosen=chosen),
    )


def _record(
    respondent: RespondentWeek, chosen: str, *, date: datetime.date, is_normal_week: bool
) -> HttpResponse | None:
    """Save what was tapped and go on; None when it was none of the tiles."""
    invitation = respondent.invitation
    if chosen == Whereabouts.OTHER_SITE:
        name = "answer_normal_other_site" if is_normal_week else "answer_other_site"
        return redirect(name, date=date)
    if chosen == COPY:
        answers = copy_day(invitation=invitation, date=date, is_normal_week=is_normal_week, now=now())
    elif chosen == PREVIOUS_WEEK and not is_normal_week:
        answers = copy_previous_week(invitation=invitation, now=now())
    elif chosen in MODES or chosen in NOT_TRAVELLED:
        choice = (
            DayChoice(whereabouts=Whereabouts.WORKPLACE, mode=chosen)
            if chosen in MODES
            else DayChoice(whereabouts=chosen)
        )
        answers = record_day(invitation=invitation, date=date, is_normal_week=is_normal_week, choice=choice, now=now())
    else:
        return None
    return onward(answers)


def chosen_tile(day: DayAnswer | None) -> str:
    """The code of the tile that stands for this answer; empty without one."""
    if day is None:
        return ""
    return str(day.mode if day.whereabouts == Whereabouts.WORKPLACE else day.whereabouts)


def _has_previous(respondent: RespondentWeek) -> bool:
    """Whether a week before may be taken over: offered as long as no day of this one is answered."""
    if respondent.days or not respondent.answered_before:
        return False
    with respondent.reading():
        return previous_response(invitation=respondent.invitation) is not None


def _heading(*, date: datetime.date, is_normal_week: bool) -> str:
    if is_normal_week:
        return _("On a normal %(weekday)s: what do you travel the longest distance to your work with?") % {
            "weekday": day_name(date)
        }
    return _("%(day)s: what did you travel the longest distance to your work with?") % {
        "day": day_title(date, is_normal_week=False)
    }


def _copy_label(respondent: RespondentWeek, *, date: datetime.date, is_normal_week: bool) -> str:
    source = day_to_copy(respondent.answers, day=date, is_normal_week=is_normal_week)
    earlier = respondent.day(source, is_normal_week=is_normal_week) if source else None
    if earlier is None:
        return ""
    return _("Same as %(weekday)s (%(answer)s)") % {
        "weekday": day_name(earlier.date),
        "answer": day_briefly(earlier),
    }
