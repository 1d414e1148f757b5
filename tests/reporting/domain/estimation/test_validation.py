"""Quality on answers that were left out: right where the truth is known, and an answer for any answers at all."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.domain.estimation.calibration import calibration_errors, calibration_sums
from reporting.domain.estimation.guard_rails import Method
from reporting.domain.estimation.held_out import Approach
from reporting.domain.estimation.pooled_prior import pool
from reporting.domain.estimation.validation import validate
from tests.reporting.domain.estimation.made_up import answers_of, everybody, make_people, only_answered

ROBUST = Approach(method=Method.DOUBLY_ROBUST)
BANDS = Approach(method=Method.POST_STRATIFIED_DISTANCE)
PRIOR = Approach(
    method=Method.PRIOR_OFFSET, prior=pool(replace(everybody(make_people(1200)), categorical={}), np.arange(1200) % 6)
)


def checked(people, approach=ROBUST, *, sites=None, **options):
    sites = people.categorical.get("site") if sites is None else sites
    return validate(
        people=people, answers=answers_of(people), approach=approach, random_state=1, sites=sites, **options
    )


def reasons(found):
    parts = ("held_out", "calibration", "importance", "propensities")
    return [found[part].get("reason", found[part]["status"]) for part in parts]


def by_name(rows):
    return {row["name"]: row for row in rows}


def test_a_model_that_knows_the_distance_predicts_the_total_well():
    found = checked(make_people(2000))["held_out"]
    total = by_name(found["modes"])["total"]
    assert abs(total["bias_percent"]) < 2
    assert 0 < total["error_percent"] < 6
    assert total["error_percent"] < by_name(found["modes"])["bicycle"]["error_percent"]


def test_the_lines_of_a_mode_follow_its_fuels():
    lines = by_name(checked(make_people(2000))["held_out"]["lines"])
    assert set(lines) == {"car_petrol", "car_electric", "public_transport", "bicycle_walking"}
    assert abs(lines["car_petrol"]["bias_percent"]) < 5


def test_a_line_whose_fuel_nobody_told_has_no_error():
    found = checked(make_people(400), open_lines=frozenset({"car_electric"}))
    assert by_name(found["held_out"]["lines"])["car_electric"] == {
        "name": "car_electric",
        "is_shown": False,
        "reason": "fuel_unknown",
    }


def test_bands_of_distance_beat_the_mean_of_all():
    people = make_people(2000)
    guidance = checked(people, Approach(method=Method.GUIDANCE_ONLY))["held_out"]
    bands = checked(people, BANDS)["held_out"]
    error = [by_name(found["modes"])["total"]["error_percent"] for found in (bands, guidance)]
    assert error[0] < error[1]


def test_shares_are_calibrated_and_distance_matters_most():
    found = checked(make_people(2000))
    modes = by_name(found["calibration"]["modes"])
    assert set(modes) == {"not_travelling", "car", "public_transport", "bicycle"}
    assert max(mode["error"] for mode in modes.values()) < 0.06
    importance = found["importance"]
    assert importance["features"][0]["name"] == "distance"
    assert importance["loss"] < importance["loss_without_features"]
    assert {row["name"] for row in importance["features"]} == {
        *("distance", "work_days", "contract_hours", "site", "department"),
    }


def test_calibration_compares_what_was_predicted_with_what_came_true():
    predicted = np.array([[0.25, 0.75]] * 4)
    sums = calibration_sums(predicted, np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 1.0], [0.0, 1.0]]))
    np.testing.assert_allclose(calibration_errors(sums), [0.0, 0.0])
    sums = calibration_sums(predicted, np.array([[1.0, 0.0]] * 4))
    np.testing.assert_allclose(calibration_errors(sums), [0.75, 0.75])
    assert sums[0, 2].tolist() == [4.0, 1.0, 4.0]


def test_who_answers_is_told_in_bins_of_five_and_more():
    people = make_people(1000, by_distance=-1.0)
    found = checked(people)["propensities"]
    assert sum(row["people"] for row in found["bins"]) == 1000
    assert sum(row["answered"] for row in found["bins"]) == people.respondents
    assert all(row["people"] >= 5 for row in found["bins"])
    assert found["bins"][0]["from"] == 0.0
    assert found["bins"][-1]["to"] == 1.0
    assert found["largest_weight"] > 2
    assert 0 < found["effective_answers"] < people.respondents


def test_a_prior_is_checked_like_an_own_model():
    people = replace(only_answered(make_people(120), 40), categorical={})
    found = checked(people, PRIOR, sites=[])
    assert reasons(found) == ["known", "known", "known", "known"]
    assert found["held_out"]["sites"] == {"shown": [], "hidden": 0}


@pytest.mark.parametrize(
    ("count", "size", "expected"),
    [
        (0, 100, ["too_few_answers"] * 4),
        (9, 100, ["too_few_answers"] * 4),
        (10, 100, ["known", "known", "known", "known"]),
        (97, 100, ["known", "known", "known", "too_few_silent"]),
        (100, 100, ["everybody_answered"] * 3 + ["too_few_silent"]),
    ],
)
def test_what_is_not_possible_says_so(count, size, expected):
    found = checked(only_answered(make_people(size), count))
    assert reasons(found) == expected
    assert found["held_out"]["answers"] == count


def test_without_a_model_of_shares_there_is_nothing_to_calibrate():
    assert reasons(checked(make_people(200), BANDS)) == ["known", "no_model_of_shares", "no_model_of_shares", "known"]


def test_a_constant_feature_and_one_mode():
    people = make_people(300)
    days = np.zeros_like(people.days)
    days[:, 0] = 4.0
    same = replace(
        people,
        one_way_km=np.full(300, 12.0),
        work_days=np.full(300, 5.0),
        days=days,
        week_km=24.0 * days,
        numeric={},
        categorical={"site": ["North"] * 300},
    )
    found = checked(same)
    assert all(row["is_constant"] and row["loss_increase"] == 0.0 for row in found["importance"]["features"])
    modes = by_name(found["held_out"]["modes"])
    assert not modes["bicycle"]["is_shown"]
    assert modes["car"]["bias_percent"] == pytest.approx(0.0, abs=0.5)
    assert [mode["name"] for mode in found["calibration"]["modes"] if mode["is_shown"]][-1] == "car"


def test_everybody_at_home():
    people = make_people(200)
    nothing = np.zeros_like(people.days)
    found = checked(replace(people, days=nothing, week_km=nothing))
    assert not any(row["is_shown"] for row in found["held_out"]["modes"])
    assert found["held_out"]["sites"]["shown"] == []


def test_distances_that_nobody_knows():
    people = make_people(200)
    found = checked(replace(people, one_way_km=np.full(200, np.nan)), Approach(method=Method.POST_STRATIFIED_SITE))
    assert reasons(found)[0] == "known"


@pytest.mark.parametrize("few", [1, 4])
def test_a_mode_of_few_people_is_hidden_everywhere(few):
    people = everybody(make_people(300))
    days = people.days.copy()
    days[:, 0] += days[:, 1]
    days[:, 1] = 0.0
    days[:few, 1], days[:few, 0] = days[:few, 0] + days[:few, 2] + 1.0, 0.0
    days[:few, 2] = 0.0
    people = replace(people, days=days, week_km=2.0 * people.one_way_km[:, None] * days)
    found = checked(only_answered(people, 200))
    hidden = {"name": "public_transport", "is_shown": False, "reason": "few_users"}
    assert by_name(found["held_out"]["modes"])["public_transport"] == hidden
    assert by_name(found["held_out"]["lines"])["public_transport"] == hidden
    assert by_name(found["calibration"]["modes"])["public_transport"] == hidden


def test_sites_of_few_answers_are_hidden_and_cannot_be_subtracted():
    people = only_answered(make_people(300), 200)
    sites = ["Small"] * 3 + ["Middle"] * 20 + ["Large"] * 277
    found = checked(people, sites=sites)["held_out"]["sites"]
    assert found["hidden"] == 2
    assert [row["name"] for row in found["shown"]] == ["Large"]
    assert found["shown"][0]["answers"] == 177


def test_a_site_where_few_people_travelled_is_not_told_apart():
    people = only_answered(make_people(300), 200)
    days = people.days.copy()
    days[1:40] = 0.0
    people = replace(people, days=days, week_km=2.0 * people.one_way_km[:, None] * days)
    found = checked(people, sites=["Home"] * 40 + ["North"] * 160 + ["South"] * 100)["held_out"]["sites"]
    assert [row["name"] for row in found["shown"]] == ["North"]
    assert found["hidden"] == 1


def test_the_order_of_rows_and_of_names_does_not_matter():
    people = make_people(300)
    order = np.random.default_rng(4).permutation(300)
    turned = people.rows(order)
    turned = replace(turned, categorical=dict(reversed(turned.categorical.items())))
    found = [
        validate(people=one, answers=answers, approach=ROBUST, random_state=2, sites=one.categorical["site"])
        for one, answers in ((people, answers_of(people)), (people.rows(order), answers_of(people).rows(order)))
    ]
    assert json.dumps(found[0], sort_keys=True) == json.dumps(found[1], sort_keys=True)


@settings(max_examples=25, deadline=None)
@given(
    size=st.integers(5, 90),
    count=st.integers(0, 90),
    seed=st.integers(0, 2**32 - 1),
    approach=st.sampled_from([ROBUST, BANDS, PRIOR, Approach(method=Method.POST_STRATIFIED_SITE, site="site")]),
    unknown=st.booleans(),
)
def test_any_answers_get_an_answer(size, count, seed, approach, unknown):
    people = only_answered(make_people(size, seed=seed), min(count, size))
    if unknown:
        people = replace(people, one_way_km=np.where(np.arange(size) % 3 == 0, np.nan, people.one_way_km))
        people = replace(people, week_km=np.nan_to_num(people.week_km))
    found = checked(people, approach)
    text = json.dumps(found, allow_nan=False)
    assert "NaN" not in text
    for part in ("held_out", "calibration", "importance", "propensities"):
        assert found[part]["status"] in ("known", "not_possible")
