"""Asking for an estimate: what is kept, and every refusal."""

import pytest
from django.utils import translation

from reporting.domain.commute_method import CommuteMethod
from reporting.enums import EstimationState
from reporting.models import EstimationRun, Report
from reporting.services.estimation.rules import (
    AnswersDeleted,
    CouncilNoteMissing,
    EstimationAtWork,
    FeatureSensitive,
    FeatureUnknown,
    NoSurveyToEstimate,
    NotTheWholeSurvey,
    SurveyStillOpen,
    why_not,
)
from reporting.services.estimation.start import start_estimation
from reporting.services.report_access import ReportNotDraft, ReportUnknown
from reporting.services.retention.keeping import keep_sums
from surveys.enums import CampaignState
from surveys.models import Campaign
from tests.factories import NOW, as_owner, make_legal_entity, make_organisation
from tests.reporting.report_rows import events, file, freeze, in_scope
from tests.reporting.services.estimation.estimating import FEATURES, NOTE, estimated, fresh, start
from tests.reporting.surveyed_employer import make_surveyed_report
from wpm_platform.organisations.models import AuditEvent
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def report():
    return make_surveyed_report(people=12, answered=8)


def test_what_was_asked_for_is_kept(report):
    run = start(report, features=["site", "department", "site"], council_note=f"  {NOTE} ")
    assert (run.state, run.features, run.council_note) == ("waiting", ["department", "site"], NOTE)
    assert run.campaign == report.campaign
    assert run.random_state > 0
    assert events(report)[-1] == "report.estimation_started"
    with organisation_scope(report.organisation):
        assert AuditEvent.objects.latest("pk").detail["features"] == ["department", "site"]


def test_the_seed_is_that_of_the_report_and_its_survey(report):
    first = estimated(report)
    assert start(report).random_state == first.random_state
    assert start(make_surveyed_report(people=12, answered=8)).random_state != first.random_state


def test_without_facts_no_note_is_needed(report):
    assert start(report, features=[], council_note="").features == []


@pytest.mark.parametrize("note", ["", "  \n"])
def test_facts_need_a_note_on_the_works_council(report, note):
    with pytest.raises(CouncilNoteMissing, match="works council"):
        start(report, council_note=note)


@pytest.mark.parametrize(
    "name",
    [
        *("nationality", "Nationaliteit", "gender", "geslacht", "religion", "geloof", "health", "ziekteverzuim"),
        *("on_leave", "verlof", "etnische herkomst", "language", "vakbondslid", "has_children", "seksuele geaardheid"),
    ],
)
def test_sensitive_facts_are_refused_with_the_reason(report, name):
    with pytest.raises(FeatureSensitive, match="sensitive") as refused:
        start(report, features=["site", name])
    assert name in str(refused.value)


@pytest.mark.parametrize("name", ["favourite colour", "column 12", ""])
def test_other_columns_are_refused(report, name):
    with pytest.raises(FeatureUnknown):
        start(report, features=[name])


def changed(report, **fields):
    with as_owner(report.organisation):
        Report.objects.filter(pk=report.pk).update(**fields)
        return Report.objects.select_related("organisation").get(pk=report.pk)


def test_a_report_without_a_survey_is_refused(report):
    report = changed(report, campaign=None)
    with pytest.raises(NoSurveyToEstimate):
        start(report)


@pytest.mark.parametrize("state", [CampaignState.RUNNING, CampaignState.PAUSED])
def test_a_survey_that_takes_answers_is_refused(report, state):
    with as_owner(report.organisation):
        Campaign.objects.filter(pk=report.campaign_id).update(state=state)
    with pytest.raises(SurveyStillOpen):
        start(report)


@pytest.mark.parametrize("method", [CommuteMethod.STANDARD_DAYS, CommuteMethod.TRIP_REGISTRATION])
def test_another_method_is_refused(report, method):
    report = changed(report, commute_method=method, method_reason="x", method_chosen_at=NOW)
    with pytest.raises(NotTheWholeSurvey):
        start(report)


def test_one_week_of_the_survey_is_refused(report):
    report = changed(report, commute_week_from="2025-03-10", method_reason="x", method_chosen_at=NOW)
    with pytest.raises(NotTheWholeSurvey):
        start(report)


@pytest.mark.parametrize("close", [freeze, file])
def test_a_frozen_report_is_refused(report, close):
    close(report)
    with pytest.raises(ReportNotDraft):
        start(report)


def test_answers_that_were_deleted_are_refused(report):
    with organisation_scope(report.organisation):
        keep_sums(organisation=report.organisation, campaign=report.campaign, now=NOW)
        assert isinstance(why_not(organisation=report.organisation, report=report), AnswersDeleted)
    with pytest.raises(AnswersDeleted):
        start(report)


def test_one_at_a_time(report):
    start(report)
    with pytest.raises(EstimationAtWork):
        start(report)
    with as_owner(report.organisation):
        assert EstimationRun.objects.count() == 1


def test_again_once_the_first_has_ended(report):
    assert estimated(report).state == EstimationState.DONE
    assert start(report).state == EstimationState.WAITING


def test_another_organisations_report_is_unknown(report):
    stranger = make_organisation()
    make_legal_entity(stranger)
    with organisation_scope(stranger), pytest.raises(ReportUnknown):
        start_estimation(
            organisation=stranger, actor=None, now=NOW, report=report, features=FEATURES, council_note=NOTE
        )


def test_nothing_is_in_the_way_of_a_first_estimate(report):
    with in_scope(report) as where:
        assert why_not(organisation=where["organisation"], report=report) is None
    assert fresh(start(report)).attempts == 0
