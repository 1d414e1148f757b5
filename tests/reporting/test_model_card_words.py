"""Every code that a model card can hold is described in its schema and has words."""

import json

import pytest

from reporting.broad_survey_sentences import BROAD_SURVEY
from reporting.domain.estimation.guard_rails import Caution, Method
from reporting.domain.estimation.survey_people import MODES
from reporting.domain.staff_features import StaffFeature
from reporting.estimation_sentences import CAUTIONS, METHOD_EXPLANATIONS
from reporting.exports.model_card import model_card_schema_bytes
from reporting.model_card_background import caution_words
from reporting.model_card_labels import (
    FEATURE_LABELS,
    HIDDEN_WORDS,
    LIMIT_SENTENCES,
    REASON_SENTENCES,
    VEHICLE_LABELS,
    word_of,
)
from reporting.model_card_words import card_words
from tests.reporting.domain.estimation.surveyed import made_up_card

SCHEMA = json.loads(model_card_schema_bytes())
PARTS = SCHEMA["properties"]


def test_every_method_is_in_the_schema_and_explained():
    assert set(PARTS["method"]["properties"]["code"]["enum"]) >= {method.value for method in Method}
    assert set(METHOD_EXPLANATIONS) >= {method.value for method in Method}


def test_every_caution_has_words():
    assert set(CAUTIONS) >= {caution.value for caution in Caution}
    assert caution_words("turnover") == str(BROAD_SURVEY["turnover"])
    assert caution_words("of_a_later_version") == "of_a_later_version"


@pytest.mark.parametrize(
    ("codes", "labels"),
    [
        (PARTS["limits"]["items"]["enum"], LIMIT_SENTENCES),
        (SCHEMA["$defs"]["not_possible"]["properties"]["reason"]["enum"], REASON_SENTENCES),
        (SCHEMA["$defs"]["hidden"]["properties"]["reason"]["enum"], HIDDEN_WORDS),
    ],
)
def test_every_code_of_the_schema_has_words_and_no_others(codes, labels):
    assert set(codes) == set(labels)


def test_every_feature_and_vehicle_has_a_name():
    assert set(FEATURE_LABELS) == {"distance", "work_days", *(feature.value for feature in StaffFeature)}
    assert set(VEHICLE_LABELS) == {*MODES, "not_travelling", "total"}
    assert word_of(FEATURE_LABELS, "of_a_later_version") == "of_a_later_version"


def test_a_part_that_is_not_possible_says_why_instead_of_figures():
    card = json.loads(json.dumps(made_up_card()))
    refused = {"status": "not_possible", "reason": "model_of_last_year", "answers": 31}
    card["validation"] |= dict.fromkeys(("held_out", "calibration", "importance", "propensities"), refused)
    words = card_words(card)
    assert words.tiles[1].value == "–"
    assert "31" in words.lead[1]
    for section in words.sections[:4]:
        assert section.tables == ()
        assert "31" in section.paragraphs[0]


def test_a_total_of_few_people_is_not_told():
    card = json.loads(json.dumps(made_up_card()))
    card["figures"] |= dict.fromkeys(("km", "observed", "lower", "upper", "plain_lower", "plain_upper", "guidance_km"))
    words = card_words(card)
    assert words.tiles[0].value == "–"
    assert not any("km a year" in sentence for sentence in words.lead)
