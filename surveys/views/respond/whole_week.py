"""The whole week on one page: for a keyboard or a large screen. The same answers as day by day, in one POST."""

import datetime
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from surveys.domain.question_path import WEEKEND
from surveys.enums import Mode, Whereabouts
from surveys.forms import whole_week as fields
from surveys.forms.whole_week import WholeWeekForm, field_of
from surveys.selectors.response_state import RespondentWeek
from surveys.services.responses.days import DayChoice
from surveys.services.responses.whole_week import record_days
from surveys.views.respond.day import chosen_tile
from surveys.views.respond.door import answer_page, onward
from surveys.views.respond.tiles import Tile, mode_tiles, whereabouts_tiles, yes_no_tiles
from surveys.views.respond.wording import day_title
from wpm_platform.clock import now

ONE_BY_ONE = "one_by_one"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One question of the page."""

    name: str
    legend: str
    tiles: tuple[Tile, ...]
    has_error: bool


@answer_page()
def whole_week(request: HttpRequest, respondent: RespondentWeek) -> HttpResponse:
    """What is chosen is saved, also when something is missing yet or somebody goes on one day per page."""
    if request.method != "POST":
        return _page(request, respondent, _form(respondent))
    form = _form(respondent, request)
    is_complete = form.is_valid()
    wanted = {date: form.chosen(date) for date in _days(respondent, form)}
    plain = [date for date, chosen in wanted.items() if chosen not in ("", Whereabouts.OTHER_SITE)]
    answers = record_days(
        invitation=respondent.invitation,
        choices={date: _choice(wanted[date]) for date in plain},
        has_worked_in_weekend=form.has_worked_in_weekend,
        now=now(),
    )
    if not is_complete and request.POST.get("choice") != ONE_BY_ONE:
        return _page(request, respondent, form)
    for date, chosen in wanted.items():
        if chosen == Whereabouts.OTHER_SITE and chosen != _stored(respondent, date):
            # Which site, and with what, has a page of its own.
            return redirect("answer_other_site", date=date)
    return onward(answers)


def _form(respondent: RespondentWeek, request: HttpRequest | None = None) -> WholeWeekForm:
    """Days of the weekend are in it for who has said before to have worked then, and does not take that back."""
    answers = respondent.answers
    takes_back = request is not None and request.POST.get(fields.WEEKEND) == fields.NO
    with_weekend = answers.worked_in_weekend is True and not takes_back
    days = answers.plain_days + (answers.dates(WEEKEND) if with_weekend else [])
    return WholeWeekForm(request.POST if request else None, days=days, asks_weekend=answers.asks_weekend)


def _days(respondent: RespondentWeek, form: WholeWeekForm) -> list[datetime.date]:
    return [date for date in respondent.answers.dates(range(7)) if field_of(date) in form.fields]


def _choice(chosen: str) -> DayChoice:
    if chosen in Mode.values:
        return DayChoice(whereabouts=Whereabouts.WORKPLACE, mode=chosen)
    return DayChoice(whereabouts=chosen)


def _stored(respondent: RespondentWeek, date: datetime.date) -> str:
    return chosen_tile(respondent.day(date, is_normal_week=False))


def _page(request: HttpRequest, respondent: RespondentWeek, form: WholeWeekForm) -> HttpResponse:
    rows = [_day_row(respondent, form, date) for date in _days(respondent, form)]
    if fields.WEEKEND in form.fields:
        # After Friday, before the days of a weekend.
        rows.insert(len(respondent.answers.plain_days), _weekend_row(respondent, form))
    context = {"organisation": respondent.organisation, "rows": rows, "has_errors": bool(form.errors)}
    return render(request, "respond/whole_week.html", context, status=422 if form.errors else 200)


def _day_row(respondent: RespondentWeek, form: WholeWeekForm, date: datetime.date) -> Row:
    name = field_of(date)
    chosen = form.data.get(name, "") if form.is_bound else _stored(respondent, date)
    return Row(
        name=name,
        legend=day_title(date, is_normal_week=False),
        tiles=mode_tiles(chosen=chosen) + whereabouts_tiles(chosen=chosen),
        has_error=name in form.errors,
    )


def _weekend_row(respondent: RespondentWeek, form: WholeWeekForm) -> Row:
    stored = respondent.answers.worked_in_weekend
    return Row(
        name=fields.WEEKEND,
        legend=_("Did you work in the weekend?"),
        tiles=yes_no_tiles(answer=form.has_worked_in_weekend if form.is_bound else stored),
        has_error=fields.WEEKEND in form.errors,
    )
