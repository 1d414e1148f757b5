"""Nothing that the calculation can say goes without words."""

import pytest
from django.utils import translation

from reporting import labels, staff_labels
from reporting.domain.business.steps import BusinessFlag, StepKind
from reporting.domain.cell import CellMethod, CellOrigin, UndeterminedReason
from reporting.domain.duty import DutyKind, DutyReason
from reporting.domain.headcount import HeadcountReason
from reporting.domain.parameter_files import load_parameters, reporting_years
from reporting.domain.parameters import Certainty, ThresholdStatus
from reporting.domain.rvo import RvoBlock, RvoLine, Unit
from reporting.domain.survey_sums import SurveyFlag
from reporting.selectors.parameters import disputed_settings, open_thresholds
from reporting.source_labels import SOURCE_LABELS, source_label
from surveys.domain.population import Assumption


@pytest.mark.parametrize(
    ("words", "members"),
    [
        (labels.BLOCK_LABELS, RvoBlock),
        (labels.BLOCK_HINTS, RvoBlock),
        (labels.LINE_LABELS, RvoLine),
        (labels.UNIT_LABELS, Unit),
        (labels.ORIGIN_LABELS, CellOrigin),
        (labels.METHOD_LABELS, CellMethod),
        (labels.REASON_LABELS, UndeterminedReason),
        (labels.FLAG_LABELS, (*SurveyFlag, *BusinessFlag)),
        (labels.STEP_LABELS, StepKind),
        (staff_labels.HEADCOUNT_LABELS, HeadcountReason),
        (staff_labels.ASSUMPTION_LABELS, Assumption),
        (staff_labels.DUTY_LABELS, DutyKind),
        (staff_labels.DUTY_REASON_LABELS, DutyReason),
        (staff_labels.CERTAINTY_LABELS, Certainty),
    ],
)
def test_every_member_has_words(words, members):
    assert set(words) == set(members)


@pytest.mark.parametrize("year", reporting_years())
def test_every_setting_of_a_year_has_words_and_every_shown_source_a_translation(year):
    parameters = load_parameters(reporting_year=year)
    settings = disputed_settings(reporting_year=year)
    assert {row.key for row in settings} - set(labels.SETTING_LABELS) == set()
    values = {option for row in settings for option in row.alternatives} | set(ThresholdStatus)
    assert values - set(labels.SETTING_VALUE_LABELS) == set()
    shown = {row.source for key, row in parameters.values.items() if key in labels.SETTING_LABELS}
    shown |= {row.source for row in (*parameters.thresholds, *open_thresholds(reporting_year=year))}
    assert shown - set(SOURCE_LABELS) == set()


def test_a_source_that_an_administrator_typed_stays_as_it_is():
    assert source_label("Staatsblad 2026, 401") == "Staatsblad 2026, 401"


def test_the_english_words_of_a_source_are_the_source():
    with translation.override("en"):
        assert {source: str(label) for source, label in SOURCE_LABELS.items()} == {
            source: source for source in SOURCE_LABELS
        }
