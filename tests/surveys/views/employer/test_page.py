"""The public page of an employer: who mails and when, and nothing about anybody."""

import datetime

import pytest
from django.test import Client

from surveys.models import MailStep
from tests.factories import (
    MONDAY,
    NOW,
    as_owner,
    make_campaign,
    make_employee,
    make_invitation,
    make_organisation,
    make_response,
    make_week,
    personal_path,
)

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _now(time_machine):
    time_machine.move_to(NOW + datetime.timedelta(hours=1), tick=False)


@pytest.fixture
def organisation():
    return make_organisation(
        slug="fietsfabriek",
        name="Voorbeeld Fietsfabriek",
        contact_name="Balie P&O",
        contact_phone="010 000 00 00",
        contact_email="vragen@voorbeeld.example",
    )


def page(slug="fietsfabriek", *, language="en", client=None):
    return (client or Client(headers={"accept-language": language})).get(f"/e/{slug}/")


def make_plan(campaign, *steps, monday=MONDAY, **week):
    """A week with steps (kind, number, days after NOW, state)."""
    made = make_week(campaign, monday=monday, **week)
    with as_owner(campaign.organisation):
        for kind, number, days, state in steps:
            MailStep.objects.create(
                organisation=campaign.organisation,
                campaign=campaign,
                week=made,
                kind=kind,
                number=number,
                due_at=NOW + days * DAY,
                expires_at=NOW + (days + 1) * DAY,
                state=state,
            )
    return made


USUAL = (
    ("announcement", 0, -3, "released"),
    ("invitation", 0, 0, "prepared"),
    ("reminder", 1, 2, "planned"),
    ("reminder", 2, 7, "skipped"),
    ("thanks", 0, 16, "planned"),
)


def shown(response):
    return [
        [(str(mail["name"]), mail["day"], mail["is_past"]) for mail in survey["mails"]]
        for survey in response.context["surveys"]
    ]


def test_page_says_who_mails_on_which_days_and_where_to_ask(organisation):
    make_plan(make_campaign(organisation, sender_name="Sanne de Vries"), *USUAL)
    response = page()
    assert response.status_code == 200
    assert shown(response) == [
        [
            ("Announcement", "Friday 13 March", True),
            ("Invitation", "Monday 16 March", False),
            ("Reminder 1", "Wednesday 18 March", False),
            ("Thanks", "Wednesday 1 April", False),
        ]
    ]
    for words in (
        "Sanne de Vries (Voorbeeld Fietsfabriek)",
        "wpm@platform.example",
        "http://testserver/r/",
        "9–15 March 2026",
        "Balie P&amp;O",
        'href="tel:0100000000"',
        "vragen@voorbeeld.example",
        "We never ask for a password",
    ):
        assert words in response.text, words


def test_page_is_dutch_for_who_reads_dutch(organisation):
    make_plan(make_campaign(organisation), *USUAL)
    assert "maandag 16 maart" in page(language="nl").text
    assert "<h1>Is deze mail echt?</h1>" in page(language="nl").text


def test_nothing_on_the_page_is_about_persons_or_numbers(organisation):
    campaign = make_campaign(organisation, name="Geheime naam", reply_to="antwoord@voorbeeld.example")
    week = make_plan(campaign, *USUAL)
    people = [make_employee(organisation, name="Jan Voorbeeld", email=f"jan{n}@voorbeeld.example") for n in range(7)]
    for number, employee in enumerate(people):
        invitation = make_invitation(week, employee)
        if number < 5:
            make_response(invitation)
        else:
            assert personal_path(invitation) not in page().text
    before = page().text
    for hidden in ("Jan Voorbeeld", "jan0@", "Geheime naam", "antwoord@", str(campaign.code), str(invitation.code)):
        assert hidden not in before
    make_invitation(week, make_employee(organisation))
    without_token = [line for line in page().text.splitlines() if "csrfmiddlewaretoken" not in line]
    assert without_token == [line for line in before.splitlines() if "csrfmiddlewaretoken" not in line]


def test_unknown_employer_is_not_found(organisation):
    for path in ("/e/no-such-employer/", "/e/no-such-employer/link/", "/e/FIETSFABRIEK/"):
        assert Client().get(path).status_code == 404
    assert Client().post("/e/no-such-employer/", {"email": "x@voorbeeld.example"}).status_code == 404


def test_without_a_survey_the_page_warns_for_mails_about_one(organisation):
    make_plan(make_campaign(organisation, state="draft"), *USUAL)
    make_plan(make_campaign(organisation, state="closed", closed_at=NOW), ("invitation", 0, -20, "released"))
    response = page()
    assert (response.status_code, response.context["surveys"]) == (200, [])
    assert "There is no survey now." in response.text


def test_survey_of_another_employer_is_not_shown(organisation):
    make_plan(make_campaign(make_organisation(slug="elders"), sender_name="Iemand Anders"), *USUAL)
    assert page().context["surveys"] == []
    assert "Iemand Anders" in page("elders").text


def test_paused_survey_says_that_no_mail_leaves(organisation):
    make_plan(make_campaign(organisation, state="paused"), *USUAL)
    assert "no mail leaves now" in page().text


def test_thanks_after_the_closing_are_still_announced(organisation):
    make_plan(make_campaign(organisation, state="closed", closed_at=NOW), *USUAL)
    assert shown(page()) == [[("Thanks", "Wednesday 1 April", False)]]


def test_campaign_without_a_plan_shows_its_invitation(organisation):
    make_week(make_campaign(organisation), opens_at=NOW)
    assert shown(page()) == [[("Invitation", "Monday 16 March", False)]]


def test_panel_shows_the_mails_that_are_near(organisation):
    campaign = make_campaign(organisation, kind="weekly_panel")
    for number in range(12):
        opens_at = NOW + (number - 4) * 7 * DAY
        make_plan(
            campaign,
            ("invitation", 0, (number - 4) * 7, "planned"),
            monday=MONDAY + (number - 4) * 7 * DAY,
            opens_at=opens_at,
            closes_at=opens_at + 6 * DAY,
        )
    [mails] = shown(page())
    assert [day for _name, day, _past in mails] == [
        "Monday 2 March",
        "Monday 9 March",
        "Monday 16 March",
        "Monday 23 March",
        "Monday 30 March",
        "Monday 6 April",
        "Monday 13 April",
    ]
    assert "9–15 February 2026 up to and including 27 April – 3 May 2026" in page().text


def test_page_without_contact_asks_at_the_employer(organisation):
    with as_owner():
        type(organisation).objects.update(contact_name="", contact_phone="", contact_email="")
    assert "Do you doubt it?" not in page().text


def test_page_sets_no_session_and_changes_nothing(organisation):
    client = Client()
    for method in ("get", "head"):
        assert getattr(client, method)("/e/fietsfabriek/").status_code == 200
    assert "sessionid" not in client.cookies
    assert client.put("/e/fietsfabriek/").status_code == 405
    assert client.post("/e/fietsfabriek/link/").status_code == 405


def test_employees_link_page_points_to_it(organisation):
    invitation = make_invitation(make_week(make_campaign(organisation)), make_employee(organisation))
    with as_owner(organisation):
        path = personal_path(invitation)
    assert 'href="/e/fietsfabriek/"' in Client().get(path).text
