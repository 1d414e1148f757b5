"""A worker makes an estimate: once, the same each time, and again after a worker died."""

import datetime

import pytest
from django.db.models.signals import post_save

from reporting.domain.estimation.ladder import estimate_commute
from reporting.domain.estimation.survey_people import READY_MODES
from reporting.domain.parameter_files import load_parameters
from reporting.enums import EstimationState
from reporting.models import EstimationResult, EstimationRun, Report
from reporting.selectors.estimation import estimation_people
from reporting.selectors.estimation_runs import stored_result
from reporting.services.estimation.run import run_estimation
from reporting.services.estimation.start import EstimationEnded, EstimationUnknown, cancel_estimation
from reporting.services.retention.keeping import keep_sums
from reporting.tasks.estimation import estimation_tick
from reporting.tasks.estimation import run_estimation as run_task
from surveys.models import DayAnswer, Employee
from tests.factories import as_owner, make_organisation
from tests.reporting.report_rows import NOW, events, in_scope
from tests.reporting.services.estimation.estimating import LATER, bytes_of, estimated, fresh, result_of, start, work
from tests.reporting.surveyed_employer import Trip, make_surveyed_report
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    return make_surveyed_report()


def cancel(report, run):
    with in_scope(report) as where:
        return cancel_estimation(**where, code=run.code)


def test_a_worker_makes_what_was_asked_for(report):
    run = estimated(report)
    assert (run.state, run.failure, run.done_steps, run.attempts) == ("done", "", run.all_steps, 1)
    assert (run.started_at, run.finished_at, run.method_version) == (NOW, NOW, "1")
    assert len(run.inputs_hash) == 64
    estimate = result_of(run).estimate
    assert (estimate["population"], estimate["answers"], estimate["method"]) == (30, 18, "post_stratified_distance")
    assert estimate["total"]["observed"] <= estimate["total"]["lower"] <= estimate["total"]["km"]
    assert events(report)[-1] == "report.estimation_done"


def test_the_model_card_is_kept_with_it(report):
    run = estimated(report)
    card = result_of(run).card
    assert (card["data"]["weeks"], card["method"]["random_state"]) == (["2025-W11"], run.random_state)
    assert {row["name"] for row in card["data"]["features"]} > set(run.features)


def test_it_is_what_the_calculation_itself_says(report):
    run = estimated(report, features=("site", "monthly_hours"))
    with organisation_scope(report.organisation):
        found = estimation_people(
            organisation=report.organisation,
            campaign=report.campaign,
            legal_entity=report.legal_entity,
            parameters=load_parameters(reporting_year=2025),
        )
    expected = estimate_commute(
        people=found.people,
        answers=found.answers,
        headcount=30,
        weeks_per_year=45,
        ready_modes=READY_MODES,
        site="site",
        random_state=run.random_state,
    )
    assert result_of(run).estimate["total"]["km"] == expected.total.km


def test_the_same_again_shows_the_first_result(report):
    first, again = estimated(report), estimated(report)
    assert (again.state, again.same_as, again.inputs_hash) == ("done", first, first.inputs_hash)
    assert result_of(again) is None
    third = estimated(report)
    assert third.same_as == first
    with organisation_scope(report.organisation):
        assert stored_result(third).pk == result_of(first).pk


def test_the_same_employer_elsewhere_has_the_same_figures():
    """Two organisations with the same people: other keys and codes, one result but for the seed."""
    first, second = (estimated(make_surveyed_report()) for _ in range(2))
    one, other = (result_of(run).estimate | {"random_state": 0} for run in (first, second))
    assert one == other


@pytest.mark.parametrize(
    "change",
    [
        lambda report: Employee.objects.filter(staff_number="w00029").update(home_postcode="5901AA"),
        lambda report: Employee.objects.filter(staff_number="w00029").update(days_per_week=1),
        lambda report: DayAnswer.objects.filter(mode="car").first().delete(),
        lambda report: Employee.objects.filter(staff_number="w00001").update(monthly_hours=1),
    ],
)
def test_another_input_gives_another_run(report, change):
    first = estimated(report)
    with as_owner(report.organisation):
        change(report)
    again = estimated(report)
    assert again.same_as is None
    assert again.inputs_hash != first.inputs_hash


def test_other_features_give_another_checksum(report):
    first = estimated(report)
    assert estimated(report, features=("site",)).inputs_hash != first.inputs_hash


def test_a_task_that_comes_twice_does_nothing_the_second_time(report):
    run = start(report)
    assert work(run) is True
    assert work(run) is False
    assert events(report).count("report.estimation_done") == 1
    with as_owner(report.organisation):
        assert EstimationResult.objects.count() == 1


class WorkerKilled(BaseException):
    """As a process that ends at once: nothing of the code's own runs after it."""


def killed_at(step):
    """A worker that is killed as soon as it has said that it begins with a step."""

    def kill(sender, instance, **_):
        if instance.step == step and instance.state == EstimationState.RUNNING:
            post_save.disconnect(kill, sender=EstimationRun)
            raise WorkerKilled

    post_save.connect(kill, sender=EstimationRun, weak=False)


def dies(run, step, *, at=NOW):
    """The step before was committed; the transaction of the step itself is lost with the process."""
    killed_at(step)
    with pytest.raises(WorkerKilled):
        work(run, at=at)


@pytest.mark.parametrize("step", ["estimate", "check", "keep"])
def test_a_run_whose_worker_died_is_taken_up_again(report, step):
    run = start(report)
    dies(run, step)
    assert fresh(run).state == EstimationState.RUNNING
    assert work(run) is False, "nobody takes what may still be at work"
    assert work(run, at=LATER) is True
    assert (fresh(run).state, fresh(run).attempts) == ("done", 2)
    assert result_of(run).estimate["random_state"] == run.random_state


def test_a_run_that_kills_its_worker_each_time_ends(report):
    run, moment = start(report), NOW
    for _ in range(3):
        dies(run, "check", at=moment)
        moment += datetime.timedelta(minutes=6)
    assert work(run, at=moment) is False
    assert (fresh(run).state, fresh(run).failure) == ("failed", "interrupted")
    assert events(report)[-1] == "report.estimation_failed"
    assert estimated(report).state == EstimationState.DONE


def test_an_error_that_nobody_foresaw_lets_the_next_worker_try_at_once(report):
    run = start(report)

    def stumble(sender, instance, **_):
        if instance.step == "check":
            post_save.disconnect(stumble, sender=EstimationRun)
            raise OSError

    post_save.connect(stumble, sender=EstimationRun, weak=False)
    with pytest.raises(OSError):
        work(run)
    assert fresh(run).alive_at is None
    assert work(run) is True
    assert fresh(run).state == EstimationState.DONE


def test_what_waits_is_stopped_at_once(report):
    run = start(report)
    assert cancel(report, run).state == EstimationState.CANCELLED
    assert work(run) is False
    assert result_of(run) is None
    assert start(report).state == EstimationState.WAITING


def test_what_runs_is_stopped_before_its_next_step(report):
    run = start(report)

    def stop(sender, instance, **_):
        if instance.step == "check" and instance.cancel_requested_at is None:
            EstimationRun.objects.filter(pk=run.pk).update(cancel_requested_at=NOW)

    post_save.connect(stop, sender=EstimationRun, weak=False)
    work(run)
    post_save.disconnect(stop, sender=EstimationRun)
    assert (fresh(run).state, fresh(run).step) == ("cancelled", "check")
    assert result_of(run) is None


def test_what_fails_at_the_moment_that_hr_stops_it_has_ended(report):
    run = start(report)
    with organisation_scope(report.organisation):
        keep_sums(organisation=report.organisation, campaign=report.campaign, now=NOW)
    moments = []

    def clock():
        moments.append(NOW)
        # Taken, read, and now to tell that it failed.
        if len(moments) == 3:
            cancel(report, run)
        return NOW

    run_estimation(organisation_id=run.organisation_id, code=run.code, clock=clock)
    assert len(moments) >= 3
    assert (fresh(run).state, fresh(run).failure) == ("cancelled", "")
    assert events(report).count("report.estimation_failed") == 0


def test_what_another_worker_has_by_now_is_not_ended_by_one_that_fails(report):
    run = start(report)
    with organisation_scope(report.organisation):
        keep_sums(organisation=report.organisation, campaign=report.campaign, now=NOW)
    moments = []

    def clock():
        moments.append(NOW)
        if len(moments) == 3:
            with as_owner(report.organisation):
                EstimationRun.objects.filter(pk=run.pk).update(attempts=2)
        return NOW

    run_estimation(organisation_id=run.organisation_id, code=run.code, clock=clock)
    assert (fresh(run).state, fresh(run).attempts) == ("running", 2)


def test_what_a_dead_worker_left_is_stopped_too(report):
    run = start(report)
    dies(run, "check")
    assert cancel(report, run).state == EstimationState.RUNNING
    assert work(run, at=LATER) is False
    assert fresh(run).state == EstimationState.CANCELLED
    assert events(report).count("report.estimation_cancelled") == 1


def test_there_is_nothing_to_stop_afterwards(report):
    with pytest.raises(EstimationEnded):
        cancel(report, estimated(report))


def test_another_reports_estimation_is_not_stopped(report):
    other = start(make_surveyed_report(organisation=make_organisation()))
    with in_scope(report) as where, pytest.raises(EstimationUnknown):
        cancel_estimation(**where, code=other.code)


def test_nobody_answered_is_told(report):
    run = estimated(make_surveyed_report(people=6, answered=0))
    assert (run.state, run.failure) == ("failed", "nothing_known")


def test_answers_deleted_while_it_waited_are_told(report):
    run = start(report)
    with organisation_scope(report.organisation):
        keep_sums(organisation=report.organisation, campaign=report.campaign, now=NOW)
    work(run)
    assert (fresh(run).state, fresh(run).failure) == ("failed", "answers_deleted")


def test_another_method_chosen_while_it_waited_is_told(report):
    run = start(report)
    with as_owner(report.organisation):
        Report.objects.update(commute_method="standard_days", method_reason="x", method_chosen_at=NOW)
    work(run)
    assert (fresh(run).state, fresh(run).failure) == ("failed", "report_changed")


def test_the_task_does_it_once(report):
    run = start(report)
    for _ in range(2):
        run_task(organisation_id=run.organisation_id, code=str(run.code), newer_argument=1)
    assert (fresh(run).state, fresh(run).attempts) == ("done", 1)


def test_asking_sends_the_task_and_the_tick_sends_it_again(report, django_capture_on_commit_callbacks):
    estimated(make_surveyed_report(people=8, answered=6, organisation=make_organisation()))
    with django_capture_on_commit_callbacks() as asked:
        run = start(report)
    with django_capture_on_commit_callbacks() as ticked:
        estimation_tick()
    message = (
        ("reporting.run_estimation",),
        {"kwargs": {"organisation_id": report.organisation_id, "code": str(run.code)}},
    )
    for callbacks in (asked, ticked):
        assert [(callback.args, callback.keywords) for callback in callbacks] == [message]


# The adversarial cases, through the service.


def nobody_drives(number, chance):
    return Trip(mode="bicycle", days=4)


def everybody_at_home(number, chance):
    return Trip(mode="", days=0)


@pytest.mark.parametrize(
    ("options", "method"),
    [
        ({"people": 12, "answered": 1}, "guidance_only"),
        ({"people": 12, "answered": 12}, "everybody_answered"),
        ({"people": 20, "answered": 12, "trip": everybody_at_home}, "post_stratified_distance"),
        ({"people": 20, "answered": 12, "trip": nobody_drives}, "post_stratified_distance"),
        ({"people": 40, "answered": 24, "has_postcodes": False}, "post_stratified_site"),
        ({"people": 20, "answered": 12, "has_postcodes": False}, "guidance_only"),
        ({"people": 20, "answered": 12, "department": lambda number: "Alles"}, "post_stratified_distance"),
        ({"people": 160, "answered": 90, "department": lambda number: f"D{number}"}, None),
    ],
)
def test_difficult_surveys_have_a_sensible_answer(options, method):
    report = make_surveyed_report(**options)
    run = estimated(report, features=("site", "department", "function", "age", "tenure", "monthly_hours", "provision"))
    assert run.state == EstimationState.DONE
    estimate = result_of(run).estimate
    assert method in (None, estimate["method"])
    for figure in (*estimate["lines"], estimate["total"]):
        assert figure["observed"] >= 0
        assert 0 <= figure["lower"] <= figure["upper"]
        assert figure["km"] is None or figure["lower"] <= figure["km"] <= figure["upper"]
    assert "NaN" not in bytes_of(run)


def test_a_fuel_that_nobody_knew_leaves_its_lines_open():
    report = make_surveyed_report(people=20, answered=12, trip=lambda number, chance: Trip(mode="car", fuel="unknown"))
    estimate = result_of(estimated(report)).estimate
    cars = [figure for figure in estimate["lines"] if figure["name"].startswith("car")]
    assert {figure["km"] for figure in cars} == {None}
    assert estimate["total"]["km"] > 0
    assert "fuel_unknown" in estimate["cautions"]
