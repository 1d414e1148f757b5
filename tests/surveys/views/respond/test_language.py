"""Employees read their own language, switch it without losing anything, and nobody can do harm with the switch."""

import re

import pytest
from django.conf import settings
from django.test import Client

from surveys.models import DayAnswer, Invitation, Response
from tests.factories import as_owner, make_employee, make_invitation, personal_path
from tests.surveys.views.respond.walk import DAYS, make_open_invitation, started, tap, text, with_facts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_now")]
LANGUAGES = [code for code, _name in settings.EMPLOYEE_LANGUAGES]
COOKIE = "employee_language"


def spoken(response) -> tuple[str, str]:
    """`lang` and `dir` of the page."""
    found = re.search(r'<html lang="([a-z]+)" dir="([a-z]+)">', text(response))
    assert found
    return found[1], found[2]


def person_on(response) -> str:
    """What the switch on the page says about whose page it is."""
    found = re.search(r'name="person" value="([^"]*)"', text(response))
    assert found
    return found[1]


def switch(client, path, language):
    """What a tap on a language does: the form of that very page."""
    return client.post(path, {"language": language, "person": person_on(client.get(path))})


def stored(invitation: Invitation) -> tuple[list[dict], list[dict]]:
    with as_owner(invitation.organisation):
        return list(Response.objects.values()), list(DayAnswer.objects.order_by("date").values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_in_the_language_of_the_staff_list(language):
    response = Client().get(personal_path(make_open_invitation(language=language)))
    assert spoken(response) == (language, "rtl" if language == "ar" else "ltr")
    assert response["Content-Language"] == language


def test_right_to_left_keeps_the_order_of_figures_and_has_its_own_comma():
    """A telephone number read from the wrong end would ring somewhere else."""
    invitation = make_open_invitation(language="ar")
    client = with_facts(invitation)
    tap(client, DAYS[0], "car")
    tap(client, "/answer/vehicle/car/fuel/", "diesel")
    tap(client, "/answer/vehicle/car/provider/", "employer")
    for path in DAYS[1:]:
        tap(client, path, "copy")
    tap(client, "/answer/weekend/", "no")
    page = text(client.get("/answer/check/"))
    assert '<a href="tel:0100000000" dir="ltr">010 000 00 00</a>' in page
    assert "ديزل، من صاحب العمل" in page


def test_every_language_stands_on_the_page_in_its_own_name():
    page = text(Client().get(personal_path(make_open_invitation(language="nl"))))
    for code, name in settings.EMPLOYEE_LANGUAGES:
        assert re.search(rf'<button [^>]*name="language" value="{code}" lang="{code}"[^>]*>{name}</button>', page)
    assert page.count('aria-current="true"') == 1


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("pl-PL,pl;q=0.9,en;q=0.8", "pl"),
        ("pt-BR", "pt"),
        ("zh-CN,uk;q=0.5,en;q=0.1", "uk"),
        ("en;q=0.2,ro;q=0.9", "ro"),
        ("zh", "nl"),
        ("", "nl"),
        (";;q=x,,é", "nl"),
    ],
)
def test_before_anybody_is_known_the_browser_says_the_language(asked, language):
    assert spoken(Client().get("/r/unknown/", headers={"accept-language": asked}))[0] == language


def test_a_switch_in_the_middle_keeps_every_answer_and_code():
    invitation = make_open_invitation(language="en")
    client = with_facts(invitation)
    tap(client, DAYS[0], "public_transport")
    before = stored(invitation)
    for language in LANGUAGES:
        response = switch(client, DAYS[1], language)
        assert (response.status_code, response["Location"]) == (302, DAYS[1])
        assert spoken(client.get(DAYS[1]))[0] == language
        assert stored(invitation) == before
    switch(client, DAYS[1], "nl")
    assert "Zelfde als maandag (openbaar vervoer)" in text(client.get(DAYS[1]))


def test_the_same_taps_store_the_same_codes_in_every_language():
    weeks = []
    for language in LANGUAGES:
        invitation = make_open_invitation(language=language)
        client = with_facts(invitation)
        tap(client, DAYS[0], "car")
        tap(client, "/answer/vehicle/car/fuel/", "diesel")
        tap(client, "/answer/vehicle/car/provider/", "employer")
        tap(client, DAYS[1], "copy")
        tap(client, DAYS[2], "home")
        with as_owner(invitation.organisation):
            days = DayAnswer.objects.filter(response__invitation=invitation).order_by("date")
            weeks.append(list(days.values_list("whereabouts", "mode", "fuel", "is_copied")))
    assert weeks == [weeks[0]] * len(LANGUAGES)


def test_looking_never_switches():
    client = started(make_open_invitation(language="en"))
    for path in ("/answer/facts/?language=ar", "/answer/facts/?language=ar&person="):
        assert spoken(client.get(path))[0] == "en"
    assert COOKIE not in client.cookies


def test_the_switch_needs_the_token_of_the_form():
    invitation = make_open_invitation(language="en")
    client = Client(enforce_csrf_checks=True)
    path = personal_path(invitation)
    page = client.get(path)
    refused = client.post(path, {"language": "ar", "person": person_on(page)})
    assert (refused.status_code, COOKIE in client.cookies) == (403, False)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text(page))
    assert token
    asked = {"language": "ar", "person": person_on(page), "csrfmiddlewaretoken": token[1]}
    assert client.post(path, asked)["Location"] == path
    assert spoken(client.get(path)) == ("ar", "rtl")


def test_the_switch_leads_nowhere_else():
    client = started(make_open_invitation())
    for extra in ({"next": "https://evil.example/"}, {"next": "//evil.example/"}):
        assert client.post("/answer/facts/", {"language": "pl", "person": "", **extra})["Location"] == "/answer/facts/"
    queried = client.post("/r/x/?next=//evil.example/", {"language": "pl", "person": ""})
    assert queried["Location"].startswith("/r/x/")


@pytest.mark.parametrize(
    ("language", "person"),
    [
        ("zh", ""),
        ("", ""),
        ("nl\r\nSet-Cookie: x=1", ""),
        ("pl", "x"),
        ("pl", "0" * 17),
        ("pl", "; Path"),
        ("PL", ""),
    ],
)
def test_what_no_form_of_ours_sends_changes_nothing(language, person):
    client = started(make_open_invitation(language="en"))
    response = client.post("/answer/facts/", {"language": language, "person": person})
    assert (response.status_code, response["Location"]) == (302, "/answer/facts/")
    assert COOKIE not in client.cookies
    assert spoken(client.get("/answer/facts/"))[0] == "en"


@pytest.mark.parametrize("value", ["zh.", "pl", "pl.0123456789abcdef", ".", "é.ü", "pl.pl.pl", "x" * 4000])
def test_any_cookie_is_bearable(value):
    client = started(make_open_invitation(language="en"))
    client.cookies[COOKIE] = value
    assert spoken(client.get("/answer/facts/"))[0] == ("pl" if value == "pl" else "en")


def test_on_a_shared_phone_the_next_person_reads_their_own_language():
    first = make_open_invitation(language="en")
    with as_owner(first.organisation):
        second = make_invitation(first.week, make_employee(first.organisation, language="de"))
    client = Client()
    switch(client, personal_path(first), "tr")
    assert spoken(client.get(personal_path(first)))[0] == "tr"
    assert spoken(client.get(personal_path(second)))[0] == "de"
    assert str(first.employee.code) not in client.cookies[COOKIE].value


def test_the_switch_on_a_page_that_knows_nobody_holds_for_everybody_here():
    client = Client(headers={"accept-language": "nl"})
    page = client.get("/r/unknown/")
    assert person_on(page) == ""
    client.post("/r/unknown/", {"language": "bg", "person": ""})
    assert spoken(client.get(personal_path(make_open_invitation(language="de"))))[0] == "bg"


def test_the_switch_is_no_answer_and_no_start():
    invitation = make_open_invitation(language="en")
    client = Client()
    response = switch(client, personal_path(invitation), "fr")
    assert response["Location"] == personal_path(invitation)
    assert response["Referrer-Policy"] == "strict-origin"
    assert "answer" not in client.cookies
    assert stored(invitation) == ([], [])


def test_the_console_keeps_its_two_languages():
    client = Client(headers={"accept-language": "pl"})
    client.cookies[COOKIE] = "pl."
    assert 'lang="nl"' in text(client.get("/account/login/"))
