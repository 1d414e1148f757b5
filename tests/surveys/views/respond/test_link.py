"""The personal link: shows, stores nothing, starts by POST, and wins over any cookie."""

import datetime
from urllib.parse import quote
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.core import signing
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from surveys.domain.personal_link import personal_token
from surveys.enums import CampaignState
from surveys.models import Invitation, Response
from tests.factories import NOW, as_owner, make_employee, make_invitation, personal_path
from tests.surveys.views.respond.walk import DAYS, OPEN, make_open_invitation, started, text, with_facts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_now")]

# What a browser can send in a cookie.
PRINTABLE = st.characters(min_codepoint=32, max_codepoint=126)


def heading(response) -> str:
    return text(response).split("<h1>")[1].split("</h1>")[0].strip()


def test_the_page_says_who_asks_and_stores_nothing():
    invitation = make_open_invitation(language="en")
    client = Client()
    response = client.get(personal_path(invitation))
    assert (response.status_code, heading(response)) == (200, "How did you travel to work?")
    assert "Voorbeeld Fietsfabriek" in text(response)
    assert "Your employer sees that you answered, not what you answered." in text(response)
    assert set(client.cookies) == {settings.CSRF_COOKIE_NAME}
    assert client.head(personal_path(invitation)).status_code == 200
    with as_owner(invitation.organisation):
        assert Response.objects.count() == 0
        assert Invitation.objects.get().started_at is None


def test_the_week_is_said_without_naming_its_month_twice():
    page = Client().get(personal_path(make_open_invitation(language="nl")))
    assert "Het gaat over de week van 9 tot en met 15 maart 2026." in text(page)


def test_start_gives_a_cookie_for_the_answer_pages_only_and_a_clean_address():
    invitation = make_open_invitation()
    client = started(invitation)
    cookie = client.cookies["answer"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/answer/", True, "Lax")
    assert cookie["max-age"] == 14 * 24 * 3600
    token = personal_path(invitation).split("/")[2]
    assert token not in cookie.value
    content = signing.loads(cookie.value, salt="surveys.answer-ticket")
    assert content == {"code": str(invitation.code), "version": 1}


def test_start_asks_for_a_csrf_token():
    invitation = make_open_invitation()
    response = Client(enforce_csrf_checks=True).post(personal_path(invitation))
    assert response.status_code == 403


def test_a_link_wins_over_the_cookie_of_a_colleague():
    first = make_open_invitation()
    second = make_invitation(first.week, make_employee(first.organisation))
    client = with_facts(first)
    started(second, client=client)
    assert client.get("/answer/", follow=True).redirect_chain == [("/answer/facts/", 302)]


@pytest.mark.parametrize("change", [str.upper, lambda token: token[:-1], lambda token: token + "A", lambda _: "x"])
def test_an_altered_link_is_told_what_to_do(change):
    invitation = make_open_invitation()
    token = personal_path(invitation).split("/")[2]
    for path in (f"/r/{change(token)}/", f"/r/{change(token)}/stop/"):
        for response in (Client().get(path), Client().post(path)):
            assert response.status_code == 404
            assert heading(response) in ("Deze link werkt niet", "This link does not work")


def test_a_genuine_looking_link_of_nobody_is_unknown():
    token = personal_token(code=uuid4(), version=1, key=settings.LINK_KEY)
    assert Client().get(f"/r/{token}/").status_code == 404


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(
    token=st.text(min_size=1, max_size=90),
    cookie=st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=90),
)
def test_random_text_never_breaks_anything(token, cookie):
    client = Client()
    assert client.get(f"/r/{quote(token, safe='')}/").status_code == 404
    client.cookies["answer"] = cookie
    assert client.get("/answer/").status_code == 403


def test_a_link_ends_with_its_version_and_so_does_the_cookie():
    invitation = make_open_invitation()
    client = with_facts(invitation)
    old = personal_path(invitation)
    with as_owner(invitation.organisation):
        Invitation.objects.update(link_version=2)
    assert client.get(old).status_code == 404
    assert client.get("/answer/").status_code == 403


@pytest.mark.parametrize(
    ("model", "fields", "status", "title"),
    [
        ("campaign", {"state": CampaignState.PAUSED}, 200, "The survey is paused for a moment"),
        ("campaign", {"state": CampaignState.CLOSED}, 410, "The survey is closed"),
        ("week", {"opens_at": OPEN + datetime.timedelta(hours=1)}, 200, "The survey has not started yet"),
        ("week", {"closes_at": OPEN}, 410, "The survey is closed"),
        ("invitation", {"withdrawn_at": NOW}, 410, "This invitation is withdrawn"),
        ("employee", {"left_at": NOW}, 410, "This survey is not for you any more"),
    ],
)
def test_what_is_in_the_way_has_its_own_page_everywhere(model, fields, status, title):
    invitation = make_open_invitation(language="en")
    client = with_facts(invitation)
    row = invitation if model == "invitation" else getattr(invitation, model)
    with as_owner(invitation.organisation):
        type(row).objects.filter(pk=row.pk).update(**fields)
    paths = [personal_path(invitation), "/answer/", DAYS[0], "/answer/receipt/"]
    responses = [client.get(path) for path in paths] + [client.post(path, {"choice": "car"}) for path in paths]
    assert [(answer.status_code, heading(answer)) for answer in responses] == [(status, title)] * 8
    with as_owner(invitation.organisation):
        assert Response.objects.get().days.count() == 0


def test_the_cookie_ends_after_fourteen_days():
    invitation = make_open_invitation()
    client = with_facts(invitation)
    with time_machine.travel(OPEN + datetime.timedelta(days=13), tick=False):
        assert client.get(DAYS[0]).status_code == 200
    with time_machine.travel(OPEN + datetime.timedelta(days=14, minutes=1), tick=False):
        assert client.get(DAYS[0]).status_code == 403
