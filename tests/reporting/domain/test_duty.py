import pytest

from reporting.domain.duty import DutyKind, DutyReason, ThresholdMissing, duty_outcome
from reporting.domain.parameter_changes import switch_threshold
from reporting.domain.parameter_files import load_parameters
from reporting.domain.parameters import ThresholdStatus


def outcome(headcount, *, year=2025, provision=True):
    return duty_outcome(
        headcount=headcount,
        has_mobility_provision=provision,
        thresholds=load_parameters(reporting_year=year).thresholds,
    )


@pytest.mark.parametrize(
    ("headcount", "provision", "kind", "is_obliged"),
    [
        (100, True, DutyKind.OBLIGED, True),
        (99, True, DutyKind.VOLUNTARY, False),
        (150, False, DutyKind.EXEMPT, False),
        (120, True, DutyKind.OBLIGED, True),
    ],
)
def test_the_four_fixtures_of_the_public_law_machines(headcount, provision, kind, is_obliged):
    found = outcome(headcount, provision=provision)
    assert (found.kind, found.is_obliged) == (kind, is_obliged)


def test_exempt_names_the_reason():
    assert outcome(150, provision=False).reasons == (
        DutyReason.AT_OR_ABOVE_THRESHOLD,
        DutyReason.NO_MOBILITY_PROVISION,
    )


def test_small_and_without_provision_has_both_reasons():
    found = outcome(40, provision=False)
    assert found.kind is DutyKind.EXEMPT
    assert found.reasons == (DutyReason.BELOW_THRESHOLD, DutyReason.NO_MOBILITY_PROVISION)


def test_an_unknown_provision_is_assumed_and_said():
    found = outcome(150, provision=None)
    assert found.kind is DutyKind.OBLIGED
    assert found.reasons == (DutyReason.AT_OR_ABOVE_THRESHOLD, DutyReason.MOBILITY_PROVISION_ASSUMED)


@pytest.mark.parametrize("year", [2026, 2027])
@pytest.mark.parametrize(
    ("headcount", "kind", "is_obliged"),
    [
        (99, DutyKind.VOLUNTARY, False),
        (100, DutyKind.PENDING_LAW_CHANGE, True),
        (249, DutyKind.PENDING_LAW_CHANGE, True),
        (250, DutyKind.OBLIGED, True),
    ],
)
def test_between_the_thresholds_the_law_is_pending(year, headcount, kind, is_obliged):
    found = outcome(headcount, year=year)
    assert (found.kind, found.is_obliged) == (kind, is_obliged)
    assert (found.threshold.employees, found.pending_threshold.employees) == (100, 250)


def test_pending_does_not_matter_without_any_provision():
    assert outcome(180, year=2026, provision=False).kind is DutyKind.EXEMPT


@pytest.mark.parametrize(("headcount", "kind"), [(249, DutyKind.VOLUNTARY), (250, DutyKind.OBLIGED)])
def test_once_in_force_the_new_threshold_decides(headcount, kind):
    parameters = switch_threshold(
        load_parameters(reporting_year=2026),
        employees=250,
        status=ThresholdStatus.IN_FORCE,
        source="Staatsblad",
    )
    found = duty_outcome(headcount=headcount, has_mobility_provision=True, thresholds=parameters.thresholds)
    assert (found.kind, found.threshold.employees, found.pending_threshold) == (kind, 250, None)


def test_once_withdrawn_the_old_threshold_decides():
    parameters = switch_threshold(
        load_parameters(reporting_year=2026),
        employees=250,
        status=ThresholdStatus.WITHDRAWN,
        source="Minister",
    )
    found = duty_outcome(headcount=180, has_mobility_provision=True, thresholds=parameters.thresholds)
    assert (found.kind, found.threshold.employees) == (DutyKind.OBLIGED, 100)


def test_without_a_threshold_there_is_no_answer():
    with pytest.raises(ThresholdMissing):
        duty_outcome(headcount=100, has_mobility_provision=True, thresholds=())
