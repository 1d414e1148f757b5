"""A shared screen: marked once, cleared between people, and worth nothing a few minutes after the last page."""

import datetime

import pytest
from django.test import Client

from surveys.views.respond.ticket import KIOSK_MAX_AGE
from tests.factories import personal_path
from tests.surveys.paper_rows import LATER, make_paper_people, print_list

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(LATER, tick=False)
    return time_machine


@pytest.fixture
def asked():
    _organisation, _campaign, (invitation,) = make_paper_people(1)
    return invitation


@pytest.fixture
def kiosk(asked):
    return f"/e/{asked.organisation.slug}/kiosk/"


@pytest.fixture
def screen(kiosk):
    """A browser that was made a shared screen."""
    client = Client()
    client.post(kiosk, {"choice": "begin"})
    return client


@pytest.fixture
def answering(screen, kiosk, asked):
    """The same, with somebody in the middle of their week."""
    _made, (slip,) = print_list(asked.campaign)
    assert screen.post(kiosk, {"code": str(slip.code)})["Location"] == "/answer/"
    return screen


def seconds(number):
    return datetime.timedelta(seconds=number)


def test_a_browser_becomes_a_shared_screen_by_a_post_only(kiosk):
    client = Client()
    page = client.get(kiosk)
    assert (b'name="code"' in page.content, client.cookies.keys() & {"kiosk"}) == (False, set())
    client.post(kiosk, {"choice": "begin"})
    assert client.cookies["kiosk"]["httponly"]
    assert b'name="code"' in client.get(kiosk).content


def test_a_code_on_a_browser_that_is_no_shared_screen_is_not_looked_at(kiosk, asked):
    _made, (slip,) = print_list(asked.campaign)
    page = Client().post(kiosk, {"code": str(slip.code)})
    assert (page.status_code, "Location" in page.headers) == (200, False)


def test_every_page_of_a_shared_screen_can_be_cleared_and_those_of_a_phone_cannot(answering, asked):
    page = answering.get("/answer/", follow=True).content
    assert b"data-kiosk-seconds" in page
    assert b"kiosk.js" in page
    phone = Client()
    phone.post(personal_path(asked))
    page = phone.get("/answer/", follow=True).content
    assert b"kiosk" not in page


def test_clearing_forgets_the_person_and_the_language_and_stays_a_shared_screen(answering, kiosk):
    answering.cookies["employee_language"] = "ar."
    response = answering.post(f"{kiosk}clear/")
    assert (response.status_code, response["Location"]) == (302, kiosk)
    assert "storage" in response.headers["Clear-Site-Data"]
    assert (answering.cookies["answer"].value, answering.cookies["employee_language"].value) == ("", "")
    assert answering.get("/answer/").status_code == 403
    assert b'name="code"' in answering.get(kiosk).content


def test_clearing_takes_a_post_and_done_twice_is_the_same(answering, kiosk):
    assert answering.get(f"{kiosk}clear/").status_code == 405
    for _time in range(2):
        assert answering.post(f"{kiosk}clear/")["Location"] == kiosk


def test_the_start_page_forgets_who_walked_away(answering, kiosk):
    answering.get(kiosk)
    assert answering.get("/answer/").status_code == 403


def test_without_a_script_the_ticket_ends_a_few_minutes_after_the_last_page(answering, clock):
    clock.move_to(LATER + seconds(KIOSK_MAX_AGE - 1), tick=False)
    assert answering.get("/answer/facts/").status_code == 200
    clock.move_to(LATER + seconds(2 * KIOSK_MAX_AGE - 2), tick=False)
    assert answering.get("/answer/facts/").status_code == 200
    clock.move_to(LATER + seconds(3 * KIOSK_MAX_AGE), tick=False)
    assert answering.get("/answer/facts/").status_code == 403


def test_a_personal_link_opened_on_a_shared_screen_ends_as_soon(screen, asked, clock):
    screen.post(personal_path(asked))
    assert screen.get("/answer/facts/").status_code == 200
    clock.move_to(LATER + seconds(KIOSK_MAX_AGE + 1), tick=False)
    assert screen.get("/answer/facts/").status_code == 403


def test_a_ticket_of_a_phone_lasts(asked, clock):
    phone = Client()
    phone.post(personal_path(asked))
    clock.move_to(LATER + datetime.timedelta(days=3), tick=False)
    assert phone.get("/answer/facts/").status_code == 200


def test_deleting_ones_answers_on_a_shared_screen_takes_the_ticket_too(answering):
    answering.post("/answer/delete/")
    assert answering.get("/answer/").status_code == 403


def test_no_page_of_a_shared_screen_is_kept(answering, kiosk):
    for address in (kiosk, "/answer/facts/"):
        assert "no-store" in answering.get(address).headers["Cache-Control"]


def test_a_made_up_cookie_does_no_harm(asked):
    client = Client()
    for value in ("../../x", "é", "", "a" * 3000, '"><script>'):
        client.cookies["kiosk"] = value.encode("ascii", "ignore").decode()
        page = client.get(f"/e/{asked.organisation.slug}/code/")
        assert page.status_code == 200
        assert b"<script>" not in page.content


def test_a_shared_screen_can_become_an_ordinary_browser_again(answering, kiosk):
    assert answering.get(f"{kiosk}stop/").status_code == 200
    answering.post(f"{kiosk}stop/")
    assert answering.get("/answer/").status_code == 403
    assert b'name="code"' not in answering.get(kiosk).content
