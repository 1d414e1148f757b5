"""The same inputs, seed and version give the same bytes: in any order of rows, in any process, beside any number."""

from multiprocessing import get_context

import numpy as np
import pytest

from tests.reporting.domain.estimation.estimating import estimate
from tests.reporting.domain.estimation.made_up import answers_of, make_people


def text_of(seed):
    return estimate(make_people(300, seed=seed), random_state=3).to_json()


def test_another_number_of_workers_gives_the_same_bytes():
    seeds = [1, 2, 3]
    alone = [text_of(seed) for seed in seeds]
    with get_context("spawn").Pool(2) as workers:
        together = workers.map(text_of, seeds)
    assert together == alone


@pytest.mark.parametrize("size", [60, 300])
def test_the_order_of_people_does_not_matter(size):
    people = make_people(size)
    order = np.random.default_rng(8).permutation(size)
    mixed = estimate(people.rows(order), answers=answers_of(people).rows(order))
    assert mixed.to_json() == estimate(people).to_json()


def test_another_seed_is_written_down():
    assert estimate(make_people(300), random_state=5).random_state == 5
