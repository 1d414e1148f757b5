"""A page that is looked at goes to PostgreSQL once and outside of a transaction; an answer is stored whole or not."""

import re
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from surveys.models import Campaign, DayAnswer, Employee, Invitation, Response
from tests.factories import as_owner, make_employee, make_invitation, make_site
from tests.surveys.views.respond.walk import DAYS, make_open_invitation, tap, text, with_facts, with_full_week

# The transactions are the product's own here: no savepoint of the test around them.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("open_now")]

# What begins and ends a transaction, or a part of one.
ENDS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
CHOSEN = re.compile(r'value="(\w+)" aria-current="true"')
NORMAL_DAYS = [day.replace("/day/", "/normal-week/") for day in DAYS]


@contextmanager
def statements():
    """What is sent to PostgreSQL meanwhile: one entry for what goes together."""
    sent = []
    with CaptureQueriesContext(connection) as captured:
        yield sent
    sent += [query["sql"] for query in captured.captured_queries]


def stored(model, invitation):
    """All rows of the employer, by their columns."""
    with as_owner(invitation.organisation):
        return list(model.objects.order_by("pk").values())


def assert_clean_connection():
    """Nobody's scope is left for who comes next."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user::text, coalesce(current_setting('wpm.organisation', true), ''),"
            " coalesce(current_setting('wpm.employee', true), '')"
        )
        assert cursor.fetchone() == (connection.settings_dict["OPTIONS"]["assume_role"], "", "")
    assert not connection.in_atomic_block


def on_roster(days):
    """Somebody who is asked about these days and no weekend."""
    week = make_open_invitation().week
    return make_invitation(week, make_employee(week.organisation), asked_days=days)


def unusual_week(invitation):
    """Everything answered but the normal week that stands in for this one."""
    client = with_full_week(invitation)
    tap(client, "/answer/normal-week/", "fill")
    return client


@pytest.mark.parametrize(
    "path",
    [
        DAYS[0],
        DAYS[4],
        "/answer/weekend/",
        "/answer/check/",
        "/answer/facts/change/",
        "/answer/normal-week/",
        NORMAL_DAYS[0],
        "/answer/week/",
    ],
)
@pytest.mark.parametrize("method", ["get", "head"])
def test_a_page_that_is_looked_at_is_one_way_to_the_server_without_a_transaction(method, path):
    client = unusual_week(make_open_invitation())
    with statements() as sent:
        page = getattr(client, method)(path)
    assert page.status_code == 200
    (only,) = sent
    assert "wpm.respondent_week" in only
    assert not {"BEGIN", "COMMIT", "SAVEPOINT"} & set(only.split())
    assert_clean_connection()


def test_a_page_that_needs_more_rows_reads_them_as_this_person():
    invitation = make_open_invitation()
    client = unusual_week(invitation)
    make_site(invitation.organisation, name="Nevenvestiging Noord")
    stranger = make_open_invitation()
    make_site(stranger.organisation, name="Vestiging van een ander")
    with statements() as sent:
        page = text(client.get("/answer/facts/change/"))
    assert "Nevenvestiging Noord" in page
    assert "Vestiging van een ander" not in page
    assert "wpm.respondent_week" in sent[0]
    assert (sent.count("BEGIN"), sent[-1]) == (1, "COMMIT")
    (sites,) = [number for number, statement in enumerate(sent) if 'FROM "organisations_site"' in statement]
    assert sites > sent.index("BEGIN") > 0
    assert_clean_connection()


def test_looking_stores_nothing():
    invitation = make_open_invitation()
    client = unusual_week(invitation)
    models = (Response, DayAnswer, Invitation, Employee, Campaign)
    before = [stored(model, invitation) for model in models]
    for path in (*DAYS, *NORMAL_DAYS, "/answer/weekend/", "/answer/check/"):
        client.get(path)
    assert [stored(model, invitation) for model in models] == before


def test_an_answer_has_one_transaction_of_its_own():
    invitation = make_open_invitation()
    client = with_facts(invitation)
    with statements() as sent:
        tap(client, DAYS[0], "public_transport")
    assert (sent[0], sent[-1]) == ("BEGIN", "COMMIT")
    assert [statement for statement in sent if statement.startswith(ENDS)] == ["BEGIN", "COMMIT"]
    assert [number for number, statement in enumerate(sent) if "wpm.store_days" in statement] == [len(sent) - 2]
    assert [day["mode"] for day in stored(DayAnswer, invitation)] == ["public_transport"]
    assert_clean_connection()


def test_what_is_no_answer_stores_nothing_and_ends_its_transaction():
    invitation = make_open_invitation()
    client = with_facts(invitation)
    with statements() as sent:
        assert client.post(DAYS[0], {"choice": "balloon"}).status_code == 422
    assert [statement for statement in sent if statement.startswith(ENDS)] == ["BEGIN", "COMMIT"]
    assert stored(DayAnswer, invitation) == []
    assert_clean_connection()


@contextmanager
def nobody_can_give_a_normal_week():
    """A rule of PostgreSQL that the last statement of the last answer breaks."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE surveys_response ADD CONSTRAINT broken CHECK (NOT gives_normal_week)")
    try:
        yield
    finally:
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("ALTER TABLE surveys_response DROP CONSTRAINT broken")


@pytest.mark.parametrize("headers", [{}, {"prefer": "return=representation"}])
def test_an_error_after_the_day_was_written_stores_nothing_of_it(headers):
    invitation = on_roster("12")
    client = with_facts(invitation)
    for path in DAYS[:2]:
        tap(client, path, "public_transport")
    tap(client, "/answer/normal-week/", "fill")
    tap(client, NORMAL_DAYS[0], "walking")
    client.raise_request_exception = False
    before = [stored(model, invitation) for model in (Response, DayAnswer)]
    with nobody_can_give_a_normal_week():
        with statements() as sent:
            failed = client.post(NORMAL_DAYS[1], {"choice": "walking"}, headers=headers)
        assert failed.status_code == 500
        assert any("wpm.store_days" in statement for statement in sent)
        assert [statement for statement in sent if statement.startswith(ENDS)] == ["BEGIN", "ROLLBACK"]
        assert [stored(model, invitation) for model in (Response, DayAnswer)] == before
        assert_clean_connection()
    tap(client, NORMAL_DAYS[1], "walking")
    assert [response["gives_normal_week"] for response in stored(Response, invitation)] == [True]
    assert len(stored(DayAnswer, invitation)) == len(before[1]) + 1


def test_who_has_no_ticket_opens_nothing():
    with statements() as sent:
        assert Client().get(DAYS[0]).status_code == 403
        assert Client().post(DAYS[0], {"choice": "walking"}).status_code == 403
    assert sent == []


def test_who_has_a_ticket_that_ended_sees_and_stores_nothing():
    invitation = make_open_invitation()
    client = with_facts(invitation)
    with as_owner(invitation.organisation):
        Invitation.objects.update(link_version=2)
    with statements() as sent:
        page = client.get(DAYS[0])
    assert page.status_code == 403
    assert 'name="choice"' not in text(page)
    assert len(sent) == 1
    assert_clean_connection()
    assert client.post(DAYS[0], {"choice": "walking"}).status_code == 403
    assert stored(DayAnswer, invitation) == []
    assert_clean_connection()


def test_whoever_looks_in_turn_over_one_connection_sees_their_own():
    invitation = make_open_invitation()
    colleague = make_invitation(invitation.week, make_employee(invitation.organisation))
    people = (("walking", invitation), ("bicycle", colleague), ("home", make_open_invitation()))
    clients = {choice: with_facts(each) for choice, each in people}
    for choice, client in clients.items():
        tap(client, DAYS[0], choice)
    for choice, client in (*clients.items(), *reversed(clients.items())):
        assert CHOSEN.findall(text(client.get(DAYS[0]))) == [choice]
