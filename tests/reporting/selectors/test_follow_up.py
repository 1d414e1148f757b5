"""An estimate takes in what a few of the silent told, once nobody can answer any more, and from fifteen answers on."""

import datetime

import pytest

from reporting.domain.estimation.follow_up import NO_ANSWER
from reporting.domain.estimation.survey_people import MODES
from reporting.domain.parameter_files import load_parameters
from reporting.selectors.estimation import estimation_people
from surveys.models import FollowUp, FollowUpAnswer, FollowUpQuestion, Invitation
from surveys.services.follow_up import delete_follow_up_answer
from tests.factories import as_owner, make_organisation
from tests.reporting.report_rows import NOW
from tests.reporting.services.estimation.estimating import estimated, fresh, result_of, start, work
from tests.reporting.surveyed_employer import make_surveyed_report
from wpm_platform.scoping import Role, organisation_scope

pytestmark = pytest.mark.django_db
CLOSES = NOW + datetime.timedelta(days=14)
PARAMETERS = load_parameters(reporting_year=2025)


@pytest.fixture
def report():
    return make_surveyed_report(people=200, answered=100)


def answer(report, modes, *, closes_at=CLOSES):
    """The first of the silent were asked, and told these modes."""
    organisation = report.organisation
    with as_owner(organisation):
        follow_up = FollowUp.objects.create(
            organisation=organisation,
            campaign=report.campaign,
            size=40,
            silent=100,
            asked_at=NOW,
            closes_at=closes_at,
        )
        silent = Invitation.objects.filter(campaign=report.campaign, answered_at=None).order_by("pk")
        for invitation, mode in zip(silent, modes, strict=False):
            question = FollowUpQuestion.objects.create(
                organisation=organisation,
                follow_up=follow_up,
                invitation=invitation,
                employee_id=invitation.employee_id,
                answered_at=NOW,
            )
            FollowUpAnswer.objects.create(
                organisation=organisation,
                question=question,
                employee_id=invitation.employee_id,
                usual_mode=mode,
                answered_at=NOW,
            )


def modes_at(report, now, *, organisation=None):
    organisation = organisation or report.organisation
    with organisation_scope(organisation):
        found = estimation_people(
            organisation=organisation,
            campaign=report.campaign,
            legal_entity=report.legal_entity,
            parameters=PARAMETERS,
            now=now,
        )
    return None if found is None else found.usual_modes


def test_each_answer_is_the_mode_of_the_silent_person_who_gave_it(report):
    answer(report, ["car", "bicycle", "walking", "speed_pedelec", "public_transport", "home"])
    found = modes_at(report, CLOSES)
    told = [MODES[number] for number in found if number != NO_ANSWER]
    assert told == ["car", "bicycle_walking", "bicycle_walking", MODES[found[103]], "public_transport"]
    assert [row for row, number in enumerate(found) if number != NO_ANSWER] == [100, 101, 102, 103, 104]
    assert len(found) == 200


def test_nothing_is_read_while_somebody_may_still_answer(report):
    answer(report, ["car"] * 20)
    assert modes_at(report, CLOSES - datetime.timedelta(seconds=1)) is None
    assert modes_at(report, None) is None
    assert modes_at(report, CLOSES) is not None


def test_nobody_told_a_mode(report):
    answer(report, ["home"] * 20)
    assert modes_at(report, CLOSES) is None


def test_the_whole_follow_up_is_left_out_once_an_answer_went_after_the_last_day(report):
    answer(report, ["car"] * 20)
    with as_owner(report.organisation):
        first = FollowUpAnswer.objects.select_related("question__invitation").order_by("pk").first()
    invitation = first.question.invitation
    with organisation_scope(report.organisation, role=Role.RESPONDENT, employee_id=invitation.employee_id):
        delete_follow_up_answer(invitation=invitation, now=CLOSES + datetime.timedelta(days=1))
    assert modes_at(report, CLOSES + datetime.timedelta(days=2)) is None


def test_who_deletes_before_the_last_day_is_left_out_alone(report):
    answer(report, ["car"] * 20)
    with as_owner(report.organisation):
        first = FollowUpAnswer.objects.select_related("question__invitation").order_by("pk").first()
    invitation = first.question.invitation
    with organisation_scope(report.organisation, role=Role.RESPONDENT, employee_id=invitation.employee_id):
        delete_follow_up_answer(invitation=invitation, now=NOW)
    assert sum(number != NO_ANSWER for number in modes_at(report, CLOSES)) == 19


def test_another_organisation_reads_nothing(report):
    answer(report, ["car"] * 20)
    assert modes_at(report, CLOSES, organisation=make_organisation()) is None


def test_a_run_after_the_follow_up_is_another_one_and_says_so(report):
    before = estimated(report)
    answer(report, ["car", "bicycle", "public_transport", "bicycle"] * 6)
    early = estimated(report)
    assert early.same_as == before
    run = start(report)
    work(run, at=CLOSES)
    run = fresh(run)
    assert (run.state, run.same_as) == ("done", None)
    assert run.inputs_hash != before.inputs_hash
    earlier, later = result_of(before).estimate, result_of(run).estimate
    assert (earlier["follow_up"], earlier["odds_ratio"]) == (None, 2.0)
    assert later["follow_up"]["answers"] == 24
    assert 1.0 <= later["odds_ratio"] == later["follow_up"]["upper"] < 2.0
    assert later["total"]["km"] > 0
    assert "follow_up_advised" not in later["cautions"]


def test_a_few_answers_change_no_figure(report):
    before = estimated(report)
    answer(report, ["car"] * 14)
    run = start(report)
    work(run, at=CLOSES)
    earlier, later = (result_of(fresh(row)).estimate for row in (before, run))
    assert later | {"random_state": 0} == earlier | {"random_state": 0}
