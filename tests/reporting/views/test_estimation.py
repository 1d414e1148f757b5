"""The pages of an estimation through the door."""

import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from reporting.models import EstimationRun
from surveys.enums import CampaignState
from surveys.models import Campaign, Employee
from tests.factories import NOW, as_owner, make_member, make_organisation
from tests.reporting.report_rows import freeze
from tests.reporting.services.estimation.estimating import NOTE, estimated, fresh, result_of, start, work
from tests.reporting.surveyed_employer import Trip, make_surveyed_report
from wpm_platform.organisations.enums import MemberRole

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    return make_surveyed_report()


@pytest.fixture
def hr(report):
    return console(report)


def console(report, *, role=MemberRole.HR_ADMIN, language="en"):
    client = Client(headers={"accept-language": language})
    client.force_login(make_member(report.organisation, role=role))
    return client


def address(route, report, run=None, **more):
    known = {"slug": report.organisation.slug, "code": report.code, **more}
    return reverse(route, kwargs=known if run is None else known | {"run": run.code})


def text_of(answer):
    return " ".join(answer.content.decode().split())


def only_run(report):
    with as_owner(report.organisation):
        return EstimationRun.objects.select_related("organisation").get()


def test_the_page_says_what_there_is_and_what_is_ticked(report, hr):
    shown = text_of(hr.get(address("report_estimation", report)))
    assert "18 <span" in shown
    assert "of 30" in shown
    for name in ("site", "department", "monthly_hours", "provision"):
        assert f'value="{name}" id="id_features_' in shown
    assert shown.count(" checked") == 4
    assert "Never used: nationality" in shown


def test_what_the_staff_list_does_not_hold_is_said_and_not_ticked(report, hr):
    with as_owner(report.organisation):
        Employee.objects.update(has_mobility_provision=None, birth_year=None)
    shown = text_of(hr.get(address("report_estimation", report)))
    assert shown.count("does not hold this") == 2
    assert shown.count(" checked") == 3


def test_asking_leads_to_the_page_that_waits(report, hr):
    answer = hr.post(address("report_estimation", report), {"features": ["site"], "council_note": NOTE})
    run = only_run(report)
    assert answer.url == address("report_estimation_run", report, run)
    shown = text_of(hr.get(answer.url))
    assert "It begins in a moment." in shown
    assert f'hx-get="{address("report_estimation_progress", report, run)}"' in shown
    assert '<noscript><meta http-equiv="refresh"' in shown
    assert "See how far it is" in text_of(hr.get(address("report_estimation", report)))


def test_progress_is_told_until_it_ends(report, hr):
    run = start(report)
    with as_owner(report.organisation):
        EstimationRun.objects.update(state="running", step="check", done_steps=2, alive_at=NOW)
    assert "Step 3 of 4: Trying" in text_of(hr.get(address("report_estimation_progress", report, run)))
    with as_owner(report.organisation):
        EstimationRun.objects.update(state="waiting", step="", done_steps=0)
    work(run)
    ended = hr.get(address("report_estimation_progress", report, run))
    assert ended.headers["HX-Refresh"] == "true"


def test_the_result_says_measured_estimated_and_how_sure(report, hr):
    run = estimated(report)
    found = result_of(run).estimate["total"]
    shown = text_of(hr.get(address("report_estimation_run", report, run)))
    for number in (found["km"], found["observed"], found["lower"], found["upper"]):
        assert f"{number:,}" in shown
    assert "Probably between" in shown
    assert "By the guidance" in shown
    assert "who live about as far away" in shown
    assert "Fewer than 75 people answered." in shown
    assert "from 75 answers on" in shown
    assert run.inputs_hash[:16] in shown
    assert escape(f"“{NOTE}”") in shown


def test_the_result_leads_to_the_model_card_and_the_choice(report, hr):
    run = estimated(report)
    shown = text_of(hr.get(address("report_estimation_run", report, run)))
    for leads_to in (address("report_model_card", report, run), address("report_estimate_choice", report)):
        assert f'href="{leads_to}' in shown
        assert hr.get(leads_to).status_code == 200


def test_the_same_again_is_said_and_has_its_card(report, hr):
    estimated(report)
    again = estimated(report)
    assert "Nothing changed since" in text_of(hr.get(address("report_estimation_run", report, again)))
    assert hr.get(address("report_model_card", report, again)).status_code == 200


def test_lines_of_fewer_than_five_people_are_hidden():
    def trip(number, chance):
        return Trip(mode="car", fuel="petrol") if number >= 3 else Trip(mode="public_transport")

    report = make_surveyed_report(people=40, answered=25, trip=trip)
    run = estimated(report)
    trains = next(row for row in result_of(run).estimate["lines"] if row["name"] == "public_transport")
    shown = text_of(console(report).get(address("report_estimation_run", report, run)))
    assert "hidden" in shown
    for name in ("observed", "lower", "upper"):
        assert f"{trains[name]:,}" not in shown


def test_the_states_without_a_result_say_what_to_do(report, hr):
    run = start(report)
    stopped = hr.post(address("report_estimation_cancel", report, run), follow=True)
    assert "The estimate was stopped" in text_of(stopped)
    again = start(report)
    with as_owner(report.organisation):
        EstimationRun.objects.filter(pk=again.pk).update(state="failed", failure="interrupted", finished_at=NOW)
    assert "Make the estimate again" in text_of(hr.get(address("report_estimation_run", report, again)))


def test_stopping_twice_is_refused_in_words(report, hr):
    run = estimated(report)
    shown = text_of(hr.post(address("report_estimation_cancel", report, run), follow=True))
    assert "nothing left to stop" in shown
    assert fresh(run).state == "done"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"features": ["site", "nationality"], "council_note": NOTE}, "is sensitive"),
        ({"features": ["shoe size"], "council_note": NOTE}, "cannot use"),
        ({"features": ["site"], "council_note": " "}, "works council knows"),
        ({"features": ["site"], "council_note": "x" * 501}, "at most 500"),
    ],
)
def test_refusals_stand_on_the_page_with_what_was_filled_in(report, hr, sent, said):
    answer = hr.post(address("report_estimation", report), sent)
    assert answer.status_code == 422
    assert said in text_of(answer)
    with as_owner(report.organisation):
        assert not EstimationRun.objects.exists()


def test_everybody_answered_and_too_few_have_nothing_to_start():
    for answered, said in ((12, "Everybody answered"), (4, "Too few answers")):
        report = make_surveyed_report(people=12, answered=answered)
        shown = text_of(console(report).get(address("report_estimation", report)))
        assert said in shown
        assert "Make the estimate" not in shown


def test_without_postcodes_the_page_says_what_they_would_bring():
    report = make_surveyed_report(people=30, answered=15, has_postcodes=False)
    shown = text_of(console(report).get(address("report_estimation", report)))
    assert "Of 15 people who did not answer the distance to work is unknown." in shown
    assert "falls to about a third" in shown


def test_an_open_survey_and_a_frozen_report_say_what_to_do(report, hr):
    with as_owner(report.organisation):
        Campaign.objects.update(state=CampaignState.RUNNING)
    assert "Close the survey first" in text_of(hr.get(address("report_estimation", report)))
    with as_owner(report.organisation):
        Campaign.objects.update(state=CampaignState.CLOSED)
    freeze(report)
    assert "Reopen it" in text_of(hr.get(address("report_estimation", report)))


def test_the_text_for_the_works_council_names_what_is_ticked(report, hr):
    answer = hr.post(address("report_estimation_council", report), {"features": ["department"], "council_note": NOTE})
    text = answer.content.decode("utf-8-sig")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "- Department: " in text
    assert "- Distance from home to work: " in text
    assert "- Site: " not in text
    assert NOTE in text
    run = start(report)
    assert "- Site: " in hr.get(address("report_estimation_council_run", report, run)).content.decode()
    with as_owner(report.organisation):
        assert EstimationRun.objects.count() == 1


def test_a_reader_sees_the_result_and_starts_nothing(report):
    run = estimated(report)
    reader = console(report, role=MemberRole.READER)
    assert reader.get(address("report_estimation_run", report, run)).status_code == 200
    assert reader.get(address("report_estimation", report)).status_code in (403, 404)
    assert reader.post(address("report_estimation_cancel", report, run)).status_code in (403, 404)


def test_another_organisation_finds_nothing(report):
    run = estimated(report)
    stranger = make_surveyed_report(people=8, answered=6, organisation=make_organisation())
    client = console(stranger)
    assert client.get(address("report_estimation_run", report, run)).status_code in (403, 404)
    for route in ("report_estimation_run", "report_estimation_progress", "report_estimation_council_run"):
        assert client.get(address(route, stranger, run)).status_code == 404


def test_a_web_process_loads_nothing_that_computes():
    """A page reads what a worker found; hundreds of megabytes of libraries stay out of the web's processes."""
    code = (
        "import sys, django; django.setup(); import wpm_platform.urls;"
        "print([name for name in ('scipy', 'sklearn', 'reporting.domain.estimation.ladder') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
