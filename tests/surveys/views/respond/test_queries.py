"""How often each of an employee's pages asks PostgreSQL something: six times at most, however much there is to read."""

import datetime

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from surveys.models import Employee, Invitation
from surveys.urls.respond import urlpatterns
from tests.factories import (
    MONDAY,
    as_owner,
    make_campaign,
    make_employee,
    make_invitation,
    make_member,
    make_organisation,
    make_site,
    make_week,
    personal_path,
)
from tests.surveys.follow_ups import ASKED, ask, closed_survey, question_path, silent_invitations
from tests.surveys.views.respond.walk import DAYS
from wpm_platform.organisations.enums import MemberRole

# The transactions are the product's own here: no savepoint of the test around them.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("open_now")]

MOST_QUERIES = 6
NOT_ASKED = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
NORMAL_DAYS = [day.replace("/day/", "/normal-week/") for day in DAYS]
MODES = ("car", "motorcycle", "moped")


class Counting:
    """A browser that notes the most queries of each page, by the name of its address and the method."""

    def __init__(self) -> None:
        self.client = Client()
        self.most: dict[tuple[str, str], int] = {}

    def get(self, path: str) -> HttpResponse:
        return self._visit("GET", path, {})

    def post(self, path: str, choice: str = "", **fields: str) -> HttpResponse:
        response = self._visit("POST", path, {"choice": choice, **fields})
        assert response.status_code == 302, (path, response.content.decode())
        return response

    def _visit(self, method: str, path: str, fields: dict[str, str]) -> HttpResponse:
        with CaptureQueriesContext(connection) as captured:
            response = self.client.get(path) if method == "GET" else self.client.post(path, fields)
        asked = [query for query in captured.captured_queries if not query["sql"].startswith(NOT_ASKED)]
        page = (str(resolve(path).url_name), method)
        self.most[page] = max(self.most.get(page, 0), len(asked))
        return response


def make_two_weeks(*, rows: int) -> list[Invitation]:
    """One person in two weeks of a panel, among as many colleagues and sites, looked at as often by HR."""
    organisation = make_organisation(slug=f"rows-{rows}", contact_name="Voorbeeld Personeelszaken")
    for _ in range(rows):
        make_site(organisation, postcode="3511AB")
    campaign = make_campaign(organisation)
    weeks = [make_week(campaign, monday=MONDAY + datetime.timedelta(days=7 * number)) for number in range(2)]
    person = make_employee(organisation)
    for _ in range(rows):
        make_invitation(weeks[0], make_employee(organisation))
        reader = Client()
        reader.force_login(make_member(organisation, role=MemberRole.HR_ADMIN))
        assert reader.get(f"/o/{organisation.slug}/staff/{person.code}/").status_code == 200
    return [make_invitation(week, person) for week in weeks]


def answer_everything(browser: Counting, invitation: Invitation, *, rows: int) -> None:
    """The whole way, with a normal week in place of this one, and each answer once more."""
    link, site = personal_path(invitation), str(invitation.employee.site.code)
    for path in (link, f"{link}stop/", f"{link}reads/", f"{link}result/", f"{link}answers/"):
        browser.get(path)
    browser.post(link)
    browser.get("/answer/")
    browser.get("/answer/facts/")
    browser.post("/answer/facts/", one_way="10", site=site)
    for day in DAYS:
        browser.get(day)
        browser.post(day, "copy" if day != DAYS[0] else MODES[0])
    for day, mode in zip(DAYS, MODES[:rows], strict=False):
        browser.post(day, mode)
        for question, choice in (("fuel", "petrol"), ("provider", "own")):
            browser.get(f"/answer/vehicle/{mode}/{question}/")
            browser.post(f"/answer/vehicle/{mode}/{question}/", choice)
    browser.get("/answer/weekend/")
    for choice in ("yes", "no"):
        browser.post("/answer/weekend/", choice)
    browser.get("/answer/normal-week/")
    browser.post("/answer/normal-week/", "fill")
    for day in NORMAL_DAYS:
        browser.get(day)
        browser.post(day, "public_transport")
    browser.get("/answer/normal-week/weekend/")
    browser.post("/answer/normal-week/weekend/", "no")
    browser.get("/answer/check/")
    browser.post("/answer/check/", "send")
    browser.get("/answer/receipt/")
    browser.post("/answer/receipt/", "3")


def change_everything(browser: Counting, invitation: Invitation) -> None:
    """What may be done besides, once the week is sent."""
    site = str(invitation.employee.site.code)
    browser.get("/answer/facts/change/")
    browser.post("/answer/facts/change/", one_way="20", site=site)
    for path in (DAYS[0], NORMAL_DAYS[0]):
        browser.get(f"{path}other-site/")
        browser.post(f"{path}other-site/", "bicycle", one_way="15")
    browser.get("/answer/week/")
    days = {f"day-{day.removeprefix('/answer/day/').rstrip('/')}": "walking" for day in DAYS}
    browser.post("/answer/week/", weekend="no", **days)
    for path in ("/answer/reads/", "/answer/result/", "/answer/own/"):
        browser.get(path)
    for choice in ("stop", "resume"):
        browser.post(f"{personal_path(invitation)}stop/", choice)
    browser.post("/answer/normal-week/", "keep")
    browser.post("/answer/normal-week/", "yes")


def copy_the_week_before(browser: Counting, invitation: Invitation) -> None:
    browser.post(personal_path(invitation))
    browser.get("/answer/facts/")
    browser.post("/answer/facts/")
    first_day = f"/answer/day/{invitation.week.monday}/"
    browser.get(first_day)
    browser.post(first_day, "previous_week")
    browser.post("/answer/check/", "send")


def delete_after_another_address(browser: Counting, invitation: Invitation) -> None:
    with as_owner(invitation.organisation):
        Employee.objects.filter(pk=invitation.employee_id).update(email="nieuw@voorbeeld.example")
        changed = Invitation.objects.select_related("organisation", "employee").get(pk=invitation.pk)
    link = personal_path(changed)
    browser.get(link)
    browser.post(link, "afresh")
    browser.get("/answer/delete/")
    browser.post("/answer/delete/")
    browser.get("/answer/deleted/")


def answer_the_follow_up(browser: Counting, *, silent: int) -> None:
    organisation = make_organisation()
    ask(organisation, closed_survey(organisation, silent=silent), size=max(silent, 30))
    path = question_path(silent_invitations(organisation)[0])
    browser.get(path)
    for choice in ("car", "home"):
        browser.post(path, choice)


@pytest.mark.parametrize("rows", [1, 3])
def test_no_page_asks_more_than_six_times(rows, time_machine):
    first, second = make_two_weeks(rows=rows)
    browser = Counting()
    answer_everything(browser, first, rows=rows)
    change_everything(browser, first)
    copy_the_week_before(browser, second)
    delete_after_another_address(browser, second)
    time_machine.move_to(ASKED, tick=False)
    answer_the_follow_up(browser, silent=15 * rows)
    assert {page: count for page, count in browser.most.items() if count > MOST_QUERIES} == {}
    assert {name for name, _ in browser.most} == {pattern.name for pattern in urlpatterns}


def test_a_tap_on_a_day_asks_twice_and_its_page_once():
    (first, _) = make_two_weeks(rows=3)
    browser = Counting()
    answer_everything(browser, first, rows=3)
    again = Counting()
    again.client.cookies = browser.client.cookies
    again.get(DAYS[2])
    again.post(DAYS[2], "walking")
    assert again.most == {("answer_day", "GET"): 1, ("answer_day", "POST"): 2}
