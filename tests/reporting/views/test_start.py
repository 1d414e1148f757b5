"""The start page: the yearly path and what needs attention."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from surveys.enums import CampaignState
from surveys.models import Campaign
from tests.factories import (
    as_owner,
    make_campaign,
    make_employee,
    make_invitation,
    make_legal_entity,
    make_member,
    make_organisation,
    make_site,
    make_week,
)
from tests.reporting.report_rows import file, fill_in, freeze, make_report
from wpm_platform.organisations.enums import MemberRole

pytestmark = pytest.mark.django_db


def start(client, organisation, *, on=datetime.date(2026, 4, 1), query="?year=2025", role=MemberRole.HR_ADMIN):
    moment = datetime.datetime.combine(on, datetime.time(10), tzinfo=datetime.UTC)
    with time_machine.travel(moment, tick=False):
        client.force_login(make_member(organisation, role=role))
        return client.get(reverse("console_start", kwargs={"slug": organisation.slug}) + query)


def states(response):
    return {name: state.value for name, state in response.context["path"].states.items()}


def kinds(response):
    return [item.kind.value for item in response.context["path"].attention]


def link(organisation, name, **kwargs):
    return reverse(name, kwargs={"slug": organisation.slug, **kwargs})


def test_a_new_organisation_is_told_to_begin_with_its_staff(client):
    organisation = make_organisation()
    response = start(client, organisation)
    assert list(states(response).values()) == ["now", "later", "later", "later", "later"]
    assert kinds(response) == ["no_legal_entity"]
    assert link(organisation, "staff_import_new") in response.text


def test_with_staff_the_campaign_is_next(client):
    organisation = make_organisation()
    make_employee(organisation)
    response = start(client, organisation)
    assert list(states(response).values()) == ["done", "now", "later", "later", "later"]
    assert link(organisation, "campaign_new") in response.text


def test_a_running_campaign_shows_its_response_and_its_last_days(client):
    organisation = make_organisation()
    campaign = make_campaign(organisation, name="Reisweek lente", reporting_year=2025)
    opens_at = datetime.datetime(2026, 3, 20, 8, tzinfo=datetime.UTC)
    week = make_week(campaign, opens_at=opens_at, closes_at=datetime.datetime(2026, 4, 3, 8, tzinfo=datetime.UTC))
    for answered_at in (opens_at, None, None):
        make_invitation(week, make_employee(organisation), answered_at=answered_at)
    response = start(client, organisation)
    path = response.context["path"]
    assert (path.invited, path.answered) == (3, 1)
    assert list(states(response).values()) == ["done", "done", "now", "later", "later"]
    (item,) = path.attention
    assert (item.kind, item.count, item.campaign) == ("campaign_closes_soon", 2, campaign)


@pytest.mark.parametrize(
    ("state", "kind"),
    [(CampaignState.DRAFT, "campaign_not_started"), (CampaignState.PAUSED, "campaign_paused")],
)
def test_a_campaign_that_stands_still_needs_attention(client, state, kind):
    organisation = make_organisation()
    make_employee(organisation)
    make_campaign(organisation, state=state, reporting_year=2025)
    assert kinds(start(client, organisation)) == [kind]


def test_open_figures_then_freezing_then_filing(client):
    report = make_report(case="several_fuels")
    organisation = report.organisation
    response = start(client, organisation)
    assert (states(response)["check"], kinds(response)) == ("now", ["cells_open"])
    fill_in(report)
    assert kinds(start(client, organisation)) == []
    freeze(report)
    response = start(client, organisation)
    assert (states(response)["check"], states(response)["file"]) == ("done", "now")


def test_a_filed_report_ends_the_year(client):
    report = make_report(case="several_fuels")
    file(report)
    response = start(client, report.organisation, on=datetime.date(2026, 8, 1))
    assert set(states(response).values()) == {"done"}
    assert kinds(response) == []


def test_two_legal_entities_need_two_reports(client):
    report = make_report(case="several_fuels")
    make_legal_entity(report.organisation)
    file(report)
    assert states(start(client, report.organisation))["file"] == "later"


def test_a_closed_survey_that_the_report_does_not_use_needs_attention(client):
    report = make_report(case="several_fuels")
    with as_owner(report.organisation):
        type(report).objects.filter(pk=report.pk).update(campaign=None)
    assert kinds(start(client, report.organisation)) == ["survey_not_chosen"]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (datetime.date(2026, 4, 30), []),
        (datetime.date(2026, 5, 1), ["deadline_near"]),
        (datetime.date(2026, 6, 30), ["deadline_near"]),
        (datetime.date(2026, 7, 1), ["deadline_passed"]),
    ],
)
def test_the_deadline_draws_near(client, on, expected):
    report = make_report(case="several_fuels")
    fill_in(report)
    assert kinds(start(client, report.organisation, on=on)) == expected


@pytest.mark.parametrize(
    ("on", "year"),
    [(datetime.date(2026, 6, 30), 2025), (datetime.date(2026, 7, 1), 2026), (datetime.date(2040, 1, 1), 2027)],
)
def test_the_year_shown_is_the_one_that_is_due_next(client, on, year):
    assert start(client, make_organisation(), on=on, query="").context["path"].reporting_year == year


@pytest.mark.parametrize("query", ["?year=1999", "?year=9999"])
def test_a_year_without_parameters_is_not_found(client, query):
    assert start(client, make_organisation(), query=query).status_code == 404


@pytest.mark.parametrize("query", ["?year=abc", "?year=", "?year=20266"])
def test_a_year_that_is_none_falls_back(client, query):
    assert start(client, make_organisation(), query=query).context["path"].reporting_year == 2025


def test_a_reader_sees_the_path_without_what_only_hr_may_do(client):
    organisation = make_organisation()
    make_employee(organisation)
    response = start(client, organisation, role=MemberRole.READER)
    assert link(organisation, "campaign_new") not in response.text
    assert link(organisation, "staff_list") not in response.text


def test_a_site_lead_sees_no_figures_of_the_organisation(client):
    organisation = make_organisation()
    make_employee(organisation)
    lead = make_member(organisation, role=MemberRole.SITE_LEAD, site=make_site(organisation))
    client.force_login(lead)
    response = client.get(link(organisation, "console_start"))
    assert "path" not in response.context
    assert link(organisation, "staff_list") in response.text


def test_the_newest_started_campaign_of_the_year_counts(client):
    organisation = make_organisation()
    created_at = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)
    started = make_campaign(organisation, reporting_year=2025, created_at=created_at)
    make_campaign(organisation, state=CampaignState.DRAFT, reporting_year=2025)
    make_campaign(organisation, reporting_year=2026)
    assert start(client, organisation).context["path"].campaign == started
    with as_owner(organisation):
        assert Campaign.objects.count() == 3


def test_number_of_queries_does_not_grow_with_reports(client):
    report = make_report(case="one_person")
    counts = []
    for more in (0, 2):
        for _ in range(more):
            make_report(case="one_person", organisation=report.organisation)
        start(client, report.organisation)
        with CaptureQueriesContext(connection) as queries:
            client.get(link(report.organisation, "console_start") + "?year=2025")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_second_survey_does_not_hide_that_the_report_is_fixed(client):
    report = make_report()
    freeze(report)
    make_campaign(
        report.organisation, reporting_year=report.reporting_year, created_at=datetime.datetime.now(datetime.UTC)
    )
    response = start(client, report.organisation, query=f"?year={report.reporting_year}")
    assert response.context["path"].campaign == report.campaign
    assert states(response) | {"staff": "done"} == {
        "staff": "done",
        "campaign": "done",
        "answers": "done",
        "check": "done",
        "file": "now",
    }
