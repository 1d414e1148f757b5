"""No more reminders: one POST of a mail program is enough, a GET never is, and a person can take it back."""

import datetime

import pytest
import time_machine
from django.test import Client

from surveys.models import Invitation, Response
from tests.factories import (
    NOW,
    as_owner,
    make_campaign,
    make_employee,
    make_invitation,
    make_organisation,
    make_week,
    personal_path,
)
from tests.surveys.views.respond.walk import OPEN, make_open_invitation, text, with_facts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_now")]
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def invitation():
    return make_open_invitation(language="en")


def stop_path(invitation):
    return f"{personal_path(invitation)}stop/"


def opted_out(invitation):
    with as_owner(invitation.organisation):
        return Invitation.objects.get(pk=invitation.pk).opted_out_at


def machine():
    """A mail program: no cookie, no token, and it follows no redirect."""
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_one_click_of_a_mail_program_stops_without_redirect_cookie_or_token(invitation, content_type):
    body = (
        "List-Unsubscribe=One-Click"
        if "urlencoded" in content_type
        else '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
    )
    response = machine().generic("POST", stop_path(invitation), body, content_type=content_type)
    assert (response.status_code, dict(response.cookies)) == (200, {})
    assert text(response) == "You get no more reminders of this survey."
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert opted_out(invitation) == OPEN


def test_one_click_twice_keeps_the_first_moment(invitation):
    machine().post(stop_path(invitation), ONE_CLICK)
    with time_machine.travel(OPEN + datetime.timedelta(hours=1), tick=False):
        assert machine().post(stop_path(invitation), ONE_CLICK).status_code == 200
    assert opted_out(invitation) == OPEN


def test_looking_changes_nothing(invitation):
    for method in ("get", "head"):
        assert getattr(Client(), method)(stop_path(invitation), ONE_CLICK).status_code == 200
    for method in ("put", "delete", "options", "patch"):
        assert getattr(Client(), method)(stop_path(invitation)).status_code == 405
    assert opted_out(invitation) is None


def test_a_person_stops_reads_what_that_means_and_takes_it_back(invitation):
    client = Client()
    asked = text(client.get(stop_path(invitation)))
    assert "This is about this survey only." in asked
    assert "Stopping the reminders deletes nothing." in asked
    stopped = client.post(stop_path(invitation), {"choice": "stop"})
    assert (stopped.status_code, stopped["Location"]) == (302, stop_path(invitation))
    assert opted_out(invitation) == OPEN
    assert "You get no more reminders" in text(client.get(stop_path(invitation)))
    assert client.post(stop_path(invitation), {"choice": "resume"}).status_code == 302
    assert opted_out(invitation) is None
    assert client.post(stop_path(invitation), {"choice": "resume"}).status_code == 302  # done twice


def test_it_is_about_this_campaign_and_this_person(invitation):
    organisation, employee = invitation.organisation, invitation.employee
    same_campaign = make_invitation(
        make_week(invitation.campaign, monday=invitation.week.monday + datetime.timedelta(days=7)), employee
    )
    other_campaign = make_invitation(make_week(make_campaign(organisation)), employee)
    colleague = make_invitation(invitation.week, make_employee(organisation))
    machine().post(stop_path(invitation), ONE_CLICK)
    assert [opted_out(row) for row in (same_campaign, other_campaign, colleague)] == [OPEN, None, None]
    Client().post(stop_path(same_campaign), {"choice": "resume"})
    assert opted_out(invitation) is None


def test_deleting_the_answers_is_another_page_that_asks_again(invitation):
    assert 'value="delete"' not in text(Client().get(stop_path(invitation)))
    with_facts(invitation)
    client = Client()
    assert 'value="delete"' in text(client.get(stop_path(invitation)))
    response = client.post(stop_path(invitation), {"choice": "delete"})
    assert (response.status_code, response["Location"]) == (302, "/answer/delete/")
    assert client.get("/answer/delete/").status_code == 200
    assert opted_out(invitation) is None
    with as_owner(invitation.organisation):
        assert Response.objects.count() == 1
    assert client.post("/answer/delete/")["Location"].startswith("/answer/deleted/")
    with as_owner(invitation.organisation):
        assert Response.objects.count() == 0


def test_deleting_without_answers_leads_back(invitation):
    response = Client().post(stop_path(invitation), {"choice": "delete"})
    assert (response.status_code, response["Location"], dict(response.cookies)) == (302, stop_path(invitation), {})
    assert opted_out(invitation) is None


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        ("campaign", {"state": "closed"}),
        ("campaign", {"state": "paused"}),
        ("invitation", {"withdrawn_at": NOW}),
        ("week", {"closes_at": OPEN}),
    ],
)
def test_stopping_works_when_answering_does_not(invitation, model, fields):
    row = invitation if model == "invitation" else getattr(invitation, model)
    with as_owner(invitation.organisation):
        type(row).objects.filter(pk=row.pk).update(**fields)
    assert Client().get(stop_path(invitation)).status_code == 200
    assert machine().post(stop_path(invitation), ONE_CLICK).status_code == 200
    assert opted_out(invitation) == OPEN


def test_link_to_an_earlier_address_stops_nothing(invitation):
    old = stop_path(invitation)
    with as_owner(invitation.organisation):
        Invitation.objects.update(link_version=2)
    assert machine().post(old, ONE_CLICK).status_code == 404
    assert opted_out(invitation) is None


def test_unknown_link_is_not_found():
    make_organisation()
    assert machine().post("/r/forged/stop/", ONE_CLICK).status_code == 404
