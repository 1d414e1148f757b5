"""The campaign form and its choice of weeks, with whatever is typed."""

import datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from surveys.domain.campaign_plan import CampaignPlan, PlanProblem, plan_problem
from surveys.domain.campaign_text import text_problems
from surveys.forms.campaigns import CampaignForm, CampaignTextForm
from surveys.forms.week_choices import monday_of, usual_week, week_choices
from surveys.services.campaign_texts import TextRejected
from surveys.services.campaigns import PlanRejected
from tests.factories import make_organisation
from wpm_platform.scoping import organisation_scope

DATE = datetime.date
TODAY = DATE(2026, 3, 12)
TYPED = {
    "name": "Reisweek",
    "kind": "one_week",
    "first_week": "2026-03-09",
    "opening_time": "09:00",
    "sender_name": "Voorbeeld Personeelszaken",
    "reply_to": "hr@voorbeeld.example",
}


def form_of(**typed):
    return CampaignForm(TYPED | typed, today=TODAY, language="nl", earlier=[])


def choices(**fields):
    found = week_choices(**({"today": TODAY, "language": "nl"} | fields))
    return [value for _month, group in found for value, _label in group]


def test_weeks_reach_from_a_year_back_to_months_ahead_latest_first():
    found = choices()
    assert (found[0], found[-1], len(found)) == ("2026-12-14", "2025-01-13", 101)
    assert found == sorted(found, reverse=True)
    assert all(monday_of(value).weekday() == 0 for value in found)


def test_week_of_an_older_draft_stays_among_the_choices():
    assert choices(chosen=DATE(2024, 3, 11))[-1] == "2024-03-11"


@pytest.mark.parametrize(("language", "month"), [("nl", "maart 2026"), ("en", "March 2026")])
def test_weeks_are_grouped_by_month(language, month):
    with translation.override(language):
        groups = dict(week_choices(today=TODAY, language=language))
    assert [value for value, _label in groups[month]] == [
        "2026-03-30",
        "2026-03-23",
        "2026-03-16",
        "2026-03-09",
        "2026-03-02",
    ]


@pytest.mark.parametrize(
    ("today", "monday"),
    [
        (DATE(2026, 3, 12), DATE(2026, 3, 2)),
        (DATE(2026, 3, 16), DATE(2026, 3, 9)),
        (DATE(2026, 4, 14), DATE(2026, 3, 23)),  # the two weeks around Easter have a holiday
    ],
)
def test_usual_week_is_the_last_normal_one_that_is_over(today, monday):
    assert usual_week(today) == monday


def test_plan_of_one_week_ignores_a_number_of_weeks():
    form = form_of(weeks="4")
    assert form.is_valid()
    assert form.plan() == CampaignPlan(
        kind="one_week", reporting_year=2026, mondays=(DATE(2026, 3, 9),), opens_on=DATE(2026, 3, 16)
    )


def test_plan_of_several_weeks():
    form = form_of(kind="weekly_panel", weeks="3", opens_on="2026-03-17", opening_time="08:15", days_to_answer="5")
    assert form.is_valid()
    assert form.plan() == CampaignPlan(
        kind="weekly_panel",
        reporting_year=2026,
        mondays=(DATE(2026, 3, 9), DATE(2026, 3, 16), DATE(2026, 3, 23)),
        opens_on=DATE(2026, 3, 17),
        opening_time=datetime.time(8, 15),
        days_to_answer=5,
    )


def test_unticked_reminders_are_off():
    form = form_of()
    assert form.is_valid()
    assert form.details().has_reminders is False


@pytest.mark.parametrize("problem", list(PlanProblem))
def test_every_problem_of_a_plan_lands_beside_a_field(problem):
    form = form_of()
    assert form.is_valid()
    form.reject(PlanRejected(problem))
    [(field, [message])] = form.errors.items()
    assert field in form.fields
    assert message.endswith(".")


@pytest.mark.django_db
def test_fault_of_a_text_lands_beside_subject_or_body():
    form = CampaignTextForm({"subject": "{link}", "body": "x"})
    with organisation_scope(make_organisation()):
        assert form.is_valid()
    form.reject(TextRejected(text_problems(kind="invitation", subject="{link}", body="x")))
    assert {field: len(found) for field, found in form.errors.items()} == {"subject": 1, "body": 1}


typed_text = st.text(max_size=30)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "name": typed_text,
            "kind": st.sampled_from(["one_week", "weekly_panel", "", "x"]),
            "first_week": st.one_of(st.sampled_from(["2026-03-09", "2025-12-29", "2026-12-28"]), typed_text),
            "weeks": st.one_of(st.integers().map(str), typed_text),
            "opens_on": st.one_of(st.dates().map(str), typed_text),
            "opening_time": st.one_of(st.times().map(str), typed_text),
            "days_to_answer": st.one_of(st.integers().map(str), typed_text),
            "sender_name": typed_text,
            "reply_to": typed_text,
        },
    )
)
def test_whatever_is_typed_gives_errors_or_a_plan_that_can_be_judged(typed):
    form = form_of(**typed)
    if form.is_valid():
        assert plan_problem(form.plan()) in {None, *PlanProblem}
    else:
        assert form.errors
