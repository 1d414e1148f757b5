"""Freeze, file, reopen: GET asks, POST does."""

import datetime

import pytest
import time_machine
from django.urls import reverse

from reporting.models import ReportVersion
from tests.factories import make_member, make_organisation
from tests.reporting.report_rows import file, fill_in, freeze, make_report
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db

EN = {"accept-language": "en"}


@pytest.fixture
def report():
    return make_report(case="several_fuels")


@pytest.fixture
def hr(client, report):
    client.force_login(make_member(report.organisation))
    return client


def address(report, name):
    return reverse(name, kwargs={"slug": report.organisation.slug, "code": report.code})


def states(report):
    with organisation_scope(report.organisation):
        return list(ReportVersion.objects.order_by("number").values_list("state", flat=True))


def test_freezing_names_the_open_cells_first(hr, report):
    response = hr.get(address(report, "report_freeze"), headers=EN)
    assert response.text.count("Not entered yet") == 33
    response = hr.post(address(report, "report_freeze"), follow=True, headers=EN)
    assert "Some cells have no figure yet." in response.text
    assert states(report) == ["draft"]


def test_a_complete_report_is_frozen_by_a_post_only(hr, report):
    fill_in(report)
    hr.get(address(report, "report_freeze"))
    assert states(report) == ["draft"]
    hr.post(address(report, "report_freeze"))
    assert states(report) == ["frozen"]


def test_freezing_twice_tells_that_it_is_frozen(hr, report):
    freeze(report)
    response = hr.post(address(report, "report_freeze"), follow=True, headers=EN)
    assert "This report is frozen." in response.text
    assert hr.get(address(report, "report_freeze")).status_code == 302


def test_filing_asks_for_day_and_reference(hr, report):
    freeze(report)
    with time_machine.travel(datetime.datetime(2026, 5, 20, 9, tzinfo=datetime.UTC), tick=False):
        hr.force_login(make_member(report.organisation))
        assert 'max="2026-05-20"' in hr.get(address(report, "report_file")).text
        for data in (
            {"filed_on": "2026-05-21", "reference": "RVO-1"},
            {"filed_on": "2026-05-20", "reference": ""},
            {"filed_on": "yesterday", "reference": "RVO-1"},
            {},
        ):
            assert hr.post(address(report, "report_file"), data).status_code == 422
        assert states(report) == ["frozen"]
        hr.post(address(report, "report_file"), {"filed_on": "2026-05-19", "reference": "RVO-1"})
    with organisation_scope(report.organisation):
        version = ReportVersion.objects.get()
    assert (version.state, version.filed_on, version.filing_reference) == (
        "filed",
        datetime.date(2026, 5, 19),
        "RVO-1",
    )


def test_a_draft_has_no_filing_page(hr, report):
    assert hr.get(address(report, "report_file")).status_code == 302
    response = hr.post(
        address(report, "report_file"), {"filed_on": "2026-05-01", "reference": "RVO-1"}, follow=True, headers=EN
    )
    assert "Only a frozen report can be marked as filed." in response.text


def test_reopening_asks_for_a_reason(hr, report):
    file(report)
    assert "change the filing at RVO too" in hr.get(address(report, "report_reopen"), headers=EN).text
    assert hr.post(address(report, "report_reopen"), {"reason": ""}).status_code == 422
    hr.post(address(report, "report_reopen"), {"reason": "A contract was missing"})
    assert states(report) == ["reopened", "draft"]
    assert "A contract was missing" in hr.get(address(report, "report")).text


def test_reopening_a_draft_is_refused(hr, report):
    assert hr.get(address(report, "report_reopen")).status_code == 302
    response = hr.post(address(report, "report_reopen"), {"reason": "x"}, follow=True, headers=EN)
    assert "This report is open already." in response.text


def test_hostile_words_are_shown_as_words(hr, report):
    freeze(report)
    hr.post(address(report, "report_reopen"), {"reason": "<script>alert(1)</script>"})
    text = hr.get(address(report, "report")).text
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


@pytest.mark.parametrize("name", ["report_freeze", "report_file", "report_reopen", "report_campaign"])
def test_another_organisation_finds_no_step(client, report, name):
    other = make_organisation()
    client.force_login(make_member(other))
    where = reverse(name, kwargs={"slug": other.slug, "code": report.code})
    assert client.get(where).status_code == 404
    assert client.post(where, {"reason": "x", "campaign": ""}).status_code == 404
