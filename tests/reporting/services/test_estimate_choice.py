"""HR chooses whether a report states the guidance's kilometres or an estimate, up to the frozen evidence."""

import json
import zipfile
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction

from reporting.domain.cell import CellMethod, CellOrigin, UndeterminedReason
from reporting.domain.commute_method import CommuteMethod
from reporting.domain.rvo import RvoBlock, RvoLine
from reporting.enums import EstimationState
from reporting.exports.evidence_check import check_evidence, document_differences
from reporting.models import EstimationResult, EstimationRun, Report, ReportVersion
from reporting.selectors.versions import stored_card, stored_matrix, stored_source_of
from reporting.services.commute_methods import choose_commute_method
from reporting.services.entered_totals import enter_commute_total
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
from reporting.services.files import version_file
from reporting.services.filing import reopen_report
from reporting.services.report_access import ReportNotDraft, ReportUnknown
from reporting.services.report_versions import build_report
from reporting.services.reports import choose_campaign, open_report
from surveys.models import Campaign, Employee
from tests.factories import NOW as SURVEYED
from tests.factories import as_owner
from tests.reporting import independent
from tests.reporting.answered_cases import add_population_member
from tests.reporting.report_rows import NOW, events, fill_in, freeze, in_scope, make_report
from tests.reporting.services.estimation.estimating import estimated, result_of, start
from tests.reporting.services.retention.rows import cells, evidence, told_and_gone
from tests.reporting.surveyed_employer import Trip, make_surveyed_report
from wpm_platform.organisations.models import AuditEvent
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db
WHY = "Wie ver weg woont, antwoordde minder"


@pytest.fixture
def report():
    return make_surveyed_report(people=60, answered=40)


def choose(report, run, *, reason=WHY):
    with in_scope(report) as where:
        return choose_estimate(**where, run=run, reason=reason)


def back(report, *, reason="Toch de handreiking"):
    with in_scope(report) as where:
        return choose_guidance(**where, reason=reason)


def newest(report):
    with organisation_scope(report.organisation):
        version = ReportVersion.objects.select_related("report__legal_entity").filter(report=report).first()
        return version, stored_matrix(version), stored_source_of(version)


def commute(report):
    return {cell.line.value: cell.value for cell in newest(report)[1].block(RvoBlock.COMMUTE)}


def stored(report):
    with organisation_scope(report.organisation):
        return Report.objects.select_related("estimation", "campaign").get(pk=report.pk)


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


def few_by_train(number, chance):
    return Trip(mode="public_transport", days=5) if number in (0, 1, 2) else Trip(mode="car", fuel="petrol", days=4)


def test_lines_of_few_people_leave_nothing_but_their_figure():
    report = make_surveyed_report(people=60, answered=40, trip=few_by_train)
    run = estimated(report)
    choose(report, run)
    _, matrix, _ = newest(report)
    train = matrix.cell(block=RvoBlock.COMMUTE, line=RvoLine.PUBLIC_TRANSPORT).derivation.estimate
    petrol = matrix.cell(block=RvoBlock.COMMUTE, line=RvoLine.CAR_PETROL).derivation.estimate
    assert (train.is_hidden, petrol.is_hidden) == (True, True)
    raw = {row["name"]: row for row in result_of(run).estimate["lines"]}
    told = {raw["public_transport"][name] for name in ("observed", "lower", "upper", "plain_lower", "plain_upper")}
    fill_in(report)
    freeze(report)
    with zipfile.ZipFile(BytesIO(evidence(report))) as archive:
        document = json.loads(archive.read("onderbouwing.json"))
    numbers = set()

    def walk(value):
        if isinstance(value, dict):
            [walk(part) for key, part in value.items() if key != "model_card"]
        elif isinstance(value, list):
            [walk(part) for part in value]
        else:
            numbers.add(value)

    walk([document["inputs"]["estimate"], [cell["derivation"].get("estimate") for cell in document["report"]["cells"]]])
    assert not told & numbers - {0}


# The evidence.


def frozen_evidence(report):
    choose(report, estimated(report))
    freeze(report)
    return evidence(report)


def member(content, name="onderbouwing.json"):
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(name)


def test_the_evidence_carries_estimate_and_card_and_computes_the_report_again(report):
    content = frozen_evidence(report)
    assert check_evidence(content).differences == ()
    document = json.loads(member(content))
    assert document["model_card"] == result_of(stored_run(report)).card != {}
    assert document["report"]["commute"]["estimate"]["reason"] == WHY
    assert document["report"]["commute"]["method"] == "survey_estimated"
    figures = independent.computed_report(document["inputs"], document["parameters"])
    for cell in document["report"]["cells"]:
        value = cell["value"]
        assert figures[cell["block"], cell["line_code"]] == (
            int(value.replace(".", "")) if isinstance(value, str) else value
        )


def stored_run(report):
    with organisation_scope(report.organisation):
        return Report.objects.select_related("estimation__organisation").get(pk=report.pk).estimation


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda document: document["model_card"].update(version="x"), "model_card"),
        (lambda document: document.pop("model_card"), "model_card"),
        (lambda document: document["inputs"]["estimate"].update(reason="x"), "inputs_sha256"),
        (lambda document: document["inputs"]["estimate"]["lines"][0].update(km=1), "cell 4/1"),
        (lambda document: document["inputs"]["estimate"]["lines"][0].update(upper=1), "cell 4/1"),
        (lambda document: document["inputs"]["estimate"]["total"].update(upper=1), "report estimate"),
        (lambda document: document["report"]["commute"].pop("estimate"), "report estimate"),
        (lambda document: document["report"]["cells"][33]["derivation"]["estimate"].update(observed=0), "cell 4/1"),
        (lambda document: document["report"]["cells"][33].update(origin="observed"), "cell 4/1"),
    ],
)
def test_a_changed_estimate_or_card_is_named(report, change, where):
    document = json.loads(member(frozen_evidence(report)))
    assert list(document_differences(document)) == []
    change(document)
    assert where in str([row.where for row in document_differences(document)])


def test_the_files_show_observed_estimated_and_interval(report):
    choose(report, estimated(report))
    version, matrix, _ = newest(report)
    cell = matrix.cell(block=RvoBlock.COMMUTE, line=RvoLine.CAR_PETROL)
    figures = cell.derivation.estimate
    with organisation_scope(report.organisation):
        csv = version_file(version, file_format="csv").content.decode("utf-8-sig")
        document = json.loads(version_file(version, file_format="json").content)
        assert version_file(version, file_format="pdf").content.startswith(b"%PDF")
        assert version_file(version, file_format="xlsx").content.startswith(b"PK")
    row = csv.splitlines()[34].replace('"', "").split(";")
    assert row[-4:] == [str(km) for km in (figures.observed, figures.km, figures.lower, figures.upper)]
    assert document["cells"][33]["derivation"]["estimate"] == figures.to_json()
    assert document["commute"]["estimate"]["total"]["km"] == result_of(stored_run(report)).estimate["total"]["km"]


# What goes does not take the estimate along.


def test_after_the_answers_are_gone_a_frozen_report_and_its_evidence_are_the_same(report):
    content, before = frozen_evidence(report), cells(report)
    told_and_gone(report.organisation)
    assert (evidence(report), cells(report)) == (content, before)
    with in_scope(report) as where:
        reopen_report(**where, reason="Typefout")
        build_report(**where)
    assert cells(report) == before


def test_after_the_answers_are_gone_a_draft_computes_the_same_and_can_choose_still(report):
    run = estimated(report)
    choose(report, run)
    before, checksum = cells(report), newest(report)[0].inputs_hash
    told_and_gone(report.organisation)
    with in_scope(report) as where:
        build_report(**where)
    assert (cells(report), newest(report)[0].inputs_hash) == (before, checksum)
    back(report)
    choose(report, run)
    assert cells(report) == before


def test_an_estimate_of_several_weeks_is_stated_and_verifies():
    """Of several weeks the estimation takes each person's mean, the guidance all weeks together: both stand there."""
    report = make_report(case="several_weeks")
    with as_owner(report.organisation):
        people = Employee.objects.select_related("legal_entity", "site").filter(has_fixed_workplace=True)
        silent = list(people.filter(staff_number__startswith="zonder-antwoord")[:6])
        campaign = Campaign.objects.select_related("organisation").get()
    for person in silent:
        add_population_member(campaign, person)
    run = estimated(report, features=())
    assert result_of(run).estimate["answers"] == 12
    choose(report, run)
    assert newest(report)[1].commute_method is CellMethod.SURVEY_ESTIMATED
    freeze(report)
    assert check_evidence(evidence(report)).differences == ()


def test_observed_beside_the_guidance_tells_nothing_that_the_guidance_does_not(report):
    """Of one week the observed kilometres are a fixed part of the guidance's: their difference gives nobody away."""
    choose(report, estimated(report))
    estimate = newest(report)[2][0].estimate
    for cell in newest(report)[1].block(RvoBlock.COMMUTE):
        figures = cell.derivation.estimate
        if not figures.is_hidden:
            part = figures.observed * estimate.population / estimate.answers
            assert abs(part - float(cell.derivation.exact_km)) <= estimate.population / estimate.answers
