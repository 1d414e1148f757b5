"""The benchmark's people walk the real pages: what it measures is a whole answered week."""

import asyncio

import pytest

from surveys.models import DayAnswer, Response
from tests.benchmarks.bench_journey.browser import Browser, Page, name_of
from tests.benchmarks.bench_journey.crowd import perform
from tests.benchmarks.bench_journey.people import make_links, sent_responses
from tests.factories import as_owner
from wpm_platform.organisations.models import Organisation


def order(live_server, **fields):
    host, port = str(live_server).removeprefix("http://").split(":")
    return {"host": host, "port": int(port), "people": 2, **fields}


@pytest.mark.django_db(transaction=True)
def test_a_crowd_answers_whole_weeks_and_says_what_it_met(live_server):
    links = make_links(people=3)
    found = asyncio.run(perform(order(live_server, paths=links, visit="journey")))
    assert (found["errors"], found["done"]) == ([], 3)
    assert set(found["statuses"]) == {"200", "302"}
    assert len(found["pages"]["day POST"]) == 15
    assert sent_responses() == (3, 15)
    with as_owner():
        organisation = Organisation.objects.get()
    with as_owner(organisation):
        assert Response.objects.filter(submitted_at__isnull=False).count() == 3
        assert DayAnswer.objects.filter(is_copied=True).count() == 6


@pytest.mark.django_db(transaction=True)
def test_what_goes_wrong_is_counted(live_server):
    found = asyncio.run(perform(order(live_server, paths=["/r/nobody/"], visit="journey")))
    assert (found["done"], found["statuses"]) == (0, {"404": 1})
    assert found["errors"][0].startswith("JourneyStopped: 404 link")


def test_pages_are_named_without_what_differs_per_person():
    names = [
        name_of(path) for path in ("/r/secret/", "/answer/day/2026-03-09/", "/answer/vehicle/car/fuel/", "/answer/")
    ]
    assert names == ["link", "day", "fuel", "start"]


def test_a_form_is_sent_as_it_stands_on_the_page():
    page = Page(
        status=200,
        path="/answer/facts/",
        text='<form method="post" aria-label="Taal"><input type="hidden" name="a" value="1"></form>'
        '<form method="post" action="/elsewhere/" novalidate><input type="hidden" name="b" value="2 &amp; 3"></form>',
    )
    assert (page.hidden(form=0), page.action(form=0)) == ({"a": "1"}, "/answer/facts/")
    assert (page.hidden(form=-1), page.action(form=-1)) == ({"b": "2 & 3"}, "/elsewhere/")
    assert Browser(host="localhost", port=1, note=lambda *_: None).received == 0
