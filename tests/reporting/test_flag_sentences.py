"""Remarks are right for one and for many, in both languages of HR."""

import pytest
from django.utils import translation

from reporting.domain.business.steps import BusinessFlag
from reporting.domain.survey_sums import SIGN_FLAGS, SurveyFlag
from reporting.flag_sentences import flag_sentence

COUNTED = [flag for flag in (*SurveyFlag, *BusinessFlag) if flag not in SIGN_FLAGS]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("flag", COUNTED)
def test_one_differs_from_many(flag, language):
    with translation.override(language):
        one, many = flag_sentence(flag, 1), flag_sentence(flag, 1234)
    assert one.startswith("1 ")
    assert many.startswith("1.234 " if language == "nl" else "1,234 ")
    if language == "en" or not flag.endswith("metres"):  # Dutch counts metres by "meter"
        assert one.removeprefix("1 ") != many.partition(" ")[2]


@pytest.mark.parametrize(
    ("flag", "one", "many"),
    [
        (BusinessFlag.PART_YEAR_VEHICLES, "1 voertuig voor", "2 voertuigen voor"),
        (BusinessFlag.OWNED_VEHICLES, "1 eigen voertuig:", "2 eigen voertuigen:"),
        (BusinessFlag.UNKNOWN_FUEL_KM, "1 kilometer waarvan", "2 kilometers waarvan"),
        (SurveyFlag.UNKNOWN_DAYS, "1 dag die", "2 dagen die"),
        (SurveyFlag.UNUSUAL_WEEKS_KEPT, "1 ongewone week gebruikt zoals die was", "2 ongewone weken gebruikt zoals ze"),
    ],
)
def test_dutch_remarks(flag, one, many):
    with translation.override("nl"):
        assert flag_sentence(flag, 1).startswith(one)
        assert flag_sentence(flag, 2).startswith(many)


@pytest.mark.parametrize("flag", sorted(SIGN_FLAGS))
def test_a_remark_on_a_part_of_a_line_has_no_count(flag):
    with translation.override("en"):
        assert flag_sentence(flag, 1).startswith("part of it")
