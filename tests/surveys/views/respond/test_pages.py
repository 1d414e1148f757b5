"""The pages behind the link: one tap one answer, in any order, on any device, and nothing by GET."""

import re
from itertools import pairwise

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from surveys.enums import Mode, Whereabouts
from surveys.models import DayAnswer, Invitation, Response, TravelProfile, VehicleFacts
from tests.factories import as_owner, make_employee, make_invitation, make_site, personal_path
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

PAGES = [
    "/answer/",
    "/answer/facts/",
    "/answer/facts/change/",
    *DAYS,
    "/answer/day/2026-03-14/",
    "/answer/day/2026-03-09/other-site/",
    "/answer/vehicle/car/fuel/",
    "/answer/vehicle/car/provider/",
    "/answer/week/",
    "/answer/weekend/",
    "/answer/normal-week/",
    "/answer/normal-week/weekend/",
    "/answer/normal-week/2026-03-09/",
    "/answer/normal-week/2026-03-09/other-site/",
    "/answer/check/",
    "/answer/receipt/",
    "/answer/delete/",
    "/answer/deleted/",
]


def everything_stored():
    """Every row that an employee can change, whole."""
    with as_owner():
        return [
            list(model._base_manager.order_by("pk").values())
            for model in (Invitation, Response, DayAnswer, TravelProfile, VehicleFacts)
        ]


def modes(invitation):
    with as_owner(invitation.organisation):
        return list(DayAnswer.objects.filter(response__invitation=invitation).values_list("mode", flat=True))


def test_a_week_from_start_to_receipt():
    invitation = make_open_invitation()
    client = started(invitation)
    assert client.get("/answer/").headers["Location"] == "/answer/facts/"
    assert tap(client, "/answer/facts/", one_way="14,5", home_postcode="1234 ab") == DAYS[0]
    assert tap(client, DAYS[0], "car") == "/answer/vehicle/car/fuel/"
    assert tap(client, "/answer/vehicle/car/fuel/", "diesel") == "/answer/vehicle/car/provider/"
    assert tap(client, "/answer/vehicle/car/provider/", "employer") == DAYS[1]
    assert tap(client, DAYS[1], "copy") == DAYS[2]
    assert tap(client, DAYS[2], "home") == DAYS[3]
    assert tap(client, DAYS[3], "other_site") == DAYS[3] + "other-site/"
    assert tap(client, DAYS[3] + "other-site/", "public_transport", one_way="60") == DAYS[4]
    assert tap(client, DAYS[4], "client") == "/answer/weekend/"
    assert tap(client, "/answer/weekend/", "yes") == "/answer/day/2026-03-14/"
    assert tap(client, "/answer/day/2026-03-14/", "walking") == "/answer/day/2026-03-15/"
    assert tap(client, "/answer/day/2026-03-15/", "not_worked") == "/answer/check/"
    assert tap(client, "/answer/check/", "normal_week") == "/answer/receipt/"
    with as_owner(invitation.organisation):
        stored = list(DayAnswer.objects.values_list("whereabouts", "mode", "fuel", "return_metres", "is_copied"))
        response = Response.objects.get()
    assert stored == [
        (Whereabouts.WORKPLACE, Mode.CAR, "diesel", 29_000, False),
        (Whereabouts.WORKPLACE, Mode.CAR, "diesel", 29_000, True),
        (Whereabouts.HOME, "", "", 0, False),
        (Whereabouts.OTHER_SITE, Mode.PUBLIC_TRANSPORT, "", 120_000, False),
        (Whereabouts.CLIENT, "", "", 0, False),
        (Whereabouts.WORKPLACE, Mode.WALKING, "", 29_000, False),
        (Whereabouts.NOT_WORKED, "", "", 0, False),
    ]
    assert (response.submitted_at, response.was_normal_week, response.one_way_metres) == (OPEN, True, 14_500)


def test_questions_are_numbered_and_the_check_is_none():
    client = with_full_week(make_open_invitation(language="en"))
    words = [client.get(path).context["progress_text"] for path in (DAYS[0], "/answer/weekend/", "/answer/check/")]
    assert words == ["Question 2 of 7 · Monday 9 March", "Question 7 of 7", "All questions answered"]


@pytest.mark.parametrize("step", ["nothing", "started", "half", "sent"])
def test_no_get_or_head_changes_a_row_or_sets_a_session(step):
    """What a mail scanner does with every address."""
    invitation = make_open_invitation()
    client = {
        "nothing": lambda _: Client(),
        "started": started,
        "half": with_facts,
        "sent": with_sent_week,
    }[step](invitation)
    before = everything_stored()
    cookies = {name: cookie.value for name, cookie in client.cookies.items() if name != "csrftoken"}
    for path in [*PAGES, personal_path(invitation), personal_path(invitation) + "stop/"]:
        for visit in (client.get, client.head):
            assert visit(path).status_code in (200, 302, 403)
    assert everything_stored() == before
    after = {name: cookie.value for name, cookie in client.cookies.items() if name != "csrftoken"}
    assert after == cookies


def test_no_page_carries_the_secret_and_no_other_site_gets_the_address():
    invitation = make_open_invitation()
    client = with_sent_week(invitation)
    token = personal_path(invitation).split("/")[2]
    for path in PAGES:
        response = client.get(path)
        assert token not in text(response)
        assert str(invitation.code) not in text(response)
        assert response.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in client.get("/answer/receipt/").headers["Cache-Control"]


def test_every_answer_asks_for_a_csrf_token():
    invitation = make_open_invitation()
    client = with_facts(invitation)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies["answer"] = client.cookies["answer"].value
    before = everything_stored()
    for path in PAGES:
        assert strict.post(path, {"choice": "car"}).status_code in (302, 403) or path == "/answer/deleted/"
    assert everything_stored() == before


def test_two_phones_go_on_where_the_other_was():
    invitation = make_open_invitation()
    first, second = with_facts(invitation), started(invitation)
    tap(first, DAYS[0], "walking")
    assert second.get("/answer/").headers["Location"] == DAYS[1]
    assert tap(second, DAYS[1], "public_transport") == DAYS[2]
    assert tap(first, DAYS[1], "walking") == DAYS[2]
    assert modes(invitation) == [Mode.WALKING, Mode.WALKING]


def test_the_cookie_of_one_invitation_never_answers_another():
    mine = make_open_invitation()
    theirs = make_invitation(mine.week, make_employee(mine.organisation))
    stranger = make_open_invitation()
    with_facts(theirs), with_facts(stranger)
    client = with_facts(mine)
    tap(client, DAYS[0], "walking")
    assert (modes(mine), modes(theirs), modes(stranger)) == ([Mode.WALKING], [], [])


def test_a_page_that_is_not_up_yet_leads_to_the_question_that_is():
    invitation = make_open_invitation()
    client = started(invitation)
    assert client.get(DAYS[2]).headers["Location"] == "/answer/facts/"
    client = with_facts(invitation)
    for path in ("/answer/check/", "/answer/receipt/"):
        assert client.get(path).headers["Location"] == DAYS[0]
    for path in ("/answer/day/2026-03-14/", "/answer/day/2026-04-01/", "/answer/normal-week/2026-03-09/"):
        assert client.get(path).headers["Location"] == "/answer/"
        assert tap(client, path, "car") == "/answer/"
    assert tap(client, "/answer/check/", "normal_week") == "/answer/"
    assert tap(client, DAYS[0], "copy") == "/answer/"
    assert tap(client, DAYS[0], "previous_week") == "/answer/"


@pytest.mark.parametrize("path", ["/answer/day/2026-13-40/", "/answer/vehicle/walking/provider/", "/answer/nothing/"])
def test_addresses_that_do_not_exist(path):
    assert with_facts(make_open_invitation()).get(path).status_code == 404


@pytest.mark.parametrize(
    ("path", "choice"),
    [
        (DAYS[0], "workplace"),
        (DAYS[0], "balloon"),
        (DAYS[0], ""),
        (DAYS[0] + "other-site/", "home"),
        ("/answer/vehicle/car/fuel/", "hay"),
        ("/answer/vehicle/car/provider/", "aunt"),
        ("/answer/weekend/", "maybe"),
        ("/answer/normal-week/", "never"),
    ],
)
def test_an_answer_that_is_no_tile_is_asked_again(path, choice):
    client = with_facts(make_open_invitation())
    before = everything_stored()
    response = client.post(path, {"choice": choice})
    assert response.status_code == 422
    assert 'role="alert"' in text(response)
    assert everything_stored() == before


@pytest.mark.parametrize(
    ("written", "metres"),
    [("14", 14_000), ("14,5", 14_500), ("14.5", 14_500), (" 14,5 km ", 14_500), (",5", 500), ("999", 999_000)],
)
def test_distances_as_people_write_them(written, metres):
    invitation = make_open_invitation()
    client = started(invitation)
    tap(client, "/answer/facts/", one_way=written)
    with as_owner(invitation.organisation):
        assert Response.objects.get().one_way_metres == metres
    shown = re.search(r'name="one_way" value="([^"]+)"', text(client.get("/answer/facts/change/")))
    assert shown is not None
    tap(client, "/answer/facts/change/", one_way=shown[1])
    with as_owner(invitation.organisation):
        assert Response.objects.get().one_way_metres == metres


@pytest.mark.parametrize("written", ["", "0", "-5", "1000", "far", "1e3", "٣", "1.2.3", "14,5,5", "nan", "9" * 15])
def test_distances_that_cannot_be(written):
    invitation = make_open_invitation()
    client = started(invitation)
    response = client.post("/answer/facts/", {"one_way": written, "home_postcode": ""})
    assert (response.status_code, 'href="#id_one_way"' in text(response)) == (422, True)


def test_the_form_asks_only_what_the_employer_does_not_know():
    plain = make_open_invitation(home_postcode="1234AB")
    page = text(started(plain).get("/answer/facts/"))
    assert [name in page for name in ('name="site"', 'name="home_postcode"', 'name="one_way"')] == [False, False, True]
    rich = make_open_invitation()
    venlo = make_site(rich.organisation, name="Venlo")
    client = started(rich)
    page = text(client.get("/answer/facts/"))
    assert [name in page for name in ('name="site"', 'name="home_postcode"', 'name="one_way"')] == [True, True, True]
    tap(client, "/answer/facts/", one_way="10", site=str(venlo.code))
    with as_owner(rich.organisation):
        assert (Response.objects.get().site_id, TravelProfile.objects.get().home_postcode) == (venlo.pk, "")


def test_a_site_of_another_employer_is_no_choice():
    invitation = make_open_invitation()
    make_site(invitation.organisation)
    foreign = make_site(make_open_invitation().organisation)
    response = started(invitation).post("/answer/facts/", {"one_way": "10", "site": str(foreign.code)})
    assert response.status_code == 422


def test_changing_after_sending_returns_to_the_receipt_and_stays_sent():
    invitation = make_open_invitation()
    client = with_sent_week(invitation)
    assert tap(client, DAYS[0], "walking") == "/answer/receipt/"
    assert tap(client, DAYS[0], "car") == "/answer/vehicle/car/fuel/"
    assert "Eén vraag" in text(client.get("/answer/receipt/")) or "One question" in text(client.get("/answer/receipt/"))
    tap(client, "/answer/vehicle/car/fuel/", "electric")
    assert tap(client, "/answer/vehicle/car/provider/", "own") == "/answer/receipt/"
    with as_owner(invitation.organisation):
        assert Response.objects.get().submitted_at == OPEN
    assert modes(invitation)[0] == Mode.CAR


def test_an_unusual_week_with_a_normal_one_beside_it():
    invitation = make_open_invitation()
    client = with_full_week(invitation)
    normal = [f"/answer/normal-week/2026-03-{day:02}/" for day in range(9, 16)]
    assert tap(client, "/answer/normal-week/", "fill") == normal[0]
    for path, following in pairwise(normal[:5]):
        assert tap(client, path, "walking") == following
    assert tap(client, normal[4], "copy") == "/answer/normal-week/weekend/"
    assert tap(client, "/answer/normal-week/weekend/", "yes") == normal[5]
    assert tap(client, normal[5], "walking") == normal[6]
    assert tap(client, normal[6], "not_worked") == "/answer/check/"
    assert tap(client, "/answer/check/", "send") == "/answer/receipt/"
    with as_owner(invitation.organisation):
        response = Response.objects.get()
    assert (response.was_normal_week, response.gives_normal_week) == (False, True)


def test_far_by_bicycle_is_doubted_but_sent():
    invitation = make_open_invitation(language="en")
    client = started(invitation)
    tap(client, "/answer/facts/", one_way="60")
    for path in DAYS:
        tap(client, path, "bicycle")
    tap(client, "/answer/vehicle/bicycle/provider/", "own")
    tap(client, "/answer/weekend/", "no")
    assert "60 km one way, bicycle: that is far. Is it right?" in text(client.get("/answer/check/"))
    assert tap(client, "/answer/check/", "normal_week") == "/answer/receipt/"


def test_deleting_asks_first_and_forgets_the_browser():
    invitation = make_open_invitation()
    client = with_sent_week(invitation)
    assert client.get("/answer/delete/").status_code == 200
    assert tap(client, "/answer/delete/") == "/answer/deleted/"
    assert client.get("/answer/deleted/").status_code == 200
    assert client.cookies["answer"].value == ""
    with as_owner(invitation.organisation):
        assert (Response.objects.count(), TravelProfile.objects.count()) == (0, 0)
        assert Invitation.objects.get().answered_at is None


def test_another_tab_after_deleting_is_sent_back_to_the_mail():
    invitation = make_open_invitation(language="en")
    client, tab = with_full_week(invitation), started(invitation)
    tap(client, "/answer/delete/")
    for response in (tab.get(DAYS[0]), tab.post(DAYS[0], {"choice": "car"})):
        assert response.status_code == 200
        assert "There are no answers of you." in text(response)


@pytest.mark.parametrize("path", [DAYS[4], "/answer/weekend/", "/answer/check/"])
def test_a_page_asks_the_database_as_often_for_one_day_as_for_many(path):
    """Set the scope, find the invitation, read week, days, vehicles and sites; the day page looks for last week."""
    few = _queries(with_week(make_open_invitation(), worked_days=1), path)
    many = _queries(with_week(make_open_invitation(), worked_days=5), path)
    assert many == few
    assert len(many) <= 6


def with_week(invitation, *, worked_days):
    """A week of so many days by two modes, the other days not worked."""
    make_site(invitation.organisation)
    client = started(invitation)
    tap(client, "/answer/facts/", one_way="10", site=str(invitation.employee.site.code))
    for number, path in enumerate(DAYS):
        worked = "bicycle" if number % 2 else "walking"
        tap(client, path, worked if number < worked_days else "not_worked")
    tap(client, "/answer/vehicle/bicycle/provider/", "own")
    tap(client, "/answer/weekend/", "no")
    return client


def _queries(client, path):
    """What is asked of tables and functions; setting roles and savepoints apart."""
    with CaptureQueriesContext(
        connection,
    ) as context:
        assert client.get(path).status_code == 200
    kept = [query["sql"] for query in context.captured_queries]
    return [re.sub(r"\d+|'[^']*'", "?", sql) for sql in kept if sql.startswith("SELECT") and "set_config" not in sql]
