"""What the script gets that sends answers: the next page, or its address, and nothing else that differs."""

import datetime
import re

import pytest
from django.http import HttpResponse
from django.test import Client

from surveys.models import DayAnswer, Employee, Invitation
from tests.factories import (
    MONDAY,
    as_owner,
    make_campaign,
    make_employee,
    make_invitation,
    make_organisation,
    make_site,
    make_week,
    personal_path,
)
from tests.surveys.views.respond.walk import DAYS, make_open_invitation, started, text, with_facts, with_sent_week

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_now")]
BY_SCRIPT = {"Prefer": "return=minimal"}
WITH_PAGE = {"Prefer": "return=representation"}


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


class Scripted:
    """A browser with the script. Each page that comes with an answer must be the one that a GET gives."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def post(self, path: str, choice: str = "", **fields: str) -> str:
        """Send an answer; the address of the page that came."""
        answer = self.client.post(path, {"choice": choice, **fields}, headers=WITH_PAGE)
        assert (answer.status_code, answer["Preference-Applied"]) == (200, "return=representation"), text(answer)
        address = str(answer["Content-Location"])
        assert "Location" not in answer.headers
        assert without_secrets(answer) == without_secrets(self.client.get(address)), address
        return address


def without_secrets(response: HttpResponse) -> str:
    """The page without the tokens of its forms, which differ each time."""
    assert response.status_code == 200
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text(response))


def make_two_open_weeks() -> list[Invitation]:
    """Somebody who is asked about two weeks, the one before that of the other tests first."""
    organisation = make_organisation(contact_phone="010 000 00 00")
    campaign, person = make_campaign(organisation), make_employee(organisation)
    mondays = (MONDAY - datetime.timedelta(days=7), MONDAY)
    return [make_invitation(make_week(campaign, monday=monday), person) for monday in mondays]


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_every_next_page_is_the_one_that_a_visit_gives(language):
    invitation = make_open_invitation(language=language)
    other = make_site(invitation.organisation, name="Venlo")
    browser, site = Scripted(Client()), str(invitation.employee.site.code)
    assert browser.post(personal_path(invitation)) == "/answer/facts/"
    assert browser.post("/answer/facts/", one_way="10", site=site, home_postcode="") == DAYS[0]
    assert browser.post(DAYS[0], "car") == "/answer/vehicle/car/fuel/"
    assert browser.post("/answer/vehicle/car/fuel/", "diesel") == "/answer/vehicle/car/provider/"
    assert browser.post("/answer/vehicle/car/provider/", "own") == DAYS[1]
    assert browser.post(DAYS[1], "copy") == DAYS[2]
    assert browser.post(DAYS[2], "other_site") == f"{DAYS[2]}other-site/"
    assert browser.post(f"{DAYS[2]}other-site/", "walking", site=str(other.code), one_way="4") == DAYS[3]
    assert browser.post(DAYS[3], "home") == DAYS[4]
    assert browser.post(DAYS[4], "unknown") == "/answer/weekend/"
    saturday = "/answer/day/2026-03-14/"
    assert browser.post("/answer/weekend/", "yes") == saturday
    assert browser.post("/answer/weekend/", "no") == "/answer/check/"
    assert (
        browser.post("/answer/facts/change/", one_way="25", site=str(other.code), home_postcode="") == "/answer/check/"
    )
    assert browser.post("/answer/normal-week/", "fill") == DAYS[0].replace("/day/", "/normal-week/")
    for day in DAYS:
        browser.post(day.replace("/day/", "/normal-week/"), "moped")
    browser.post("/answer/vehicle/moped/fuel/", "electric")
    browser.post("/answer/vehicle/moped/provider/", "employer")
    assert browser.post("/answer/normal-week/weekend/", "no") == "/answer/check/"
    assert browser.post("/answer/check/", "send") == "/answer/receipt/"
    assert browser.post("/answer/receipt/", "2") == "/answer/receipt/"
    assert browser.post(DAYS[0], "walking") == "/answer/receipt/"


def test_facts_that_are_confirmed_and_a_week_that_is_taken_over():
    first, second = make_two_open_weeks()
    browser = Scripted(Client())
    browser.post(personal_path(first))
    browser.post("/answer/facts/", one_way="10", home_postcode="")
    for day in range(2, 7):
        browser.post(f"/answer/day/2026-03-{day:02}/", "walking")
    browser.post("/answer/weekend/", "no")
    assert browser.post("/answer/check/", "normal_week") == "/answer/receipt/"
    assert browser.post(personal_path(second)) == "/answer/facts/"
    assert browser.post("/answer/facts/") == DAYS[0]
    assert browser.post(DAYS[0], "previous_week") == "/answer/check/"


def test_start_after_another_address_shows_nothing_of_before():
    invitation = make_open_invitation()
    with_facts(invitation)
    with as_owner(invitation.organisation):
        Employee.objects.filter(pk=invitation.employee_id).update(email="nieuw@voorbeeld.example")
        changed = Invitation.objects.select_related("organisation", "employee").get(pk=invitation.pk)
    assert Scripted(Client()).post(personal_path(changed), "afresh") == "/answer/facts/"


def test_a_page_of_another_kind_comes_as_its_address():
    client = with_sent_week(make_open_invitation())
    gone = client.post("/answer/delete/", headers=WITH_PAGE)
    assert (gone.status_code, gone["Location"], gone.content) == (200, "/answer/deleted/", b"")
    assert gone["Preference-Applied"] == "return=minimal"


def test_a_refusal_brings_no_page_of_what_was_not_stored():
    client = started(make_open_invitation())
    early = client.post("/answer/check/", {"choice": "normal_week"}, headers=WITH_PAGE)
    assert (early.status_code, early["Location"]) == (200, "/answer/facts/")
    client = with_facts(make_open_invitation())
    early = client.post("/answer/check/", {"choice": "normal_week"}, headers=WITH_PAGE)
    assert (early.status_code, early["Location"]) == (200, "/answer/")
    assert client.get("/answer/", follow=True).redirect_chain == [(DAYS[0], 302)]


def test_the_page_after_start_holds_no_token_and_is_kept_nowhere():
    invitation = make_open_invitation()
    path = personal_path(invitation)
    answer = Client().post(path, headers=WITH_PAGE)
    assert path.split("/")[2] not in text(answer) + str(answer.headers)
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "strict-origin"


def test_the_page_passes_the_same_check_of_forms_and_its_form_can_be_sent():
    invitation = make_open_invitation()
    client = Client(enforce_csrf_checks=True)
    for path, fields in ((personal_path(invitation), {}), ("/answer/facts/", {"one_way": "10", "home_postcode": ""})):
        page = client.get(path)
        assert client.post(path, fields, headers=WITH_PAGE).status_code == 403
        token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', text(page))[-1]
        page = client.post(path, {**fields, "csrfmiddlewaretoken": token}, headers=WITH_PAGE)
        assert page.status_code == 200
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', text(page))[-1]
    fields = {"choice": "walking", "csrfmiddlewaretoken": token}
    assert client.post(DAYS[0], fields, headers=WITH_PAGE)["Content-Location"] == DAYS[1]
