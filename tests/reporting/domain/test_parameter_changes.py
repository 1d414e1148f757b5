from decimal import Decimal

import pytest

from reporting.domain.parameter_changes import enter_value, switch_threshold
from reporting.domain.parameter_files import load_parameters
from reporting.domain.parameter_reading import parameters_from
from reporting.domain.parameters import ParametersMalformed, ThresholdStatus


def test_an_unknown_value_can_be_entered_with_its_source():
    before = load_parameters(reporting_year=2025)
    after = enter_value(
        before, key="public_transport_km_per_euro", value=Decimal("4.2"), source="Letter from RVO, 3 March 2026"
    )
    entered = after.values["public_transport_km_per_euro"]
    assert after.decimal("public_transport_km_per_euro") == Decimal("4.2")
    assert (entered.is_entered, entered.source) == (True, "Letter from RVO, 3 March 2026")
    assert after.version != before.version
    assert before.values["public_transport_km_per_euro"].value is None
    assert parameters_from(after.document) == after


def test_a_setting_can_be_chosen():
    chosen = enter_value(
        load_parameters(reporting_year=2025),
        key="commute_headcount_rule",
        value="survey_year",
        source="Agreed with the environmental agency",
    )
    assert chosen.text("commute_headcount_rule") == "survey_year"


def test_a_setting_outside_its_alternatives_is_refused():
    with pytest.raises(ParametersMalformed, match="'never' is none of"):
        enter_value(load_parameters(reporting_year=2025), key="commute_headcount_rule", value="never", source="No one")


def test_a_value_without_source_is_refused():
    with pytest.raises(ParametersMalformed, match="without a source"):
        enter_value(load_parameters(reporting_year=2024), key="emission_car_petrol", value=139, source=" ")


def test_a_parameter_that_does_not_exist_cannot_be_entered():
    with pytest.raises(ParametersMalformed, match="no parameter horses"):
        enter_value(load_parameters(reporting_year=2025), key="horses", value=1, source="A stable")


def test_the_pending_threshold_can_be_switched_on():
    after = switch_threshold(
        load_parameters(reporting_year=2026),
        employees=250,
        status=ThresholdStatus.IN_FORCE,
        source="Staatsblad 2026",
    )
    assert [(row.employees, row.status.value, row.is_entered) for row in after.thresholds] == [
        (100, "in_force", False),
        (250, "in_force", True),
    ]


def test_the_pending_threshold_can_be_withdrawn_twice():
    once = switch_threshold(
        load_parameters(reporting_year=2026), employees=250, status=ThresholdStatus.WITHDRAWN, source="Minister"
    )
    twice = switch_threshold(once, employees=250, status=ThresholdStatus.WITHDRAWN, source="Minister")
    assert twice == once


def test_a_threshold_that_does_not_exist_cannot_be_switched():
    with pytest.raises(ParametersMalformed, match="no threshold of 500"):
        switch_threshold(
            load_parameters(reporting_year=2026), employees=500, status=ThresholdStatus.IN_FORCE, source="Nobody"
        )


def test_the_only_threshold_in_force_cannot_be_withdrawn():
    with pytest.raises(ParametersMalformed, match="no threshold is in force"):
        switch_threshold(
            load_parameters(reporting_year=2025), employees=100, status=ThresholdStatus.WITHDRAWN, source="Nobody"
        )
