from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.domain.sample_size import reached_margin, required_answers

Z = Decimal("1.96")
MARGIN = Decimal("0.02")


@pytest.mark.parametrize(
    ("population", "answers"), [(100, 97), (1_000, 707), (2_000, 1_092), (1, 1), (0, 0), (10_000_000, 2401)]
)
def test_the_vendors_table(population, answers):
    assert required_answers(population=population, margin=MARGIN, z=Z) == answers


def test_half_of_a_thousand_reaches_three_points():
    assert reached_margin(answers=500, population=1_000, z=Z) == Decimal("0.031006")


def test_no_answers_reach_nothing():
    assert reached_margin(answers=0, population=100, z=Z) is None


@pytest.mark.parametrize("population", [1, 100])
def test_everybody_leaves_no_margin(population):
    assert reached_margin(answers=population, population=population, z=Z) == 0


@pytest.mark.parametrize(("answers", "population"), [(-1, 10), (11, 10)])
def test_answers_lie_within_the_population(answers, population):
    with pytest.raises(ValueError):
        reached_margin(answers=answers, population=population, z=Z)


@pytest.mark.parametrize(
    ("population", "margin", "z"), [(-1, "0.02", "1.96"), (10, "0", "1.96"), (10, "1.1", "1.96"), (10, "0.02", "0")]
)
def test_nonsense_is_refused(population, margin, z):
    with pytest.raises(ValueError):
        required_answers(population=population, margin=Decimal(margin), z=Decimal(z))


@given(population=st.integers(2, 200_000), points=st.integers(1, 20))
def test_the_required_answers_are_the_fewest_that_reach_the_margin(population, points):
    margin = Decimal(points) / 100
    answers = required_answers(population=population, margin=margin, z=Z)
    assert reached_margin(answers=answers, population=population, z=Z) <= margin
    if answers > 1:
        assert reached_margin(answers=answers - 1, population=population, z=Z) > margin
