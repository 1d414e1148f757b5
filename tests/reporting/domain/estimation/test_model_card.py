"""The model card: what it holds, by the published schema, and what it must never tell."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import reporting.exports
from reporting.domain.estimation.chosen_features import with_features as chosen
from reporting.domain.estimation.guard_rails import Method
from reporting.domain.estimation.model_card import SCHEMA_ID, card_hash, validate_and_describe
from reporting.domain.estimation.pooled_prior import pool
from tests.reporting.domain.estimation.made_up import make_people, only_answered
from tests.reporting.domain.estimation.surveyed import card_of, estimated, surveyed

SCHEMA = json.loads((Path(reporting.exports.__file__).parent / "model_card.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def pooled():
    survey = surveyed(600, answering=0.8, seed=9)
    return pool(replace(survey.people, categorical={}), np.arange(600) % 6)


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$id"] == SCHEMA_ID


@pytest.mark.parametrize(
    ("count", "method"),
    [
        (0, "prior_only"),
        (3, "prior_only"),
        (40, "prior_offset"),
        (150, "doubly_robust"),
        (200, "everybody_answered"),
    ],
)
def test_a_card_of_every_rung_follows_the_schema(count, method):
    card = card_of(surveyed(people=only_answered(make_people(200), count)), prior=pooled())
    VALIDATOR.validate(card)
    assert card["method"]["code"] == method
    assert card["data"]["answers"] == count
    assert card["assumptions"]["prior_employers"] == (6 if method.startswith("prior") else None)


@pytest.mark.parametrize(("count", "method"), [(3, "guidance_only"), (40, "post_stratified_distance")])
def test_without_a_prior(count, method):
    card = card_of(surveyed(people=only_answered(make_people(200), count)))
    VALIDATOR.validate(card)
    assert card["method"]["code"] == method
    assert card["assumptions"]["odds_ratio"] == {"from": 1.0, "to": 1.0}
    assert "silence_by_mode" in card["limits"]


def test_it_tells_what_went_in_and_what_came_out():
    survey = surveyed(300)
    card, estimate = card_of(survey), estimated(survey)
    assert card["data"]["weeks"] == ["2026-W40"]
    assert [row["name"] for row in card["data"]["features"]] == ["distance", "work_days", "site", "department"]
    assert card["assumptions"]["odds_ratio"] == {"from": 1.0, "to": 2.0}
    assert card["figures"]["km"] == estimate.total.km
    assert card["figures"]["lower"] == estimate.total.lower
    assert card["guard_rails"] == [str(caution) for caution in estimate.cautions]
    assert card["method"]["sources"]


@pytest.mark.parametrize(("asked", "is_told"), [(14, False), (30, True)])
def test_a_follow_up_among_the_silent_is_told(asked, is_told):
    survey = surveyed(300)
    silent = np.flatnonzero(~survey.people.answered)[:asked]
    usual_modes = np.full(300, -1)
    usual_modes[silent] = survey.people.modes.index("car")
    card = card_of(survey, usual_modes=usual_modes)
    VALIDATOR.validate(card)
    found = card["assumptions"]
    assert (found["follow_up"] is not None) == is_told
    assert ("odds_ratio_of_few" in card["limits"]) == is_told
    if is_told:
        assert found["follow_up"]["answers"] == 30
        assert found["odds_ratio"]["to"] == found["follow_up"]["upper"]


def test_of_a_later_year_it_says_why_nothing_was_left_out_and_when_to_ask_everybody():
    survey = surveyed(200)
    estimate = replace(estimated(survey), method=Method.YEAR_TWO, broad_survey=("turnover",))
    asked = {"features": (), "prior": None, "random_state": 3, "cpu_seconds": 0.1}
    card = validate_and_describe(survey=survey, estimate=estimate, **asked)
    VALIDATOR.validate(card)
    assert card["validation"]["held_out"] == {
        "status": "not_possible",
        "reason": "model_of_last_year",
        "answers": estimate.answers,
    }
    assert card["guard_rails"][-1] == "turnover"
    assert card["method"]["sources"]


def test_features_that_were_not_chosen_are_not_in_it():
    card = card_of(surveyed(300), features=())
    assert [row["name"] for row in card["data"]["features"]] == ["distance", "work_days"]
    assert {row["name"] for row in card["validation"]["importance"]["features"]} == {"distance", "work_days"}
    assert card["validation"]["held_out"]["sites"]["shown"]


def test_of_sites_that_are_no_feature_the_card_tells_too():
    """As a run makes it: the facts that HR did not tick are gone before the card is made."""
    survey = surveyed(300)
    unticked = chosen(survey, ("department",))
    assert "site" not in unticked.people.categorical
    ticked, card = card_of(survey, features=("department",)), card_of(unticked, features=("department",))
    assert card["validation"]["held_out"]["sites"]["shown"]
    assert card["validation"]["held_out"]["sites"] == ticked["validation"]["held_out"]["sites"]
    assert "site" not in {row["name"] for row in card["data"]["features"]}


def test_the_cost_is_told_and_stays_outside_the_hash():
    survey = surveyed(200)
    quick, slow = card_of(survey, cpu_seconds=1.0), card_of(survey, cpu_seconds=7200.0)
    assert slow["resources"] == {
        "cpu_seconds": 7200.0,
        "watts_per_core": 10.0,
        "is_watts_assumed": True,
        "energy_wh": 20.0,
    }
    assert quick["card_hash"] == slow["card_hash"] == card_hash(slow)
    assert {**quick, "resources": None} == {**slow, "resources": None}
    assert card_of(survey, random_state=4)["card_hash"] != quick["card_hash"]


def test_the_same_people_in_any_order_give_the_same_card():
    survey = surveyed(250)
    order = np.random.default_rng(5).permutation(250)
    turned = replace(
        survey,
        people=survey.people.rows(order),
        answers=survey.answers.rows(order),
        sites=tuple(survey.sites[place] for place in order),
    )
    for features in ((), ("department", "site")):
        assert json.dumps(card_of(survey, features=features)) == json.dumps(card_of(turned, features=features))


@pytest.mark.parametrize(
    ("unknown", "missing", "share"), [(0, 0, 0.0), (1, "<5", None), (4, "<5", None), (20, 20, 0.1)]
)
def test_one_to_four_people_without_a_postcode_are_not_told_apart(unknown, missing, share):
    people = make_people(200)
    people = replace(people, one_way_km=np.where(np.arange(200) < unknown, np.nan, people.one_way_km))
    survey = surveyed(people=replace(people, week_km=np.nan_to_num(people.week_km)))
    distance = card_of(survey)["data"]["features"][0]
    assert (distance["missing"], distance["missing_share"]) == (missing, share)


@pytest.mark.parametrize("count", [1, 4])
def test_what_few_people_told_is_no_figure(count):
    figures = card_of(surveyed(people=only_answered(make_people(200), count)), prior=pooled())["figures"]
    assert {
        name: value for name, value in figures.items() if name not in ("unit", "effective_answers")
    } == dict.fromkeys(("km", "observed", "lower", "upper", "plain_lower", "plain_upper", "guidance_km"))


def test_a_total_of_few_travellers_is_no_figure_either():
    people = make_people(200)
    days = np.where((np.arange(200) < 3)[:, None], [[4.0, 0.0, 0.0]], 0.0)
    people = replace(people, answered=np.arange(200) < 90, days=days, week_km=2.0 * people.one_way_km[:, None] * days)
    assert card_of(surveyed(people=people))["figures"]["observed"] is None


def test_one_person_at_a_site_and_on_a_line_cannot_be_told_apart():
    """Somebody alone at a site, alone with a fuel, drives 1 km or 60 km: no shown site or line tells which."""
    cards = []
    for one_way in (1.0, 60.0):
        people = make_people(200)
        days = people.days.copy()
        days[0], people.answered[0] = [4.0, 0.0, 0.0], True
        distances = people.one_way_km.copy()
        distances[0] = one_way
        people = replace(people, one_way_km=distances, days=days, week_km=2.0 * distances[:, None] * days)
        sites = ["Alone", *people.categorical["site"][1:]]
        cards.append(card_of(surveyed(people=people, sites=sites, fuel_of=lambda row: "petrol" if row else "electric")))
    for card in cards:
        held_out = card["validation"]["held_out"]
        assert "Alone" not in json.dumps(card)
        assert held_out["sites"]["hidden"] == 2
        hidden = {row["name"] for row in held_out["lines"] if not row["is_shown"]}
        assert "car_electric" in hidden


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), count=st.integers(0, 120), departments=st.integers(1, 40))
def test_every_count_in_a_card_is_of_five_people_or_more(seed, count, departments):
    people = only_answered(make_people(120, seed=seed, departments=departments), count)
    card = card_of(surveyed(people=people), prior=None if count else pooled())
    VALIDATOR.validate(card)
    assert "D1" not in json.dumps(card["data"])
    for part in _objects(card["validation"]):
        if {"from", "to"} <= set(part):
            assert part.get("people", part.get("answers")) >= 5


def _objects(value):
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from _objects(part)
    elif isinstance(value, list):
        for part in value:
            yield from _objects(part)
