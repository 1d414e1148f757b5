"""Typing the code of a slip: the right one opens the own week, as the personal link does."""

import datetime
import re

import pytest
from django.test import Client

from surveys.domain.guessing import FREE_MISTAKES, PAUSE_SECONDS
from surveys.models import Employee, Invitation, PaperCode, Response
from tests.factories import NOW, as_owner, make_organisation, make_response
from tests.surveys.campaigns import rows
from tests.surveys.paper_rows import LATER, make_paper_people, print_again, print_list

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(time_machine):
    time_machine.move_to(LATER, tick=False)


@pytest.fixture
def asked():
    _organisation, _campaign, (invitation,) = make_paper_people(1)
    return invitation


@pytest.fixture
def code(asked):
    return str(print_list(asked.campaign)[1][0].code)


def address(invitation):
    return f"/e/{invitation.organisation.slug}/code/"


def test_the_right_code_starts_the_own_week(client, asked, code):
    response = client.post(address(asked), {"code": code.lower()})
    assert (response.status_code, response["Location"]) == (302, "/answer/")
    assert client.get("/answer/", follow=True).status_code == 200
    assert rows(Response, asked.organisation, "invitation_id") == [asked.pk]
    assert rows(Invitation, asked.organisation, "started_at") == [LATER]


def test_typed_twice_and_on_two_devices_it_is_one_response(asked, code):
    for device in (Client(), Client(), Client()):
        assert device.post(address(asked), {"code": code})["Location"] == "/answer/"
    assert len(rows(Response, asked.organisation)) == 1


def test_looking_at_the_page_opens_nothing_and_no_address_holds_a_code(client, asked, code):
    page = client.get(f"{address(asked)}?code={code}")
    assert (page.status_code, "answer" in client.cookies) == (200, False)
    assert code.encode() not in page.content
    assert "no-store" in page.headers["Cache-Control"]


@pytest.mark.parametrize("typed", ["", "CCCC-DDDD", "hallo", "CCCC-DDD0", "x" * 400])
def test_a_wrong_code_is_said_beside_the_field_and_is_not_shown_again(client, asked, code, typed):
    page = client.post(address(asked), {"code": typed})
    assert page.status_code == 422
    assert b"error-summary" in page.content
    assert b'aria-invalid="true"' in page.content
    assert not typed or typed.encode() not in page.content
    assert "answer" not in client.cookies


def test_a_right_look_up_part_is_answered_like_a_made_up_one(asked, code):
    other = "CCCC" if code[5:] != "CCCC" else "DDDD"
    pages = [Client().post(address(asked), {"code": typed}) for typed in (code[:5] + other, "CCCC" + other)]
    assert len({(page.status_code, _without_token(page)) for page in pages}) == 1


def _without_token(page):
    return re.sub(r'csrfmiddlewaretoken" value="[^"]*"', "", page.content.decode())


def test_another_employers_page_does_not_know_the_code(client, asked, code):
    other = make_organisation()
    assert client.post(f"/e/{other.slug}/code/", {"code": code}).status_code == 422
    assert rows(Response, asked.organisation) == []


def test_an_employer_that_does_not_exist_is_not_found(client):
    for page in ("code", "kiosk", "kiosk/stop"):
        assert client.get(f"/e/no-such-employer/{page}/").status_code == 404
    assert client.post("/e/no-such-employer/kiosk/clear/").status_code == 404


def test_a_replaced_code_stops_working_and_the_new_one_goes_on_where_it_was(client, asked, code):
    client.post(address(asked), {"code": code})
    _made, (slip,) = print_again(asked)
    assert Client().post(address(asked), {"code": code}).status_code == 422
    assert Client().post(address(asked), {"code": str(slip.code)})["Location"] == "/answer/"
    assert len(rows(Response, asked.organisation)) == 1


@pytest.mark.parametrize(
    ("moment", "status"),
    [(NOW - datetime.timedelta(days=1), 200), (NOW + datetime.timedelta(days=20), 410)],
)
def test_before_the_opening_and_after_the_last_day_a_calm_page_says_so(
    client, asked, code, time_machine, moment, status
):
    time_machine.move_to(moment, tick=False)
    page = client.post(address(asked), {"code": code})
    assert (page.status_code, "answer" in client.cookies) == (status, False)
    assert rows(Response, asked.organisation) == []


def test_a_closed_campaign_takes_no_code(client, asked, code):
    with as_owner(asked.organisation):
        type(asked.campaign).objects.filter(pk=asked.campaign_id).update(state="closed", closed_at=LATER)
    assert client.post(address(asked), {"code": code}).status_code == 410


def test_who_answered_sees_and_deletes_it_with_the_same_code_when_the_survey_is_over(client, asked, code):
    make_response(asked)
    with as_owner(asked.organisation):
        type(asked).objects.filter(pk=asked.pk).update(answered_at=NOW)
        type(asked.campaign).objects.filter(pk=asked.campaign_id).update(state="closed", closed_at=LATER)
    page = client.post(address(asked), {"code": code})
    assert (page.status_code, 'href="/answer/own/"' in page.text) == (410, True)
    assert "Verwijder mijn antwoorden" in client.get("/answer/own/").text
    client.post("/answer/own/")
    assert "Verwijder mijn antwoorden" not in client.get("/answer/own/").text


def test_who_left_is_told_so(client, asked, code):
    with as_owner(asked.organisation):
        Employee.objects.filter(pk=asked.employee_id).update(left_at=LATER)
    assert client.post(address(asked), {"code": code}).status_code == 410


def test_what_was_answered_by_a_mailed_link_before_is_shown_to_nobody_and_can_be_left_or_deleted(client, asked, code):
    """The address was changed since: who holds the slip may be another person than who got the mail."""
    make_response(asked)
    with as_owner(asked.organisation):
        Employee.objects.filter(pk=asked.employee_id).update(email="nieuw@voorbeeld.example")
    page = client.post(address(asked), {"code": code})
    assert (page.status_code, "answer" in client.cookies) == (409, False)
    assert b'name="afresh"' in page.content
    assert len(rows(Response, asked.organisation)) == 1
    assert client.post(address(asked), {"code": code, "afresh": "on"})["Location"] == "/answer/"
    assert rows(Response, asked.organisation, "submitted_at") == [None]


def test_too_many_wrong_codes_are_told_when_to_come_back(client, asked, code):
    wrong = code[:5] + ("CCCC" if code[5:] != "CCCC" else "DDDD")
    for _time in range(FREE_MISTAKES + 1):
        client.post(address(asked), {"code": wrong})
    page = client.post(address(asked), {"code": code})
    assert (page.status_code, page.headers["Retry-After"]) == (429, str(PAUSE_SECONDS))
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert elsewhere.post(address(asked), {"code": code})["Location"] == "/answer/"


def test_deleting_the_answers_leaves_the_code_working(client, asked, code):
    client.post(address(asked), {"code": code})
    client.post("/answer/delete/")
    assert rows(Response, asked.organisation) == []
    assert client.post(address(asked), {"code": code})["Location"] == "/answer/"


def test_a_second_person_on_the_same_phone_answers_the_own_week(client, asked, code):
    client.post(address(asked), {"code": code})
    _organisation, campaign, (second,) = make_paper_people(1, organisation=asked.organisation)
    _made, (slip,) = print_list(campaign)
    client.post(address(second), {"code": str(slip.code)})
    assert sorted(rows(Response, asked.organisation, "invitation_id")) == [asked.pk, second.pk]
    assert len(rows(PaperCode, asked.organisation)) == 2
