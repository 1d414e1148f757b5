"""What the script of a lost connection gets: the address of the next page, and nothing else that differs."""

import pytest
from django.test import Client

from surveys.models import DayAnswer
from tests.factories import as_owner, personal_path
from tests.surveys.views.respond.walk import DAYS, make_open_invitation, with_facts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_now")]
BY_SCRIPT = {"Prefer": "return=minimal"}


def test_an_answer_by_script_tells_where_the_next_page_is():
    client = with_facts(make_open_invitation())
    answer = client.post(DAYS[0], {"choice": "walking"}, headers=BY_SCRIPT)
    assert (answer.status_code, answer["Location"], answer.content) == (200, DAYS[1], b"")
    assert answer["Preference-Applied"] == "return=minimal"


def test_without_the_wish_it_is_a_redirect_as_ever():
    client = with_facts(make_open_invitation())
    assert client.post(DAYS[0], {"choice": "walking"}).status_code == 302


def test_start_by_script_sets_the_same_cookie():
    client = Client()
    answer = client.post(personal_path(make_open_invitation()), headers=BY_SCRIPT)
    assert (answer.status_code, answer["Location"]) == (200, "/answer/facts/")
    assert client.cookies["answer"]["httponly"]
    assert client.get("/answer/", headers=BY_SCRIPT).status_code == 302


def test_a_refusal_by_script_is_the_same_page():
    client = with_facts(make_open_invitation())
    answer = client.post(DAYS[0], {"choice": "teleport"}, headers=BY_SCRIPT)
    assert (answer.status_code, "Location" in answer) == (422, False)
    assert Client().post(DAYS[0], {"choice": "walking"}, headers=BY_SCRIPT).status_code == 403


def test_the_script_passes_the_same_check_of_forms():
    invitation = make_open_invitation()
    client = Client(enforce_csrf_checks=True)
    assert client.post(personal_path(invitation), headers=BY_SCRIPT).status_code == 403


def test_the_console_knows_no_such_wish(client):
    assert client.post("/account/login/", {}, headers=BY_SCRIPT).status_code == 200
    assert client.get("/o/voorbeeld/", headers=BY_SCRIPT).status_code == 302


def test_sent_five_times_it_is_one_day():
    invitation = make_open_invitation()
    client = with_facts(invitation)
    for _again in range(5):
        assert client.post(DAYS[0], {"choice": "walking"}, headers=BY_SCRIPT)["Location"] == DAYS[1]
    with as_owner(invitation.organisation):
        assert DayAnswer.objects.count() == 1
