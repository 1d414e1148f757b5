import json
from dataclasses import replace

import numpy as np

from reporting.domain.estimation.features import FeatureEncoder
from tests.reporting.domain.estimation.made_up import make_people


def test_columns_have_mean_zero_and_spread_one():
    features = FeatureEncoder().fit(people := make_people(300)).transform(people)
    np.testing.assert_allclose(features.mean(axis=0), 0.0, atol=1e-9)
    np.testing.assert_allclose(features.std(axis=0), 1.0)


def test_constant_features_have_no_column():
    people = make_people(100)
    people = replace(people, numeric={"contract_hours": np.full(100, 36.0)}, categorical={"site": ["North"] * 100})
    encoder = FeatureEncoder().fit(people)
    assert all(not name.startswith(("contract_hours", "site")) for name in encoder.names_)


def test_three_hundred_departments_become_at_most_twelve_columns():
    encoder = FeatureEncoder().fit(make_people(3000, departments=300))
    assert len(encoder.levels_["department"]) <= 12


def test_groups_with_few_answers_are_merged():
    people = make_people(100)
    answered = people.answered.copy()
    small = np.array([value == "D1" for value in people.categorical["department"]])
    answered[np.flatnonzero(small)[4:]] = False
    encoder = FeatureEncoder().fit(replace(people, answered=answered))
    assert "D1" not in encoder.levels_["department"]


def test_an_unseen_level_counts_as_other():
    people = make_people(200)
    encoder = FeatureEncoder().fit(people)
    strange = replace(people, categorical={**people.categorical, "department": ["New"] * 200})
    other = replace(people, categorical={**people.categorical, "department": [None] * 200})
    np.testing.assert_array_equal(encoder.transform(strange), encoder.transform(other))


def test_a_missing_number_gets_the_mean_and_a_mark_of_its_own():
    people = make_people(200)
    hours = people.numeric["contract_hours"].copy()
    hours[::4] = np.nan
    people = replace(people, numeric={"contract_hours": hours})
    encoder = FeatureEncoder().fit(people)
    features = encoder.transform(people)
    value, mark = encoder.names_.index("contract_hours"), encoder.names_.index("contract_hours missing")
    np.testing.assert_allclose(features[::4, value], 0.0, atol=1e-9)
    assert (features[::4, mark] > 0).all()
    assert np.isfinite(features).all()


def test_a_feature_that_is_gone_counts_as_missing():
    people = make_people(100)
    encoder = FeatureEncoder().fit(people)
    assert np.isfinite(encoder.transform(replace(people, numeric={}, categorical={}))).all()


def test_what_was_learned_survives_json():
    people = make_people(200)
    encoder = FeatureEncoder().fit(people)
    again = FeatureEncoder.from_plain(json.loads(json.dumps(encoder.to_plain(), sort_keys=True)))
    np.testing.assert_allclose(again.transform(people), encoder.transform(people), atol=1e-9)
