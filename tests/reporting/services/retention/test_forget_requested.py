"""Who answered can see and delete it after the closing; no figure moves by it."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test import Client

from reporting.services.report_versions import build_report
from reporting.services.retention.due import forget_requested
from surveys.models import DayAnswer, ForgetRequest, Invitation, Response, TravelProfile, VehicleFacts
from surveys.selectors.campaign_result import campaign_result
from surveys.selectors.mode_days import mode_days
from tests.factories import as_owner, personal_path
from tests.reporting.report_rows import fill_in, freeze, in_scope, make_report
from tests.reporting.services.retention.rows import cells, left, told_and_gone
from wpm_platform.scoping import call_system_function, organisation_scope

pytestmark = pytest.mark.django_db
AFTER = datetime.datetime(2026, 6, 1, 10, tzinfo=datetime.UTC)


def an_answered(report):
    with as_owner(report.organisation):
        found = Invitation.objects.filter(answered_at__isnull=False, response__isnull=False)
        return found.select_related("organisation", "employee").first()


def visit(invitation, method="get", path="answers/"):
    with time_machine.travel(AFTER, tick=False):
        return getattr(Client(), method)(f"{personal_path(invitation)}{path}")


def carry_out(report):
    return forget_requested(organisation_id=report.organisation.pk, now=AFTER)


@pytest.fixture
def report():
    found = make_report()
    fill_in(found)
    return found


@pytest.fixture
def invitation(report):
    return an_answered(report)


def test_the_closed_page_leads_to_the_own_answers(invitation):
    closed = visit(invitation, path="")
    assert closed.status_code == 410
    assert 'href="answers/"' in closed.text
    page = visit(invitation)
    assert page.status_code == 200
    assert "Verwijder mijn antwoorden" in page.text
    assert ">Wijzig<" not in page.text


def test_deleted_answers_are_gone_and_shown_to_nobody(report, invitation):
    assert visit(invitation, "post").status_code == 200
    assert "Verwijder mijn antwoorden" not in visit(invitation).text
    assert carry_out(report) == 1
    with as_owner(report.organisation):
        assert not Response.objects.filter(invitation=invitation).exists()
        assert not DayAnswer.objects.filter(employee=invitation.employee).exists()
        for model in (TravelProfile, VehicleFacts):
            assert not model.objects.filter(employee=invitation.employee).exists()
        assert not ForgetRequest.objects.exists()
        # That somebody answered stays with HR until the rows go: what, is gone.
        assert Invitation.objects.get(pk=invitation.pk).answered_at is not None
    assert "Verwijder mijn antwoorden" not in visit(invitation).text


def test_no_figure_moves_by_it(report, invitation):
    def shown():
        with in_scope(report) as where:
            build_report(**where)
            modes = mode_days(organisation=report.organisation, campaign=report.campaign)
            return modes, campaign_result(report.campaign)

    before, figures = shown(), cells(report)
    visit(invitation, "post")
    carry_out(report)
    assert shown() == before
    assert cells(report) == figures
    freeze(report)


def test_a_second_person_changes_no_figure_either(report, invitation):
    figures = cells(report)
    visit(invitation, "post")
    carry_out(report)
    other = an_answered(report)
    assert other != invitation
    visit(other, "post")
    assert carry_out(report) == 1
    fill_in(report)
    assert cells(report) == figures


def test_done_twice_it_finds_nothing(report, invitation):
    visit(invitation, "post")
    visit(invitation, "post")
    assert (carry_out(report), carry_out(report)) == (1, 0)
    assert visit(invitation, "post").status_code == 200
    assert carry_out(report) == 1  # asked anew, and nothing was left
    assert carry_out(report) == 0


def test_after_the_period_the_link_is_unknown(report, invitation):
    told_and_gone(report.organisation)
    assert visit(invitation).status_code == 404


def test_the_request_of_another_person_is_out_of_reach(report, invitation):
    visit(invitation, "post")
    with organisation_scope(report.organisation), pytest.raises(DatabaseError), transaction.atomic():
        list(ForgetRequest.objects.all())


def test_postgresql_deletes_nothing_before_the_totals_are_kept(report, invitation):
    visit(invitation, "post")
    with organisation_scope(report.organisation), pytest.raises(DatabaseError, match="not kept"), transaction.atomic():
        call_system_function("forget_requested", report.organisation.pk, report.campaign.pk)


def test_a_survey_that_runs_deletes_at_once(report, invitation):
    with as_owner(report.organisation):
        type(report.campaign).objects.filter(pk=report.campaign.pk).update(state="paused", closed_at=None)
    visit(invitation, "post")
    with as_owner(report.organisation):
        assert not Response.objects.filter(invitation=invitation).exists()
        assert Invitation.objects.get(pk=invitation.pk).answered_at is None
        assert not ForgetRequest.objects.exists()


def test_who_did_not_answer_is_led_back(report):
    with as_owner(report.organisation):
        invitation = Invitation.objects.select_related("organisation", "employee").first()
        Response.objects.filter(invitation=invitation).delete()
        Invitation.objects.filter(pk=invitation.pk).update(answered_at=None)
    assert visit(invitation).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_delete_once():
    report = make_report()
    invitation = an_answered(report)
    visit(invitation, "post")

    def work(_number):
        try:
            return carry_out(report)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(work, range(2))) == [0, 1]
    assert left(report.campaign)["answers"] > 0
