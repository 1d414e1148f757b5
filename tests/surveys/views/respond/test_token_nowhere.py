"""The personal link opens everything, so it stands in no page, no header but its own address, no cookie and no log."""

import datetime
import logging
from collections.abc import Iterator
from io import StringIO

import pytest
import time_machine
from django.test import Client

from surveys.enums import CampaignState
from surveys.models import Campaign, Employee, Invitation
from tests.factories import NOW, as_owner, make_response, personal_path
from tests.surveys.views.respond.walk import DAYS, OPEN, make_open_invitation
from wpm_platform.logs import PersonalLinkFilter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_now")]
BEHIND = ("", "facts/", "facts/change/", "week/", "day/2026-03-09/", "day/2026-03-10/", "day/2026-03-09/other-site/")
BEHIND += ("vehicle/car/fuel/", "vehicle/car/provider/", "weekend/", "normal-week/", "normal-week/weekend/", "check/")
BEHIND += ("receipt/", "reads/", "delete/")
AT_THE_LINK = ("", "stop/", "reads/", "nope/")


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What the log of the processes says, as it is configured."""
    handler = next(
        one
        for one in logging.getLogger().handlers
        if isinstance(one, logging.StreamHandler) and any(isinstance(it, PersonalLinkFilter) for it in one.filters)
    )
    written = StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before)


class Watching(Client):
    """A browser that notes wherever one of the secrets stands that no page or header may hold."""

    def __init__(self, path: str, **options: object) -> None:
        super().__init__(**options)
        token = path.split("/")[2]
        # Half of it would be too much.
        self.secrets = {token, token[: len(token) // 2], token[len(token) // 2 :]}
        self.found: list[str] = []

    def request(self, **request: object) -> object:
        response = super().request(**request)
        where = f"{request['REQUEST_METHOD']} {response.status_code} {str(request['PATH_INFO'])[-12:]}"
        self._look(f"{where} page", response.content.decode())
        for name, value in response.headers.items():
            # A redirect to the very same address tells nothing new.
            own = name == "Location" and str(request["PATH_INFO"]).startswith(str(value).rstrip("?"))
            self._look(f"{where} {name}", "" if own else value)
        self._look(f"{where} cookies", str(response.cookies))
        return response

    def _look(self, where: str, text: str) -> None:
        if any(secret in text for secret in self.secrets):
            self.found.append(where)


def walk(client: Watching, path: str) -> None:
    """Every page at the link and behind it, by GET and by a POST that fits nothing, and the whole week."""
    for end in AT_THE_LINK:
        client.get(f"{path}{end}")
        client.post(f"{path}{end}", {"language": "pl", "person": ""})
    client.post(path)
    client.post("/answer/facts/", {"one_way": "10", "home_postcode": ""})
    for day in DAYS:
        client.post(day, {"choice": "car"})
        client.post("/answer/vehicle/car/fuel/", {"choice": "petrol"})
        client.post("/answer/vehicle/car/provider/", {"choice": "own"})
    client.post("/answer/weekend/", {"choice": "no"})
    client.post("/answer/check/", {"choice": "normal_week"})
    for page in BEHIND:
        client.get(f"/answer/{page}")
        client.post(f"/answer/{page}", {"choice": "nonsense"}, headers={"Prefer": "return=minimal"})
    for choice in ("stop", "resume", "nonsense"):
        client.post(f"{path}stop/", {"choice": choice})
    client.get(path)


@pytest.mark.parametrize("checks_forms", [False, True])
def test_a_whole_walk_tells_the_link_nowhere(log, checks_forms):
    invitation = make_open_invitation(language="nl")
    path = personal_path(invitation)
    client = Watching(path, enforce_csrf_checks=checks_forms)
    walk(client, path)
    assert client.found == []
    logged = log.getvalue()
    assert [secret for secret in client.secrets if secret in logged] == []
    assert ("/r/…/" in logged, "/r/" in logged.replace("/r/…/", "")) == (True, False)


def test_nor_do_the_pages_of_a_link_that_is_shut_ended_or_not_ours(log):
    invitation = make_open_invitation()
    path = personal_path(invitation)
    client = Watching(path, raise_request_exception=False)
    client.post(path)
    with time_machine.travel(OPEN - datetime.timedelta(days=9), tick=False):
        walk(client, path)
    for state in (CampaignState.PAUSED, CampaignState.CLOSED):
        with as_owner(invitation.organisation):
            Campaign.objects.update(state=state)
        walk(client, path)
    with as_owner(invitation.organisation):
        Campaign.objects.update(state=CampaignState.RUNNING)
        Invitation.objects.update(withdrawn_at=NOW)
    walk(client, path)
    with as_owner(invitation.organisation):
        Invitation.objects.update(withdrawn_at=None)
        Employee.objects.update(email="nieuw@voorbeeld.example")
    walk(client, path)
    assert client.found == []
    logged = log.getvalue()
    assert [secret for secret in client.secrets if secret in logged] == []


def test_nor_does_the_page_about_earlier_answers():
    invitation = make_open_invitation()
    make_response(invitation)
    with as_owner(invitation.organisation):
        Employee.objects.update(email="nieuw@voorbeeld.example")
        fresh = Invitation.objects.select_related("organisation").get()
    path = personal_path(fresh)
    client = Watching(path)
    assert client.post(path).status_code == 302
    walk(client, path)
    assert client.found == []
