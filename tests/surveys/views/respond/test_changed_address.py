"""Who has an employee's mail sent elsewhere sees nothing of what was answered before."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse

from surveys.enums import CampaignState
from surveys.models import DayAnswer, Employee, Invitation, Response, TravelProfile, VehicleFacts
from tests.api_client import System
from tests.factories import (
    PASSWORD,
    as_owner,
    make_api_key,
    make_campaign,
    make_invitation,
    make_member,
    make_organisation,
    make_week,
    personal_path,
)
from tests.surveys.staff_imports import applied, staff_file
from tests.surveys.views.respond.walk import (
    DAYS,
    OPEN,
    make_open_invitation,
    started,
    tap,
    text,
    with_facts,
    with_full_week,
    with_sent_week,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_now")]
NEW = "iemand.anders@voorbeeld.example"
AGAIN = "Delete the earlier answers and start afresh"
POSTCODE = "3511AB"


def fresh(invitation: Invitation) -> Invitation:
    with as_owner(invitation.organisation):
        return Invitation.objects.select_related("employee", "organisation", "week", "campaign").get(pk=invitation.pk)


def change(invitation: Invitation, email: str = NEW) -> Invitation:
    with as_owner(invitation.organisation):
        Employee.objects.filter(pk=invitation.employee_id).update(email=email)
    return fresh(invitation)


def row_counts(invitation: Invitation) -> tuple[int, ...]:
    with as_owner(invitation.organisation):
        return tuple(model.objects.count() for model in (Response, DayAnswer, TravelProfile, VehicleFacts))


def by_page(employee: Employee) -> None:
    client = Client()
    member = make_member(employee.organisation)
    client.login(email=member.email, password=PASSWORD)
    path = reverse("staff_person", kwargs={"slug": employee.organisation.slug, "code": employee.code})
    assert client.post(path, {"email": NEW, "language": "en"}).status_code == 302


def by_api(employee: Employee) -> None:
    row = {"staff_number": employee.staff_number, "email": NEW, "site": employee.site.name}
    assert System(make_api_key(employee.organisation)).put_rows(row).json()["changed"] == 1


def by_file(employee: Employee) -> None:
    row = (employee.staff_number, NEW, employee.site.name, "Kantoor")
    assert applied(employee.organisation, staff_file([row])).outcome["counts"]["changed"] == 1


def by_query(employee: Employee) -> None:
    with as_owner(employee.organisation), connection.cursor() as cursor:
        cursor.execute("UPDATE surveys_employee SET email = %s WHERE id = %s", [NEW, employee.pk])


@pytest.mark.parametrize("way", [by_page, by_api, by_file, by_query])
def test_every_way_to_another_address_ends_link_and_cookie_and_hides_the_answers(way):
    invitation = make_open_invitation(language="en")
    client, old = with_sent_week(invitation), personal_path(invitation)
    way(invitation.employee)
    invitation = fresh(invitation)
    assert invitation.employee.email == NEW
    assert "newer mail" in text(Client(headers={"accept-language": "en"}).get(old))
    assert [client.get(old).status_code, client.post(old).status_code] == [404, 404]
    for path in ("/answer/receipt/", DAYS[0], "/answer/facts/", "/answer/delete/"):
        assert (client.get(path).status_code, client.post(path, {"choice": "car"}).status_code) == (403, 403)
    page = text(Client().get(personal_path(invitation)))
    assert "This week has been answered already" in page
    assert AGAIN in page
    assert "View or change my answers" not in page


@pytest.mark.parametrize(
    ("email", "is_another"), [("A@Voorbeeld.example", False), ("a@voorbeeld.example", False), ("", True), (NEW, True)]
)
def test_capitals_are_the_same_address(email, is_another):
    invitation = make_open_invitation(email="a@voorbeeld.example")
    old = personal_path(invitation)
    change(invitation, email)
    assert Client().get(old).status_code == (404 if is_another else 200)


def test_back_to_the_first_address_is_a_change_too():
    invitation = make_open_invitation(language="en")
    client, first = with_sent_week(invitation), invitation.employee.email
    change(invitation)
    back = change(invitation, first)
    assert back.link_number == 3
    assert client.get("/answer/receipt/").status_code == 403
    assert "answered already" in text(Client().get(personal_path(back)))


def test_nobody_sets_the_count_back():
    invitation = change(make_open_invitation())
    with as_owner(invitation.organisation):
        Employee.objects.update(address_changes=0)
        assert Employee.objects.get().address_changes == 1


def test_start_does_not_open_earlier_answers_and_deletes_nothing():
    invitation = make_open_invitation(language="en")
    with_sent_week(invitation)
    before, client = row_counts(invitation), Client()
    path = personal_path(change(invitation))
    assert client.head(path).status_code == 200
    answer = client.post(path)
    assert (answer.status_code, answer["Location"]) == (302, path)
    assert "answer" not in client.cookies
    assert row_counts(invitation) == before
    assert fresh(invitation).answered_at == OPEN


def test_starting_afresh_deletes_the_earlier_answers_and_shows_none_of_them():
    invitation = make_open_invitation(language="en")
    client = started(invitation)
    tap(client, "/answer/facts/", one_way="17", home_postcode=POSTCODE)
    tap(client, DAYS[0], "car")
    tap(client, "/answer/vehicle/car/fuel/", "diesel")
    path = personal_path(change(invitation))
    client = Client()
    page = text(client.get(path))
    assert "Answers for this week were begun before" in page
    assert client.post(path, {"choice": "afresh"})["Location"] == "/answer/facts/"
    assert row_counts(invitation) == (1, 0, 0, 0)
    assert client.get("/answer/")["Location"] == "/answer/facts/"
    facts = text(client.get("/answer/facts/"))
    assert POSTCODE not in facts
    assert 'value="17' not in facts
    tap(client, "/answer/facts/", one_way="3", home_postcode="")
    assert tap(client, DAYS[0], "car") == "/answer/vehicle/car/fuel/"
    assert "Same as" not in text(client.get(DAYS[0]))


def test_starting_afresh_twice_keeps_the_new_answers():
    invitation = make_open_invitation()
    with_sent_week(invitation)
    path, client = personal_path(change(invitation)), Client()
    client.post(path, {"choice": "afresh"})
    assert (fresh(invitation).answered_at, fresh(invitation).started_at) == (None, OPEN)
    tap(client, "/answer/facts/", one_way="3", home_postcode="")
    tap(client, DAYS[0], "bicycle")
    client.post(path, {"choice": "afresh"})
    assert row_counts(invitation)[:3] == (1, 1, 1)


def test_starting_afresh_asks_for_a_csrf_token():
    invitation = make_open_invitation()
    with_sent_week(invitation)
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(personal_path(change(invitation)), {"choice": "afresh"}).status_code == 403
    assert row_counts(invitation)[0] == 1


def test_after_the_close_nothing_is_shown_or_deleted():
    invitation = make_open_invitation()
    with_sent_week(invitation)
    path = personal_path(change(invitation))
    with as_owner(invitation.organisation):
        type(invitation.campaign).objects.update(state=CampaignState.CLOSED)
    assert Client().get(path).status_code == 410
    assert Client().post(path, {"choice": "afresh"}).status_code == 410
    assert row_counts(invitation)[0] == 1


def test_next_campaign_remembers_nothing_of_an_earlier_address():
    first = make_open_invitation(language="en")
    client = started(first)
    tap(client, "/answer/facts/", one_way="17", home_postcode=POSTCODE)
    change(first)
    second = make_invitation(make_week(make_campaign(first.organisation)), fresh(first).employee)
    client = started(second)
    page = text(client.get("/answer/facts/"))
    assert POSTCODE not in page
    assert "Is this still right?" not in page
    assert row_counts(first) == (2, 0, 0, 0)


def test_next_week_does_not_copy_the_week_of_an_earlier_address():
    first = make_open_invitation(language="en")
    with_sent_week(first)
    monday = first.week.monday + datetime.timedelta(weeks=1)
    second = make_invitation(make_week(first.campaign, monday=monday), change(first).employee)
    client = with_facts(second)
    path = f"/answer/day/{monday.isoformat()}/"
    assert "previous_week" not in text(client.get(path))
    assert tap(client, path, "previous_week") == "/answer/"
    assert row_counts(first)[1] == 5


def test_same_address_keeps_showing_after_other_changes():
    invitation = make_open_invitation()
    client = with_full_week(invitation)
    with as_owner(invitation.organisation):
        Employee.objects.update(department="Kantoor", language="pl")
    assert client.get("/answer/check/").status_code == 200
    assert client.get(personal_path(invitation)).status_code == 200


def test_address_of_a_namesake_elsewhere_changes_nothing_here():
    invitation, other = make_open_invitation(), make_open_invitation()
    client = with_sent_week(invitation)
    change(other)
    make_organisation()
    assert client.get("/answer/receipt/").status_code == 200


def test_answers_by_an_earlier_address_still_count():
    invitation = make_open_invitation()
    with_sent_week(invitation)
    with time_machine.travel(OPEN + datetime.timedelta(days=1), tick=False):
        change(invitation)
        Client().get(personal_path(fresh(invitation)))
    assert fresh(invitation).answered_at == OPEN
    assert row_counts(invitation)[:2] == (1, 5)
