"""A year in which joiners and a lot were asked: the figures of a report from last year's model, with known truth."""

from dataclasses import replace

import numpy as np
import pytest

from reporting.domain.estimation.year_two import own_model
from reporting.domain.estimation.year_two_estimate import estimate_year_two
from tests.reporting.domain.estimation.made_up import answers_of, everybody, make_people

LAST = make_people(800, seed=3)
MODEL = own_model(LAST)


def this_year(*, size=600, invited=80, seed=4, answering=0.6, joiners=0):
    """Truth, and what is known of it: some of a lot answered, and all joiners (the last rows) did."""
    truth = everybody(make_people(size, seed=seed))
    chance = np.random.default_rng(seed)
    anchor = np.zeros(size, dtype=bool)
    anchor[chance.choice(size, invited, replace=False)] = True
    answered = anchor & (chance.random(size) < answering)
    answered |= np.arange(size) >= size - joiners
    return truth, replace(truth, answered=answered), anchor


def estimate(people, anchor, **fields):
    fields = {"years": 1.0, "turnover": 0.05, "model": MODEL} | fields
    return estimate_year_two(
        people=people,
        answers=answers_of(people),
        headcount=people.size,
        weeks_per_year=45,
        anchor=anchor,
        random_state=3,
        **fields,
    )


def test_it_speaks_for_everybody_and_holds_the_truth():
    held = 0
    for seed in range(40):
        truth, people, anchor = this_year(seed=100 + seed)
        found = estimate(people, anchor)
        held += found.total.lower <= truth.week_km.sum() * 45 <= found.total.upper
        assert found.total.observed <= found.total.lower
    assert (found.method.value, found.population, found.broad_survey) == ("year_two", 600, ())
    assert found.answers == people.respondents
    assert held >= 36


def test_what_a_model_of_its_own_would_need_is_not_told():
    _, people, anchor = this_year()
    assert not {"too_few_answers", "follow_up_advised", "group_silent", "no_pooled_prior"} & set(
        estimate(people, anchor).cautions
    )


@pytest.mark.parametrize(
    ("fields", "reason"),
    [({"years": 3.0}, "model_too_old"), ({"turnover": 0.21}, "turnover")],
)
def test_everybody_is_to_be_asked_again(fields, reason):
    _, people, anchor = this_year()
    assert estimate(people, anchor, **fields).broad_survey == (reason,)


def test_a_lot_that_hardly_answered_checks_nothing():
    _, people, anchor = this_year(invited=14, answering=1.0)
    assert estimate(people, anchor).broad_survey == ("anchor_too_small",)


def test_a_lot_that_travels_otherwise_is_said():
    _, people, anchor = this_year(invited=100, answering=1.0)
    changed = people.days.copy()
    changed[:, 0], changed[:, 2] = people.days[:, 2], people.days[:, 0]
    week_km = 2.0 * people.one_way_km[:, None] * changed
    assert "anchor_deviates" in estimate(replace(people, days=changed, week_km=week_km), anchor).broad_survey


def test_joiners_count_with_what_they_told_and_move_nothing():
    _, people, anchor = this_year(joiners=0)
    last = np.arange(people.size) >= people.size - 60
    all_drive = people.days.copy()
    all_drive[last] = [4.0, 0.0, 0.0]
    week_km = 2.0 * people.one_way_km[:, None] * all_drive
    driving = replace(people, answered=people.answered | (last & ~anchor), days=all_drive, week_km=week_km)
    before, after = estimate(people, anchor), estimate(driving, anchor & ~last)
    assert after.lines[0].observed > before.lines[0].observed
    assert "anchor_deviates" not in after.broad_survey


def test_order_of_rows_and_years_without_answers():
    _, people, anchor = this_year()
    order = np.random.default_rng(9).permutation(people.size)
    mixed = estimate_year_two(
        people=people.rows(order),
        answers=answers_of(people).rows(order),
        headcount=people.size,
        weeks_per_year=45,
        anchor=anchor[order],
        random_state=3,
        years=1.0,
        turnover=0.05,
        model=MODEL,
    )
    assert mixed.to_json() == estimate(people, anchor).to_json()
    nobody = replace(people, answered=np.zeros(people.size, dtype=bool))
    found = estimate(nobody, anchor)
    assert found.total.km is not None
    assert found.total.km > 0
    assert "anchor_too_small" in found.broad_survey
