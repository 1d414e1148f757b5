"""The benchmark's people walk the real pages: what it measures is a whole answered week."""

import asyncio
import os
import subprocess
import sys

import pytest

from surveys.models import DayAnswer, Response
from tests.benchmarks.bench_journey.browser import Browser, Page, name_of
from tests.benchmarks.bench_journey.crowd import perform
from tests.benchmarks.bench_journey.people import make_links, sent_responses
from tests.benchmarks.bench_journey.processor_time import postgresql_pid, processor_time
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
def test_with_the_script_an_answer_is_one_request(live_server):
    links = make_links(people=2)
    found = asyncio.run(perform(order(live_server, paths=links, visit="journey", has_script=True)))
    assert (found["errors"], found["done"], set(found["statuses"])) == ([], 2, {"200"})
    asked = {name: len(each) / 2 for name, each in found["pages"].items() if name != "files"}
    assert asked == {"link GET": 1, "link POST": 1, "facts POST": 1, "day POST": 5, "weekend POST": 1, "check POST": 1}
    assert sent_responses() == (2, 10)
    assert found["processor_seconds"] > 0


@pytest.mark.django_db(transaction=True)
def test_a_day_page_is_counted_from_when_everybody_is_there(live_server):
    links = make_links(people=2)
    found = asyncio.run(perform(order(live_server, paths=links, visit="day", seconds=0.5)))
    assert (found["errors"], found["done"]) == ([], 2)
    assert set(found["pages"]) == {"day POST", "day GET"}
    assert len(found["pages"]["day POST"]) == len(found["pages"]["day GET"]) >= 2
    assert found["seconds"] >= 0.5


@pytest.mark.django_db
def test_processor_time_is_of_a_process_and_those_below_it():
    burn = "import time\nwhile time.process_time() < 0.3: pass"
    nested = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {burn!r}])"
    with processor_time(this=os.getpid(), PostgreSQL=postgresql_pid()) as used:
        subprocess.run([sys.executable, "-c", nested], check=True)
    assert used.seconds["this"] >= 0.25
    assert used.seconds["PostgreSQL"] >= 0


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
