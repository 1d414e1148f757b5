"""An employee with a browser: opens the link, starts, answers."""

import datetime
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from surveys.models import Invitation
from tests.factories import (
    NOW,
    make_campaign,
    make_employee,
    make_invitation,
    make_organisation,
    make_week,
    personal_path,
)

OPEN = NOW + datetime.timedelta(hours=1)
DAYS = [f"/answer/day/2026-03-{day:02}/" for day in range(9, 14)]


@pytest.fixture
def open_now() -> Any:
    """The clock stands at a moment when the week of the tests can be answered."""
    with time_machine.travel(OPEN, tick=False):
        yield


def make_open_invitation(**employee: Any) -> Invitation:
    organisation = make_organisation(name="Voorbeeld Fietsfabriek", contact_phone="010 000 00 00")
    return make_invitation(make_week(make_campaign(organisation)), make_employee(organisation, **employee))


def started(invitation: Invitation, *, client: Client | None = None) -> Client:
    """A browser that has tapped Start."""
    client = client or Client()
    response = client.post(personal_path(invitation))
    assert (response.status_code, response["Location"].startswith("/answer/")) == (302, True)
    return client


def with_facts(invitation: Invitation) -> Client:
    client = started(invitation)
    tap(client, "/answer/facts/", one_way="10", home_postcode="")
    return client


def tap(client: Client, path: str, choice: str = "", **fields: str) -> str:
    """Post an answer; where it leads to."""
    response = client.post(path, {"choice": choice, **fields})
    assert response.status_code == 302, response.content.decode()
    return str(response["Location"])


def with_full_week(invitation: Invitation) -> Client:
    """All questions answered by public transport, ready to be checked."""
    client = with_facts(invitation)
    for path in DAYS:
        tap(client, path, "public_transport")
    assert tap(client, "/answer/weekend/", "no") == "/answer/check/"
    return client


def with_sent_week(invitation: Invitation) -> Client:
    client = with_full_week(invitation)
    assert tap(client, "/answer/check/", "normal_week") == "/answer/receipt/"
    return client


def text(response: HttpResponse) -> str:
    return str(response.content.decode())
