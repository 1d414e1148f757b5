"""The register's record says what is so of the method at hand and of the weeks that were asked about."""

import json

import pytest

from reporting.algorithm_register import register_fields
from tests.reporting.domain.estimation.surveyed import made_up_card


def record(*, method="doubly_robust", weeks=("2026-W40",)):
    card = json.loads(json.dumps(made_up_card()))
    card["method"]["code"], card["data"]["weeks"] = method, list(weeks)
    return {field.name: field.value for field in register_fields(card, organisation_name="Voorbeeld", source_id="x")}


@pytest.mark.parametrize(
    ("method", "is_anew"),
    [
        ("doubly_robust", True),
        ("post_stratified_distance", True),
        ("year_two", False),
        ("prior_offset", False),
        ("prior_only", False),
    ],
)
def test_what_rests_on_others_or_on_an_earlier_survey_does_not_start_anew(method, is_anew):
    assert ("begint opnieuw" in record(method=method)["methods_and_models"]) is is_anew


@pytest.mark.parametrize(
    ("weeks", "told"), [(("2026-W40",), "per dag van 1 week."), (("2026-W40", "2026-W41"), "per dag van 2 weken.")]
)
def test_it_names_how_many_weeks_were_asked_about(weeks, told):
    assert told in record(weeks=weeks)["source_data"]
