"""Every finding of every worked case can be said, in both languages of HR."""

import re

import pytest
from django.utils import translation

from reporting.domain.parameter_units import PARAMETER_UNITS
from reporting.domain.plausibility.checks import findings
from reporting.domain.plausibility.finding import Check, Finding, finding_from_json
from reporting.domain.rvo import RvoBlock
from reporting.plausibility_sentences import CHECK_REASONS, CHECK_TITLES, finding_words
from reporting.threshold_labels import THRESHOLD_LABELS
from tests.reporting.check_case_files import (
    PLAUSIBILITY_CASES,
    inputs_of_case,
    load_check_case,
    matrix_of_case,
    parameters_of_case,
    surroundings,
)


def found():
    for name in PLAUSIBILITY_CASES:
        case = load_check_case("plausibility_cases", name)
        yield from findings(
            inputs_of_case(case), matrix_of_case(case), parameters_of_case(case), around=surroundings(case)
        )


def test_every_check_has_a_title_and_a_reason():
    assert set(CHECK_TITLES) == set(CHECK_REASONS) == set(Check)


def test_every_threshold_has_words():
    keys = {key for key in PARAMETER_UNITS if key.startswith("check_")}
    assert set(THRESHOLD_LABELS) == keys


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_finding_can_be_said(language):
    with translation.override(language):
        for finding in found():
            words = finding_words(finding)
            assert all((words.title, words.said, words.compared, words.why))
            assert not re.search(r"%\(|None|[A-Z]+_[A-Z]+", words.said + words.compared)


def test_a_finding_is_read_back_as_it_was_written():
    for finding in found():
        assert finding_from_json(finding.to_json()) == finding
        assert finding_from_json(finding.to_json()).fingerprint == finding.fingerprint


def test_other_figures_give_another_fingerprint_and_the_same_key():
    first, second = (Finding(check=Check.CHANGE, block=RvoBlock.COMMUTE, figures={"km": km}) for km in ("1", "2"))
    assert first.key == second.key == "change:4"
    assert first.fingerprint != second.fingerprint


@pytest.mark.parametrize(
    ("share", "shown"),
    [("-0.725", "−72,5\xa0%"), ("0.250", "+25\xa0%"), ("294.348", "+29.435\xa0%"), ("1.005", "+101\xa0%")],
)
def test_shares_are_written_as_dutch_readers_do(share, shown):
    figures = {"km": "1", "km_before": "1", "change": share, "year_before": "2024"}
    finding = Finding(
        check=Check.CHANGE,
        block=RvoBlock.COMMUTE,
        figures={**figures, "limit": "0.250", "headcount": "1234", "headcount_before": "5"},
    )
    with translation.override("nl"):
        assert f"({shown})" in finding_words(finding).said
        assert finding_words(finding).compared == "Valt op vanaf 25\xa0%. Werknemers: 1.234, in 2024 5."


def test_the_number_of_people_is_told_as_few_or_as_at_least():
    few, many = (
        Finding(
            check=Check.IMPOSSIBLE_DISTANCE,
            block=RvoBlock.COMMUTE,
            mode="bicycle",
            figures={"people": people, "limit_km": "40"},
        )
        for people in ("<5", "10")
    )
    with translation.override("en"):
        assert finding_words(few).said.startswith("Fewer than five people answered farther than 40 km one way:")
        assert finding_words(many).said.startswith("10 or more people answered farther than 40 km one way:")
