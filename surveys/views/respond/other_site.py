"""A day at another site of the employer: which one, how far, and with what."""

import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from surveys.domain.question_path import Question, Step, is_asked
from surveys.enums import Mode, Whereabouts
from surveys.forms.respond import OtherSiteForm
from surveys.models import DayAnswer
from surveys.selectors.response_state import RespondentWeek
from surveys.services.responses.days import DayChoice, record_day
from surveys.views.respond.addresses import address_of
from surveys.views.respond.door import answer_page, onward
from surveys.views.respond.pages import question_page
from surveys.views.respond.tiles import mode_tiles
from surveys.views.respond.wording import day_title, kilometres
from wpm_platform.clock import now


@answer_page()
def other_site(request: HttpRequest, respondent: RespondentWeek, date: datetime.date) -> HttpResponse:
    return _page(request, respondent, Question(step=Step.DAY, date=date))


@answer_page()
def normal_other_site(request: HttpRequest, respondent: RespondentWeek, date: datetime.date) -> HttpResponse:
    return _page(request, respondent, Question(step=Step.DAY, date=date, is_normal_week=True))


def _page(request: HttpRequest, respondent: RespondentWeek, question: Question) -> HttpResponse:
    date, is_normal_week = question.date, question.is_normal_week
    if date is None or not is_asked(respondent.answers, day=date, is_normal_week=is_normal_week):
        return redirect("answer_start")
    stored = _stored(respondent, question)
    usual_site_id = respondent.response.site_id if respondent.response else None
    form = OtherSiteForm(
        request.POST if request.method == "POST" else None,
        initial=_initial(stored),
        sites=[site for site in respondent.sites if site.pk != usual_site_id],
    )
    mode = request.POST.get("choice", "")
    if form.is_valid() and mode in Mode.values:
        choice = DayChoice(
            whereabouts=Whereabouts.OTHER_SITE,
            mode=mode,
            other_site=form.cleaned_data.get("site"),
            other_site_one_way_metres=form.cleaned_data["one_way"],
        )
        answers = record_day(
            invitation=respondent.invitation, date=date, is_normal_week=is_normal_week, choice=choice, now=now()
        )
        return onward(answers)
    return question_page(
        request,
        respondent,
        question,
        template="respond/other_site.html",
        has_errors=form.is_bound,
        form=form,
        mode_is_missing=form.is_bound and mode not in Mode.values,
        heading=_("%(day)s: at which other site did you work?")
        % {"day": day_title(date, is_normal_week=is_normal_week)},
        tiles=mode_tiles(chosen=stored.mode if stored else ""),
        back_address=address_of(question),
        back_to_overview=False,
    )


def _stored(respondent: RespondentWeek, question: Question) -> DayAnswer | None:
    """The day as it was answered before, when that was about another site too."""
    day = respondent.day(question.date, is_normal_week=question.is_normal_week) if question.date else None
    return day if day is not None and day.whereabouts == Whereabouts.OTHER_SITE else None


def _initial(stored: DayAnswer | None) -> dict[str, str]:
    if stored is None:
        return {}
    metres = stored.other_site_one_way_metres
    return {
        "site": str(stored.other_site.code) if stored.other_site else "",
        "one_way": kilometres(metres) if metres else "",
    }
