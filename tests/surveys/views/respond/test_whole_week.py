"""The whole week on one page: the same week as day by day, and nothing is lost on the way between the two."""

import datetime
import re

import pytest

from surveys.enums import Mode, Whereabouts
from surveys.models import DayAnswer, Invitation, Response
from tests.factories import as_owner, make_site
from tests.surveys.views.respond.walk import (
    DAYS,
    OPEN,
    make_open_invitation,
    started,
    tap,
    text,
    with_facts,
    with_full_week,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_now")]

PAGE = "/answer/week/"
DATES = [datetime.date(2026, 3, day) for day in range(9, 16)]
WEEK = {
    f"day-{date}": choice
    for date, choice in zip(DATES, ["public_transport", "walking", "home", "client", "not_worked"], strict=False)
}


def stored(invitation):
    with as_owner(invitation.organisation):
        days = DayAnswer.objects.filter(response__invitation=invitation)
        return {day.date: day.mode or day.whereabouts for day in days}


def test_a_whole_week_in_one_go():
    invitation = make_open_invitation()
    client = with_facts(invitation)
    assert PAGE in text(client.get(DAYS[0]))
    assert PAGE not in text(client.get(DAYS[1]))
    assert tap(client, PAGE, weekend="no", **WEEK) == "/answer/check/"
    assert list(stored(invitation).values()) == list(WEEK.values())
    assert tap(client, "/answer/check/", "normal_week") == "/answer/receipt/"


def test_what_is_chosen_is_kept_when_something_is_missing():
    invitation = make_open_invitation(language="en")
    client = with_facts(invitation)
    response = client.post(PAGE, {**WEEK, f"day-{DATES[1]}": "", f"day-{DATES[2]}": "balloon"})
    page = text(response)
    assert response.status_code == 422
    summary = re.search(r'role="alert".*?</div>', page, re.DOTALL)
    assert summary
    assert re.findall(r'href="#([^"]+)"', summary[0]) == [f"day-{DATES[1]}", f"day-{DATES[2]}", "weekend"]
    assert all(f'id="{name}"' in page for name in (f"day-{DATES[1]}", "weekend"))
    assert list(stored(invitation)) == [DATES[0], DATES[3], DATES[4]]
    assert client.get("/answer/").headers["Location"] == DAYS[1]


def test_one_day_per_page_keeps_what_was_chosen():
    invitation = make_open_invitation()
    client = with_facts(invitation)
    assert tap(client, PAGE, "one_by_one", **{f"day-{DATES[0]}": "walking"}) == DAYS[1]
    assert tap(client, PAGE, "one_by_one") == DAYS[1]
    assert stored(invitation) == {DATES[0]: Mode.WALKING}


def test_what_was_answered_day_by_day_stands_there_and_stays_as_it_is():
    invitation = make_open_invitation()
    venlo = make_site(invitation.organisation, name="Venlo")
    client = started(invitation)
    tap(client, "/answer/facts/", one_way="10", site=str(invitation.employee.site.code))
    tap(client, DAYS[0] + "other-site/", "walking", site=str(venlo.code), one_way="70")
    tap(client, DAYS[1], "copy")
    chosen = re.findall(r'name="(day-[\d-]+)" value="(\w+)"[^>]* checked', text(client.get(PAGE)))
    assert chosen == [(f"day-{DATES[0]}", "other_site"), (f"day-{DATES[1]}", "other_site")]
    others = {name: choice for name, choice in WEEK.items() if name not in dict(chosen)}
    assert tap(client, PAGE, weekend="no", **dict(chosen), **others) == "/answer/check/"
    with as_owner(invitation.organisation):
        days = DayAnswer.objects.filter(whereabouts=Whereabouts.OTHER_SITE)
        assert list(days.values_list("date", "other_site", "return_metres", "is_copied")) == [
            (DATES[0], venlo.pk, 140_000, False),
            (DATES[1], venlo.pk, 140_000, True),
        ]


def test_another_site_has_its_own_page():
    invitation = make_open_invitation()
    client = with_facts(invitation)
    elsewhere = {**WEEK, f"day-{DATES[1]}": "other_site", f"day-{DATES[3]}": "other_site"}
    assert tap(client, PAGE, weekend="no", **elsewhere) == DAYS[1] + "other-site/"
    assert list(stored(invitation)) == [DATES[0], DATES[2], DATES[4]]
    assert tap(client, DAYS[1] + "other-site/", "walking", one_way="70") == DAYS[3]
    assert tap(client, DAYS[3], "copy") == "/answer/check/"


def test_a_weekend_with_work_is_asked_next_and_is_on_the_page_then():
    invitation = make_open_invitation()
    client = with_facts(invitation)
    assert f"day-{DATES[5]}" not in text(client.get(PAGE))
    assert tap(client, PAGE, weekend="yes", **WEEK) == "/answer/day/2026-03-14/"
    weekend = {f"day-{DATES[5]}": "walking", f"day-{DATES[6]}": "not_worked"}
    assert client.post(PAGE, {**WEEK, "weekend": "yes"}).status_code == 422
    assert tap(client, PAGE, weekend="yes", **WEEK, **weekend) == "/answer/check/"
    assert len(stored(invitation)) == 7
    assert tap(client, PAGE, weekend="no", **WEEK, **weekend) == "/answer/check/"
    assert len(stored(invitation)) == 5


def test_a_vehicle_is_asked_after_it():
    client = with_facts(make_open_invitation())
    by_car = {**WEEK, f"day-{DATES[0]}": "car"}
    assert tap(client, PAGE, weekend="no", **by_car) == "/answer/vehicle/car/fuel/"


def test_a_roster_has_a_row_for_each_of_its_days():
    invitation = make_open_invitation()
    with as_owner(invitation.organisation):
        Invitation.objects.filter(pk=invitation.pk).update(asked_days="26")
    client = with_facts(invitation)
    page = text(client.get(PAGE))
    assert sorted(set(re.findall(r'name="(day-[\d-]+|weekend)"', page))) == [f"day-{DATES[1]}", f"day-{DATES[5]}"]
    rows = {f"day-{DATES[1]}": "walking", f"day-{DATES[5]}": "public_transport"}
    # What somebody else's page would send is left alone.
    assert tap(client, PAGE, weekend="yes", **rows, **{f"day-{DATES[0]}": "car"}) == "/answer/check/"
    assert stored(invitation) == {DATES[1]: Mode.WALKING, DATES[5]: Mode.PUBLIC_TRANSPORT}
    assert client.get("/answer/weekend/").headers["Location"] == "/answer/"


def test_a_change_of_a_week_that_was_sent_counts_at_once():
    invitation = make_open_invitation()
    client = with_full_week(invitation)
    tap(client, "/answer/check/", "normal_week")
    assert tap(client, PAGE, weekend="no", **WEEK) == "/answer/receipt/"
    assert list(stored(invitation).values()) == list(WEEK.values())
    with as_owner(invitation.organisation):
        assert Response.objects.get().submitted_at is not None


def test_nothing_is_stored_after_the_end():
    invitation = make_open_invitation()
    client = with_facts(invitation)
    with as_owner(invitation.organisation):
        type(invitation.week).objects.update(closes_at=OPEN)
    assert client.post(PAGE, {"weekend": "no", **WEEK}).status_code == 410
    assert stored(invitation) == {}
