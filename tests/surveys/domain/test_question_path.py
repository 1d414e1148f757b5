"""The order of the questions, derived from the answers."""

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.domain.question_path import (
    AnsweredDay,
    Question,
    Step,
    Vehicle,
    WeekAnswers,
    day_to_copy,
    is_asked,
    is_normal_week_complete,
    next_question,
    previous_question,
    progress,
    roster_of,
)
from surveys.enums import MODES_WITH_FUEL, MODES_WITH_PROVIDER, Mode, Whereabouts

MONDAY = datetime.date(2026, 3, 9)
BUS = AnsweredDay(whereabouts=Whereabouts.WORKPLACE, mode=Mode.PUBLIC_TRANSPORT)
CAR = AnsweredDay(whereabouts=Whereabouts.WORKPLACE, mode=Mode.CAR)
BIKE = AnsweredDay(whereabouts=Whereabouts.WORKPLACE, mode=Mode.BICYCLE)
FREE = AnsweredDay(whereabouts=Whereabouts.NOT_WORKED)
HOME = AnsweredDay(whereabouts=Whereabouts.HOME)
UNKNOWN = AnsweredDay(whereabouts=Whereabouts.UNKNOWN)
NEVER_ASKED = {
    mode: Vehicle(fuel_is_known=False if mode in MODES_WITH_FUEL else None, provider_is_known=False)
    for mode in MODES_WITH_PROVIDER
}
KNOWN = {
    mode: Vehicle(fuel_is_known=True if mode in MODES_WITH_FUEL else None, provider_is_known=True)
    for mode in MODES_WITH_PROVIDER
}


def on(offset: int) -> datetime.date:
    return MONDAY + datetime.timedelta(days=offset)


def day(offset: int, *, normal: bool = False) -> Question:
    return Question(step=Step.DAY, date=on(offset), is_normal_week=normal)


def week(*answers: AnsweredDay) -> dict[datetime.date, AnsweredDay]:
    return {on(offset): answer for offset, answer in enumerate(answers)}


EMPTY = WeekAnswers(monday=MONDAY, vehicles=NEVER_ASKED)
FULL = replace(EMPTY, has_facts=True, week=week(BUS, BUS, BUS, BUS, BUS), worked_in_weekend=False)


def test_facts_first_then_monday_to_friday_then_the_weekend_then_the_check():
    assert next_question(EMPTY) == Question(step=Step.FACTS)
    answers = replace(EMPTY, has_facts=True)
    for offset in range(5):
        assert next_question(answers) == day(offset)
        answers = replace(answers, week={**answers.week, on(offset): BUS})
    assert next_question(answers) == Question(step=Step.WEEKEND)
    assert next_question(replace(answers, worked_in_weekend=False)) == Question(step=Step.CHECK)


def test_a_weekend_with_work_is_asked_day_by_day():
    answers = replace(FULL, worked_in_weekend=True)
    assert next_question(answers) == day(5)
    answers = replace(answers, week=week(*[BUS] * 6))
    assert next_question(answers) == day(6)


def test_a_new_car_asks_for_fuel_and_provider_right_away_and_only_once():
    answers = replace(EMPTY, has_facts=True, week=week(CAR, CAR))
    assert next_question(answers) == Question(step=Step.FUEL, mode=Mode.CAR)
    with_fuel = {**NEVER_ASKED, Mode.CAR: Vehicle(fuel_is_known=True, provider_is_known=False)}
    answers = replace(answers, vehicles=with_fuel)
    assert next_question(answers) == Question(step=Step.PROVIDER, mode=Mode.CAR)
    assert previous_question(answers, next_question(answers)) == Question(step=Step.FUEL, mode=Mode.CAR)
    assert next_question(replace(answers, vehicles=KNOWN)) == day(2)


def test_a_bicycle_asks_for_its_provider_only():
    answers = replace(EMPTY, has_facts=True, week=week(BIKE))
    assert next_question(answers) == Question(step=Step.PROVIDER, mode=Mode.BICYCLE)


def test_who_has_sent_the_week_ends_at_the_receipt():
    assert next_question(replace(FULL, was_normal_week=True, is_submitted=True)) == Question(step=Step.RECEIPT)


def test_an_unusual_week_may_stand_by_itself():
    assert next_question(replace(FULL, was_normal_week=False)) == Question(step=Step.CHECK)


def test_a_normal_week_that_was_begun_is_asked_to_its_end():
    answers = replace(FULL, was_normal_week=False, normal_week=week(CAR), vehicles=KNOWN)
    assert next_question(answers) == day(1, normal=True)
    answers = replace(answers, normal_week=week(*[CAR] * 5))
    assert next_question(answers) == Question(step=Step.NORMAL_WEEKEND)
    assert next_question(replace(answers, normal_week=week(*[CAR] * 6))) == day(6, normal=True)
    whole = replace(answers, normal_week=week(*[CAR] * 5, FREE, FREE))
    assert next_question(whole) == Question(step=Step.CHECK)


def test_a_normal_week_counts_when_it_is_complete_and_this_one_was_not_normal():
    whole = replace(FULL, was_normal_week=False, normal_week=week(*[CAR] * 7))
    assert is_normal_week_complete(whole)
    assert not is_normal_week_complete(replace(whole, normal_week=week(*[CAR] * 6)))
    assert not is_normal_week_complete(replace(whole, was_normal_week=True))


def test_the_way_back_skips_vehicles_that_were_answered():
    answers = replace(EMPTY, has_facts=True, week=week(CAR), vehicles=KNOWN)
    assert previous_question(answers, day(1)) == day(0)
    assert previous_question(answers, day(0)) == Question(step=Step.FACTS)
    assert previous_question(answers, Question(step=Step.FACTS)) is None
    assert previous_question(FULL, Question(step=Step.CHECK)) == Question(step=Step.WEEKEND)
    choice = Question(step=Step.NORMAL_WEEK)
    assert previous_question(replace(FULL, was_normal_week=False), day(0, normal=True)) == choice


def test_progress_counts_a_vehicle_with_its_day():
    answers = replace(EMPTY, has_facts=True, week=week(CAR))
    assert progress(answers, Question(step=Step.FACTS)) == (1, 8)
    assert progress(answers, day(0)) == (2, 8)
    assert progress(answers, Question(step=Step.FUEL, mode=Mode.CAR)) == (2, 8)
    assert progress(answers, day(1)) == (3, 8)
    assert progress(answers, Question(step=Step.CHECK)) == (8, 8)


def test_which_days_may_be_answered():
    assert [is_asked(FULL, day=on(n), is_normal_week=False) for n in range(-1, 8)] == [False] + [True] * 5 + [False] * 3
    weekend = replace(FULL, worked_in_weekend=True)
    assert [is_asked(weekend, day=on(n), is_normal_week=False) for n in (5, 6, 7)] == [True, True, False]
    assert not is_asked(FULL, day=on(0), is_normal_week=True)
    unusual = replace(FULL, was_normal_week=False)
    assert [is_asked(unusual, day=on(n), is_normal_week=True) for n in (-1, 0, 6, 7)] == [False, True, True, False]


def test_the_nearest_earlier_known_day_is_offered_to_copy():
    answers = replace(EMPTY, week=week(BIKE, HOME, UNKNOWN))
    assert day_to_copy(answers, day=on(0), is_normal_week=False) is None
    assert day_to_copy(answers, day=on(1), is_normal_week=False) == on(0)
    assert day_to_copy(answers, day=on(3), is_normal_week=False) == on(1)
    assert day_to_copy(answers, day=on(3), is_normal_week=True) is None


SHIFTS = replace(EMPTY, has_facts=True, roster=roster_of("146"))


def test_a_roster_is_asked_about_its_days_and_no_weekend():
    answers = SHIFTS
    for offset in (0, 3, 5):
        assert next_question(answers) == day(offset)
        assert progress(answers, day(offset))[1] == 5
        answers = replace(answers, week={**answers.week, on(offset): BUS})
    assert next_question(answers) == Question(step=Step.CHECK)
    assert previous_question(answers, Question(step=Step.CHECK)) == day(5)
    asked = [n for n in range(-1, 9) if is_asked(answers, day=on(n), is_normal_week=False)]
    assert asked == [0, 3, 5]


def test_a_roster_says_which_days_a_normal_week_has():
    answers = replace(SHIFTS, week={on(n): HOME for n in (0, 3, 5)}, was_normal_week=False)
    assert [n for n in range(7) if is_asked(answers, day=on(n), is_normal_week=True)] == [0, 3, 5]
    begun = replace(answers, normal_week={on(0): BUS, on(3): BUS})
    assert next_question(begun) == day(5, normal=True)
    assert not is_normal_week_complete(begun)
    whole = replace(begun, normal_week={**begun.normal_week, on(5): FREE})
    assert next_question(whole) == Question(step=Step.CHECK)
    assert is_normal_week_complete(whole)


def test_a_shift_on_sunday_only_is_one_question():
    answers = replace(EMPTY, has_facts=True, roster=roster_of("7"))
    assert next_question(answers) == day(6)
    assert next_question(replace(answers, week={on(6): BUS})) == Question(step=Step.CHECK)


def test_a_roster_is_read_from_the_numbers_of_its_days():
    assert roster_of("") == ()
    assert roster_of("1234567") == (0, 1, 2, 3, 4, 5, 6)
    for wrong in ("0", "8", "11", "21", "a"):
        with pytest.raises(ValueError):
            roster_of(wrong)


some_days = st.dictionaries(st.integers(0, 6).map(on), st.sampled_from([BUS, CAR, BIKE, FREE, HOME, UNKNOWN]))


@given(
    st.builds(
        WeekAnswers,
        monday=st.just(MONDAY),
        roster=st.sampled_from(["", "12345", "146", "67", "1234567"]).map(roster_of),
        has_facts=st.booleans(),
        week=some_days,
        normal_week=some_days,
        vehicles=st.sampled_from([NEVER_ASKED, KNOWN]),
        worked_in_weekend=st.none() | st.booleans(),
        was_normal_week=st.none() | st.booleans(),
        is_submitted=st.booleans(),
    )
)
def test_whatever_is_stored_the_way_back_ends_at_the_first_question(answers):
    question = next_question(answers)
    for _ in range(40):
        value, maximum = progress(answers, question)
        assert 1 <= value <= maximum
        before = previous_question(answers, question)
        if before is None:
            break
        question = before
    assert question == Question(step=Step.FACTS)
