"""When an estimate cannot be chosen, and what cannot be chosen beside one."""

import pytest
from django.db import IntegrityError, transaction

from reporting.domain.cell import CellMethod, UndeterminedReason
from reporting.domain.commute_method import CommuteMethod
from reporting.domain.rvo import RvoBlock
from reporting.enums import EstimationState
from reporting.models import EstimationResult, EstimationRun, ParameterOverride, Report
from reporting.services.commute_methods import choose_commute_method
from reporting.services.estimate_choice import (
    EstimateInTheWay,
    EstimateOfWholeSurvey,
    EstimateOutdated,
    EstimationNotReady,
    EstimationUnknown,
    FiguresNeedReason,
    NothingEstimated,
    choose_estimate,
    choose_guidance,
)
from reporting.services.report_access import ReportNotDraft, ReportUnknown
from reporting.services.report_versions import build_report
from reporting.services.reports import choose_campaign, open_report
from surveys.models import Employee
from tests.factories import NOW as SURVEYED
from tests.factories import as_owner
from tests.reporting.report_rows import NOW, freeze, in_scope
from tests.reporting.services.choosing import WHY, back, choose, commute, newest, second_week, stored
from tests.reporting.services.estimation.estimating import estimated, result_of, start
from tests.reporting.surveyed_employer import make_surveyed_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    return make_surveyed_report(people=60, answered=40)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_without_a_reason_nothing_is_chosen(report, reason):
    run = estimated(report)
    with pytest.raises(FiguresNeedReason):
        choose(report, run, reason=reason)
    with pytest.raises(FiguresNeedReason):
        back(report, reason=reason)
    assert stored(report).estimation is None


def test_another_reports_or_organisations_run_is_unknown(report):
    elsewhere, run = make_surveyed_report(), estimated(report)
    with in_scope(report) as where:
        year_before = open_report(
            organisation=where["organisation"],
            actor=None,
            now=NOW,
            legal_entity=report.legal_entity,
            reporting_year=2024,
        )
    for asked, other in ((report, estimated(elsewhere)), (year_before, run)):
        with pytest.raises(EstimationUnknown):
            choose(asked, other)
    with in_scope(elsewhere) as where, pytest.raises(ReportUnknown):
        choose_estimate(**{**where, "report": report}, run=run, reason=WHY)
    with in_scope(elsewhere) as where, pytest.raises(ReportUnknown):
        choose_guidance(**{**where, "report": report}, reason=WHY)


@pytest.mark.parametrize("state", [state for state in EstimationState if state != EstimationState.DONE])
def test_a_run_without_a_result_cannot_be_chosen(report, state):
    run = start(report)
    with as_owner(report.organisation):
        EstimationRun.objects.filter(pk=run.pk).update(state=state, finished_at=NOW)
    with pytest.raises(EstimationNotReady):
        choose(report, run)


def test_a_done_run_whose_result_is_gone_cannot_be_chosen(report):
    run = estimated(report)
    with as_owner(report.organisation):
        EstimationResult.objects.all().delete()
    with pytest.raises(EstimationNotReady):
        choose(report, run)


@pytest.mark.parametrize(("people", "answered"), [(30, 7), (20, 20)])
def test_where_nothing_is_estimated_there_is_nothing_to_choose(people, answered):
    report = make_surveyed_report(people=people, answered=answered)
    run = estimated(report)
    assert result_of(run).estimate["method"] in {"guidance_only", "everybody_answered"}
    with pytest.raises(NothingEstimated):
        choose(report, run)


def test_another_headcount_since_then_asks_for_another_estimate(report):
    run = estimated(report)
    with as_owner(report.organisation):
        Employee.objects.filter(staff_number="w00059").update(monthly_hours=1)
    with pytest.raises(EstimateOutdated):
        choose(report, run)
    choose(report, estimated(report))


def other_working_weeks(report, run):
    ParameterOverride.objects.create(
        organisation=report.organisation,
        reporting_year=report.reporting_year,
        name="weeks_per_year",
        value="44",
        source="A later edition of the guidance",
        set_at=NOW,
    )


def changed_result(change):
    def step(report, run):
        row = EstimationResult.objects.get(run=run)
        change(row.estimate)
        row.save()

    return step


@pytest.mark.parametrize(
    "change",
    [
        other_working_weeks,
        changed_result(lambda estimate: estimate.update(form="form-2023-0123456789ab")),
        changed_result(lambda estimate: (estimate.pop("form"), estimate.pop("weeks_per_year"))),
    ],
)
def test_of_several_weeks_other_parameters_ask_for_another_estimate(report, change):
    second_week(report)
    run = estimated(report)
    with as_owner(report.organisation):
        change(report, run)
    with pytest.raises(EstimateOutdated):
        choose(report, run)


def test_working_weeks_that_change_afterwards_open_the_cells_until_it_is_computed_again(report):
    second_week(report)
    run = estimated(report)
    choose(report, run)
    with as_owner(report.organisation):
        other_working_weeks(report, run)
    with in_scope(report) as where:
        build_report(**where)
    cells = newest(report)[1].block(RvoBlock.COMMUTE)
    assert {cell.derivation.undetermined_reason for cell in cells} == {UndeterminedReason.ESTIMATE_OUTDATED}
    again = estimated(report)
    assert again.same_as is None
    choose(report, again)
    assert None not in commute(report).values()


def test_answers_that_changed_since_then_ask_for_another_estimate(report):
    run = estimated(report)
    with as_owner(report.organisation):
        row = EstimationResult.objects.get(run=run)
        for line in row.estimate["guidance_lines"]:
            line["km"] += 3 if line["name"] == "car_petrol" else 0
        row.save()
    with pytest.raises(EstimateOutdated):
        choose(report, run)


def test_a_survey_that_closed_after_the_run_asks_for_another_estimate(report):
    run = estimated(report)
    with as_owner(report.organisation):
        EstimationRun.objects.filter(pk=run.pk).update(requested_at=SURVEYED.replace(year=2020))
    with pytest.raises(EstimateOutdated):
        choose(report, run)


def test_a_report_by_another_survey_than_the_estimates_is_refused(report):
    run = estimated(report)
    with in_scope(report) as where:
        choose_campaign(**where, campaign=None)
    with pytest.raises(EstimateOfWholeSurvey):
        choose(report, run)


def test_a_frozen_report_does_not_change(report):
    run = estimated(report)
    choose(report, run)
    freeze(report)
    for step in (lambda: choose(report, run), lambda: back(report)):
        with pytest.raises(ReportNotDraft):
            step()


def test_another_method_or_survey_is_refused_until_the_guidance_is_back(report):
    choose(report, estimated(report))
    with in_scope(report) as where:
        campaign = stored(report).campaign
        for step in (
            lambda: choose_campaign(**where, campaign=None),
            lambda: choose_commute_method(**where, method=CommuteMethod.TRIP_REGISTRATION, reason="Er is een systeem"),
        ):
            with pytest.raises(EstimateInTheWay):
                step()
        # The same survey and the same method are no change.
        choose_campaign(**where, campaign=campaign)
        choose_commute_method(**where, method=CommuteMethod.SURVEY, reason="Zo is het")
    assert newest(report)[1].commute_method is CellMethod.SURVEY_ESTIMATED
    back(report)
    with in_scope(report) as where:
        choose_campaign(**where, campaign=None)
    assert set(commute(report).values()) == {None}


def test_postgresql_keeps_an_estimate_without_a_reason_out(report):
    run = estimated(report)
    with as_owner(report.organisation), pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(estimation=run)
