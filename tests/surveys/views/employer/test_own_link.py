"""Asking for one's own link: everybody gets the same answer; the mail goes to the staff list's address only."""

import datetime
from threading import Barrier, Thread

import pytest
from celery import current_app
from django.core import mail as django_mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from surveys.models import Employee, Invitation
from surveys.services import own_links
from surveys.tasks.own_links import send_own_links
from tests.factories import (
    NOW,
    as_owner,
    make_campaign,
    make_employee,
    make_invitation,
    make_organisation,
    make_week,
    personal_path,
)
from tests.surveys.campaigns import mails, rows, send_all
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.stops import address_hash

pytestmark = pytest.mark.django_db
NIGHT = NOW + datetime.timedelta(hours=14)
JAN = "jan@voorbeeld.example"
HOME = "192.0.2.1"


@pytest.fixture(autouse=True)
def _now(time_machine):
    time_machine.move_to(NIGHT, tick=False)


@pytest.fixture
def organisation():
    return make_organisation(slug="fietsfabriek")


@pytest.fixture
def invitation(organisation):
    return make_invitation(make_week(make_campaign(organisation)), make_employee(organisation, email=JAN))


@pytest.fixture
def handed_over(monkeypatch, django_capture_on_commit_callbacks):
    """Ask on the page as a visitor; what was handed to the background, as (task, arguments)."""
    sent = []
    monkeypatch.setattr(current_app, "send_task", lambda name, kwargs: sent.append((name, kwargs)))

    def ask(address, *, slug="fietsfabriek", client=None):
        sent.clear()
        with django_capture_on_commit_callbacks(execute=True):
            response = (client or Client()).post(f"/e/{slug}/", {"email": address})
        return response, list(sent)

    return ask


def look_up(organisation, address=JAN):
    """What the background does with a request, up to the mail server."""
    send_own_links(organisation_id=organisation.pk, address_hash=address_hash(address), newer_argument=1)
    return send_all(organisation, now=NIGHT)


def test_link_goes_to_the_address_of_the_staff_list_at_any_hour(organisation, invitation):
    assert look_up(organisation, " JAN@Voorbeeld.example ") == 1
    [message] = django_mail.outbox
    assert message.to == [JAN]
    with as_owner(organisation):
        assert f"http://testserver{personal_path(invitation)}" in message.body
        mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.reference, mail.addressee, mail.counter) == (
        "surveys.own_link",
        invitation.code,
        invitation.employee.code,
        "",
    )
    assert personal_path(invitation).split("/")[2] not in mail.body


@pytest.mark.parametrize("address", [JAN, "niemand@voorbeeld.example"])
def test_every_address_gets_the_same_answer_after_the_same_work(organisation, invitation, handed_over, address):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response, sent = handed_over(address)
    assert (response.status_code, response["Location"]) == (302, "/e/fietsfabriek/link/")
    assert sent == [
        ("surveys.send_own_links", {"organisation_id": organisation.pk, "address_hash": address_hash(address)})
    ]
    assert [query["sql"].count('FROM wpm."employer"') for query in queries if " FROM " in query["sql"]] == [1]
    assert mails(organisation) == []


def test_what_follows_reads_the_same_for_everybody(organisation):
    assert Client().get("/e/fietsfabriek/link/").status_code == 200
    assert Client().head("/e/fietsfabriek/link/").status_code == 200


def test_no_address_travels_or_is_counted_in_the_clear(organisation, invitation, handed_over):
    _response, sent = handed_over(JAN)
    assert JAN not in repr(sent)
    redis = cache._cache.get_client(None)
    names = [name.decode() for name in redis.keys("*own-link:*")]
    assert len(names) == 2
    assert [name for name in names if "jan" in name or "voorbeeld" in name or "fiets" in name] == []
    assert all(0 < redis.ttl(name) <= 3600 for name in names)


def test_fourth_time_in_an_hour_nothing_is_looked_up_and_the_answer_is_the_same(
    organisation, invitation, handed_over, time_machine
):
    answers = [handed_over(address) for address in (JAN, JAN.upper(), f" {JAN}", JAN)]
    assert [len(sent) for _response, sent in answers] == [1, 1, 1, 0]
    assert {(response.status_code, response["Location"]) for response, _sent in answers} == {
        (302, "/e/fietsfabriek/link/")
    }
    assert len(handed_over("piet@voorbeeld.example")[1]) == 1  # somebody else still may
    cache.clear()  # as after an hour
    assert len(handed_over(JAN)[1]) == 1


def test_made_up_addresses_shut_out_their_own_network_and_nobody_else(
    organisation, invitation, handed_over, monkeypatch
):
    make_organisation(slug="elders")
    monkeypatch.setattr(own_links, "PER_NETWORK", 2)
    monkeypatch.setattr(own_links, "PER_EMPLOYER", 1)
    answers = [handed_over(f"a{number}@voorbeeld.example") for number in range(4)]
    assert [len(sent) for _response, sent in answers] == [1, 1, 0, 0]
    assert {(response.status_code, response["Location"]) for response, _sent in answers} == {
        (302, "/e/fietsfabriek/link/")
    }
    assert len(handed_over("a9@voorbeeld.example", slug="elders")[1]) == 1
    assert [look_up(organisation, f"a{number}@voorbeeld.example") for number in range(2)] == [0, 0]
    assert len(handed_over(JAN, client=Client(REMOTE_ADDR="192.0.2.7"))[1]) == 1
    assert look_up(organisation) == 1


def test_ipv6_addresses_of_one_network_count_together(organisation, handed_over, monkeypatch):
    monkeypatch.setattr(own_links, "PER_NETWORK", 1)
    networks = ["2001:db8:0:1::5", "2001:db8:0:1:9::7", "2001:db8:0:2::5", "192.0.2.7", "192.0.2.8", "::ffff:192.0.2.8"]
    sent = [
        len(handed_over(f"a{number}@voorbeeld.example", client=Client(REMOTE_ADDR=address))[1])
        for number, address in enumerate(networks)
    ]
    assert sent == [1, 0, 1, 1, 1, 0]


def test_so_many_requests_of_an_employers_people_are_answered_in_an_hour(organisation, invitation, monkeypatch):
    other = make_organisation()
    make_invitation(make_week(make_campaign(other)), make_employee(other, email=JAN))
    make_invitation(invitation.week, make_employee(organisation, email="piet@voorbeeld.example"))
    monkeypatch.setattr(own_links, "PER_EMPLOYER", 1)
    assert [look_up(organisation), look_up(organisation, "piet@voorbeeld.example"), look_up(other)] == [1, 0, 1]
    cache.clear()  # as after an hour
    assert look_up(organisation, "piet@voorbeeld.example") == 1


def test_who_hammers_one_address_does_not_use_up_the_networks_number(organisation, handed_over, monkeypatch):
    monkeypatch.setattr(own_links, "PER_NETWORK", 4)
    for _ in range(10):
        handed_over(JAN)
    assert len(handed_over("piet@voorbeeld.example")[1]) == 1


@pytest.mark.django_db(transaction=True)
def test_who_asks_often_at_once_is_counted_exactly(organisation, monkeypatch):
    monkeypatch.setattr(current_app, "send_task", lambda name, kwargs: None)
    barrier, taken = Barrier(8), []

    def ask():
        barrier.wait()
        taken.append(own_links.ask_own_link(organisation_id=organisation.pk, address=JAN, network_address=HOME))
        connection.close()

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [False] * 5 + [True] * 3


@pytest.mark.parametrize(
    "address", ["", "geen adres", "a@b", f"{'a' * 250}@voorbeeld.example", "x\0@voorbeeld.example"]
)
def test_what_is_no_address_is_said_beside_the_field(organisation, handed_over, address):
    response, sent = handed_over(address)
    assert (response.status_code, list(response.context["form"].errors), sent) == (422, ["email"], [])


def test_form_asks_for_a_csrf_token(organisation):
    assert Client(enforce_csrf_checks=True).post("/e/fietsfabriek/", {"email": JAN}).status_code == 403


def test_unknown_address_sends_nothing(organisation, invitation):
    assert look_up(organisation, "niemand@voorbeeld.example") == 0
    assert mails(organisation) == []


def test_employee_of_another_employer_gets_nothing_here(organisation, invitation):
    other = make_organisation()
    make_invitation(make_week(make_campaign(other)), make_employee(other, email="piet@voorbeeld.example"))
    assert look_up(organisation, "piet@voorbeeld.example") == 0
    assert look_up(other, JAN) == 0
    assert (mails(organisation), mails(other)) == ([], [])


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        ("campaign", {"state": "paused"}),
        ("campaign", {"state": "closed"}),
        ("week", {"closes_at": NIGHT}),
        ("week", {"opens_at": NIGHT + datetime.timedelta(minutes=1)}),
        ("invitation", {"withdrawn_at": NOW}),
        ("employee", {"left_at": NOW}),
        ("employee", {"email": ""}),
    ],
)
def test_nothing_is_sent_to_who_cannot_answer_now(organisation, invitation, model, fields):
    row = invitation if model == "invitation" else getattr(invitation, model)
    with as_owner(organisation):
        type(row).objects.filter(pk=row.pk).update(**fields)
    assert look_up(organisation) == 0
    assert mails(organisation) == []


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (Invitation, {"answered_at": NOW}),
        (Invitation, {"opted_out_at": NOW}),
        (Invitation, {"mail_stopped_at": NOW}),
        (Employee, {"is_on_leave": True}),
    ],
)
def test_who_asks_gets_the_link_also_when_no_reminder_would_come(organisation, invitation, model, fields):
    with as_owner(organisation):
        model.objects.update(**fields)
    assert look_up(organisation) == 1
    assert [message.to for message in django_mail.outbox] == [[JAN]]


def test_asked_twice_within_a_minute_it_is_sent_once_and_later_again(organisation, invitation, time_machine):
    assert (look_up(organisation), look_up(organisation)) == (1, 0)
    time_machine.move_to(NIGHT + datetime.timedelta(minutes=1), tick=False)
    send_own_links(organisation_id=organisation.pk, address_hash=address_hash(JAN))
    assert send_all(organisation, now=NIGHT + datetime.timedelta(minutes=1)) == 1


def test_one_mail_per_campaign_with_all_open_weeks(organisation, invitation):
    campaign, employee = invitation.campaign, invitation.employee
    later = make_invitation(make_week(campaign, monday=invitation.week.monday + datetime.timedelta(days=7)), employee)
    other = make_invitation(make_week(make_campaign(organisation, name="Panel")), employee)
    assert look_up(organisation) == 2
    bodies = [message.body for message in django_mail.outbox]
    with as_owner(organisation):
        paths = [personal_path(row) for row in (invitation, later, other)]
    assert sorted([path in body for path in paths] for body in bodies) == [[False, False, True], [True, True, False]]


def test_shared_mailbox_gets_the_link_of_each_employee(organisation, invitation):
    make_invitation(invitation.week, make_employee(organisation, email=JAN.upper()))
    make_invitation(invitation.week, make_employee(organisation, email="ander@voorbeeld.example"))
    assert look_up(organisation) == 2
    assert {message.to[0].lower() for message in django_mail.outbox} == {JAN}


def test_link_asked_for_does_not_count_as_a_mail_of_the_year(organisation, invitation):
    look_up(organisation)
    assert rows(OutgoingMail, organisation, "counter") == [""]
