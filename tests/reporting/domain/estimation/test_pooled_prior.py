import json
from dataclasses import replace

import numpy as np
import pytest

from reporting.domain.estimation.pooled_prior import (
    PooledPrior,
    PriorOffset,
    PriorUnusable,
    TooFewEmployers,
    pool,
)
from reporting.domain.estimation.ratio import GuidanceRatio
from tests.reporting.domain.estimation.made_up import everybody, make_people

COMMON = replace(everybody(make_people(1200, seed=7)), categorical={})
EMPLOYERS = np.arange(1200) % 6


def prior():
    return pool(COMMON, EMPLOYERS)


def test_fewer_than_five_employers_give_no_prior():
    with pytest.raises(TooFewEmployers):
        pool(COMMON, EMPLOYERS % 4)


def test_employers_without_answers_do_not_count():
    people = replace(COMMON, answered=EMPLOYERS < 4)
    with pytest.raises(TooFewEmployers):
        pool(people, EMPLOYERS)


def test_it_is_stored_as_numbers_and_names_only():
    stored = json.loads(prior().to_json())
    assert stored["employers"] == 6
    assert stored["modes"] == list(COMMON.modes)
    assert set(stored) == {"format", "modes", "employers", "encoder", "coefficients", "intercept_variance"}


def test_the_stored_prior_says_the_same():
    one = prior()
    again = PooledPrior.from_json(one.to_json())
    people = make_people(50, seed=9)
    np.testing.assert_allclose(again.scores(people), one.scores(people), atol=1e-8)
    assert again.to_json() == one.to_json()


def test_another_format_or_other_modes_are_refused():
    changed = json.loads(prior().to_json()) | {"format": 99}
    with pytest.raises(PriorUnusable):
        PooledPrior.from_json(json.dumps(changed))
    with pytest.raises(PriorUnusable):
        prior().scores(replace(make_people(10), modes=("car", "tram", "bicycle")))


def test_with_few_answers_it_is_far_nearer_than_the_guidance():
    known, errors = prior(), []
    for seed in range(40):
        people = make_people(100, answering=0.17, seed=seed + 100)
        truth = people.week_km.sum(axis=0)[0]
        own = PriorOffset(prior=known).fit(people).predict(people).km[0]
        errors.append((GuidanceRatio().fit(people).predict(people).km[0] / truth - 1.0, own / truth - 1.0))
    guidance, own = np.sqrt((np.array(errors) ** 2).mean(axis=0))
    assert own < 0.6 * guidance


def test_more_precision_stays_nearer_to_the_others():
    people = make_people(60, answering=0.3, seed=5)
    drives = replace(people, days=np.stack([people.days.sum(axis=1), *np.zeros((2, 60))], axis=1))
    drives = replace(drives, week_km=2.0 * drives.one_way_km[:, None] * drives.days)
    loose, strict = (PriorOffset(prior=prior(), precision=value).fit(drives) for value in (0.1, 1000.0))
    assert np.abs(loose.logit_.coefficients_).max() > np.abs(strict.logit_.coefficients_).max()
