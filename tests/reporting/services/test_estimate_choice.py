"""HR chooses whether a report states the guidance's kilometres or an estimate, and finds what it chose."""

import pytest

from reporting.domain.cell import CellMethod, CellOrigin, UndeterminedReason
from reporting.domain.rvo import RvoBlock, RvoLine
from reporting.selectors.versions import stored_card
from reporting.services.entered_totals import enter_commute_total
from reporting.services.report_versions import build_report
from surveys.models import Employee
from tests.factories import as_owner
from tests.reporting.report_rows import NOW, events, in_scope
from tests.reporting.services.choosing import WHY, back, choose, commute, newest, stored
from tests.reporting.services.estimation.estimating import estimated, result_of
from tests.reporting.surveyed_employer import make_surveyed_report
from wpm_platform.organisations.models import AuditEvent
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    return make_surveyed_report(people=60, answered=40)


def test_the_report_states_the_estimate_that_was_chosen(report):
    guidance = commute(report)
    run = estimated(report)
    assert commute(report) == guidance
    choose(report, run)
    found = result_of(run).estimate
    assert commute(report) == {row["name"]: row["km"] for row in found["lines"]} != guidance
    version, matrix, (inputs, _) = newest(report)
    assert matrix.commute_method is CellMethod.SURVEY_ESTIMATED
    assert {cell.origin for cell in matrix.block(RvoBlock.COMMUTE)} == {CellOrigin.ESTIMATED}
    assert (inputs.estimate.reason, inputs.estimate.run_hash) == (WHY, run.inputs_hash)
    assert inputs.estimate.total.km == found["total"]["km"]
    with organisation_scope(report.organisation):
        assert stored_card(version) == result_of(run).card
        event = AuditEvent.objects.filter(action="report.figures_chosen").get()
        assert event.detail["before"] == "guidance"
        assert (event.detail["after"], event.detail["reason"]) == (f"estimate {run.code}", WHY)


def test_the_guidance_is_one_choice_away_and_gives_its_own_figures_again(report):
    guidance, version = commute(report), newest(report)[0].inputs_hash
    choose(report, estimated(report))
    assert newest(report)[0].inputs_hash != version
    back(report)
    assert (commute(report), newest(report)[0].inputs_hash) == (guidance, version)
    row = stored(report)
    assert (row.estimation, row.estimation_reason, row.estimation_chosen_at) == (None, "Toch de handreiking", NOW)
    assert newest(report)[2][0].estimate is None
    with organisation_scope(report.organisation):
        assert stored_card(newest(report)[0]) is None
        first, second = AuditEvent.objects.filter(action="report.figures_chosen").order_by("pk")
        assert (second.detail["before"], second.detail["after"]) == (first.detail["after"], "guidance")


def test_chosen_twice_nothing_changes_but_the_log(report):
    run = estimated(report)
    first, again = choose(report, run), choose(report, run)
    assert (first.number, first.inputs_hash) == (again.number, again.inputs_hash)
    assert events(report).count("report.figures_chosen") == 2


def test_a_run_that_found_the_same_as_an_earlier_one_gives_the_same_report(report):
    first, second = estimated(report), estimated(report)
    assert second.same_as == first
    assert choose(report, first).inputs_hash == choose(report, second).inputs_hash


def test_a_headcount_that_changes_afterwards_opens_the_cells(report):
    choose(report, estimated(report))
    with as_owner(report.organisation):
        Employee.objects.filter(staff_number="w00059").update(monthly_hours=1)
    with in_scope(report) as where:
        build_report(**where)
    reasons = {cell.derivation.undetermined_reason for cell in newest(report)[1].block(RvoBlock.COMMUTE)}
    assert reasons == {UndeterminedReason.ESTIMATE_OUTDATED}
    choose(report, estimated(report))
    assert None not in commute(report).values()


def test_a_figure_by_hand_stands_in_place_of_the_estimate(report):
    choose(report, estimated(report))
    with in_scope(report) as where:
        enter_commute_total(**where, line=RvoLine.CAR_PETROL, kilometres=77, reason="Uit het systeem")
    cell = newest(report)[1].cell(block=RvoBlock.COMMUTE, line=RvoLine.CAR_PETROL)
    assert (cell.value, cell.origin, cell.derivation.estimate is None) == (77, CellOrigin.MANUAL, False)
