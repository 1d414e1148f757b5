"""Many requests at the same moment, each with a database connection of its own."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from surveys.enums import Mode
from surveys.models import DayAnswer, Invitation, Response
from tests.factories import as_owner, personal_path
from tests.surveys.views.respond.walk import DAYS, make_open_invitation, started, tap, with_facts, with_full_week

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("open_now")]

AT_ONCE = 20
REQUESTS = 200


def in_parallel(visit: Callable[[int], int]) -> Counter[int]:
    """The status codes of 200 visits, twenty at a time."""

    def own_connection(number: int) -> int:
        try:
            return visit(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        return Counter(pool.map(own_connection, range(REQUESTS)))


def test_two_hundred_starts_make_one_response():
    invitation = make_open_invitation()
    path = personal_path(invitation)
    assert in_parallel(lambda _: Client().post(path).status_code) == {302: REQUESTS}
    with as_owner(invitation.organisation):
        assert Response.objects.count() == 1


def test_two_hundred_answers_to_one_day_are_one_day():
    invitation = make_open_invitation()
    cookie = with_facts(invitation).cookies["answer"].value
    choices = ["walking", "public_transport", "home", "not_worked"]

    def visit(number: int) -> int:
        client = Client()
        client.cookies["answer"] = cookie
        return client.post(DAYS[0], {"choice": choices[number % 4]}).status_code

    assert in_parallel(visit) == {302: REQUESTS}
    with as_owner(invitation.organisation):
        day = DayAnswer.objects.get()
    assert day.return_metres == (20_000 if day.mode else 0)


def test_two_hundred_submissions_are_one():
    invitation = make_open_invitation()
    cookie = with_full_week(invitation).cookies["answer"].value

    def visit(number: int) -> int:
        client = Client()
        client.cookies["answer"] = cookie
        return client.post("/answer/check/", {"choice": "normal_week"}).status_code

    assert in_parallel(visit) == {302: REQUESTS}
    with as_owner(invitation.organisation):
        response, stored = Response.objects.get(), Invitation.objects.get()
        assert list(DayAnswer.objects.values_list("mode", flat=True)) == [Mode.PUBLIC_TRANSPORT] * 5
    assert response.submitted_at == stored.answered_at


def test_deleting_while_others_answer_leaves_no_stray_day():
    invitation = make_open_invitation()
    cookie = with_full_week(invitation).cookies["answer"].value

    def visit(number: int) -> int:
        client = Client()
        client.cookies["answer"] = cookie
        if number % 50 == 25:
            return client.post("/answer/delete/").status_code
        return client.post(DAYS[number % 5], {"choice": "walking"}).status_code

    statuses = in_parallel(visit)
    assert set(statuses) <= {200, 302}
    with as_owner(invitation.organisation):
        assert (Response.objects.count(), DayAnswer.objects.count()) == (0, 0)
    client = started(invitation)
    assert tap(client, "/answer/facts/", one_way="10") == DAYS[0]
