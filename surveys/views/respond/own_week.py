"""The own week in words, each line with the address where it is changed."""

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from surveys.domain.question_path import Question, Step
from surveys.enums import Mode
from surveys.selectors.response_state import RespondentWeek
from surveys.views.respond.addresses import address_of
from surveys.views.respond.wording import (
    AnswerLine,
    day_in_full,
    day_name,
    day_title,
    kilometres,
    vehicle_in_full,
)


@dataclass(frozen=True, kw_only=True)
class OwnWeek:
    """What somebody answered, to be read back. normal_week is empty unless one was given."""

    week: list[AnswerLine]
    normal_week: list[AnswerLine]
    facts: list[AnswerLine]


def own_week(respondent: RespondentWeek) -> OwnWeek:
    return OwnWeek(
        week=[*_days(respondent, is_normal_week=False), *_week(respondent)],
        normal_week=_days(respondent, is_normal_week=True),
        facts=[*fact_lines(respondent), *vehicle_lines(respondent, modes={day.mode for day in respondent.days})],
    )


def _days(respondent: RespondentWeek, *, is_normal_week: bool) -> list[AnswerLine]:
    return [
        AnswerLine(
            term=capfirst(day_name(day.date)) if is_normal_week else day_title(day.date, is_normal_week=False),
            answer=day_in_full(day),
            address=address_of(Question(step=Step.DAY, date=day.date, is_normal_week=is_normal_week)),
        )
        for day in respondent.week_days(is_normal_week=is_normal_week)
    ]


def _week(respondent: RespondentWeek) -> list[AnswerLine]:
    lines = []
    answers = respondent.answers
    if answers.worked_in_weekend is not None:
        words = _("Worked") if answers.worked_in_weekend else _("Not worked")
        address = address_of(Question(step=Step.WEEKEND))
        lines.append(AnswerLine(term=_("Weekend"), answer=words, address=address))
    if answers.was_normal_week is not None:
        address = address_of(Question(step=Step.NORMAL_WEEK))
        lines.append(AnswerLine(term=_("A normal week?"), answer=_normal_week_words(respondent), address=address))
    return lines


def _normal_week_words(respondent: RespondentWeek) -> str:
    if respondent.answers.was_normal_week:
        return _("Yes")
    if respondent.response and respondent.response.gives_normal_week:
        return _("No, the normal week below counts")
    return _("No, but this week counts")


def fact_lines(respondent: RespondentWeek) -> list[AnswerLine]:
    """Workplace and distance of this week, or of the last time as long as they are not confirmed; and the postcode."""
    response, profile, address = respondent.response, respondent.profile, reverse("answer_facts_change")
    given = response if response and response.one_way_metres is not None else profile
    if given is None:
        return []
    lines = []
    if respondent.has_several_sites:
        lines.append(AnswerLine(term=_("Workplace"), answer=given.site.name, address=address))
    distance = _("%(km)s km one way") % {"km": kilometres(given.one_way_metres or 0)}
    lines.append(AnswerLine(term=_("Distance to your work"), answer=distance, address=address))
    if profile and profile.home_postcode:
        lines.append(AnswerLine(term=_("Home postcode"), answer=profile.home_postcode, address=address))
    return lines


def vehicle_lines(respondent: RespondentWeek, *, modes: Collection[str] = tuple(Mode)) -> list[AnswerLine]:
    """What is known about the vehicles of these modes; all that are remembered unless told otherwise."""
    lines = []
    for mode, facts in respondent.vehicles.items():
        words = vehicle_in_full(fuel=facts.fuel, is_employer_provided=facts.is_employer_provided)
        if mode in modes and words:
            has_fuel = respondent.answers.vehicles[mode].fuel_is_known is not None
            question = Question(step=Step.FUEL if has_fuel else Step.PROVIDER, mode=mode)
            lines.append(AnswerLine(term=str(Mode(mode).label), answer=words, address=address_of(question)))
    return lines
