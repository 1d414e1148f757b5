"""What is said of an interval is what the method's own benchmark says."""

from pathlib import Path

import pytest
from django.utils import translation

from reporting.domain.estimation.guard_rails import Caution
from reporting.estimate_labels import ESTIMATE_METHODS
from reporting.estimation_sentences import CAUTIONS, INTERVALS, advice, how_sure
from reporting.method_statement import method_statement
from tests.reporting.estimates import make_estimate
from tests.reporting.reports import PARAMETERS, make_inputs, make_matrix

BENCHMARK = Path(__file__).parents[2] / "docs" / "estimation.md"


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def statement(method):
    estimate = make_estimate(method=method)
    inputs = make_inputs(estimate=estimate)
    return "\n".join(method_statement(inputs=inputs, parameters=PARAMETERS, matrix=make_matrix(estimate=estimate)))


def test_every_method_of_an_estimate_has_its_own_sentence():
    assert set(INTERVALS) == set(ESTIMATE_METHODS)
    assert how_sure("guidance_only", odds_ratio="1.0") == ""


@pytest.mark.parametrize("method", ["doubly_robust", "prior_offset", "prior_only"])
def test_a_method_that_knows_of_ready_modes_says_how_far(method):
    assert "up to 1.69 times as readily" in how_sure(method, odds_ratio="1.69")
    assert how_sure(method, odds_ratio="2.0") in statement(method)


@pytest.mark.parametrize("method", ["post_stratified_distance", "post_stratified_site"])
def test_of_post_stratification_the_evidence_says_that_intervals_are_too_narrow(method):
    text = statement(method)
    assert "the interval is too narrow" in text
    assert "about 95" not in text


def test_the_shares_that_are_told_are_those_of_the_benchmark():
    told = str(INTERVALS["post_stratified_distance"])
    measured = " ".join(BENCHMARK.read_text(encoding="utf-8").split())
    for share in ("73 to 90", "65 to 92"):
        assert f"{share} %" in measured
        assert f"{share}" in told


def test_a_later_year_is_told_as_what_it_is():
    text = statement("year_two")
    assert "the people drawn by lot" in text
    assert "same distance" not in text
    assert "same site" not in text


def test_a_follow_up_tests_the_assumption_and_is_not_said_to_narrow_much():
    todo = str(advice("follow_up_advised").todo)
    assert "tests what the estimate assumes" in todo
    assert "narrow the interval little" in todo


def test_there_are_words_for_cautions_that_exist_and_for_no_others():
    assert set(CAUTIONS) == {caution.value for caution in Caution}
