"""From start to thanks through the real plan: what each mail says, and that its links do what they say."""

import datetime
import re

import pytest
from django.core import mail as django_mail
from django.test import Client

from surveys.models import DayAnswer, Invitation
from surveys.services.campaign_progress import advance_campaigns
from surveys.services.campaign_start import start_campaign
from tests.factories import as_owner, make_employee, make_organisation, make_response
from tests.surveys.campaigns import local, make_draft, send_all
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db
SUBJECTS = {
    "announcement": "Binnenkort vragen we hoe je naar je werk reist",
    "invitation": "Hoe reisde je naar je werk? (1 minuut)",
    "reminder": "Herinnering: hoe reisde je naar je werk? (1 minuut)",
    "thanks": "Zo reizen we naar ons werk",
}


@pytest.fixture
def organisation():
    organisation = make_organisation(slug="fietsfabriek", name="Voorbeeld Fietsfabriek")
    for number in range(7):
        make_employee(organisation, email=f"m{number}@voorbeeld.example")
    return organisation


def start(organisation):
    draft = make_draft(organisation)
    now = local("2026-03-10")
    with organisation_scope(organisation):
        return start_campaign(organisation=organisation, actor=None, now=now, today=now.date(), campaign=draft)


def pass_days(organisation, *, until, since="2026-03-10"):
    """Let the clock tick three times each morning; what left, as {kind: [addresses]} in the order of the plan."""
    django_mail.outbox.clear()
    day, last = local(since), local(until)
    while day <= last:
        for minutes in (-10, 0, 15):
            now = day + datetime.timedelta(minutes=minutes)
            with organisation_scope(organisation):
                advance_campaigns(organisation=organisation, now=now)
            send_all(organisation, now=now)
        day += datetime.timedelta(days=1)
    return {
        kind: sorted(message.to[0] for message in django_mail.outbox if message.subject == subject)
        for kind, subject in SUBJECTS.items()
    }


def body_of(kind):
    return next(message.body for message in django_mail.outbox if message.subject == SUBJECTS[kind])


def answer(organisation, *, people):
    with as_owner(organisation):
        invitations = list(
            Invitation.objects.select_related("organisation", "employee", "campaign", "week").order_by("pk")
        )
    for invitation in invitations[:people]:
        response = make_response(invitation)
        with as_owner(organisation):
            for number, mode in enumerate(["car", "car", "car", "bicycle"]):
                DayAnswer.objects.create(
                    organisation=organisation,
                    response=response,
                    employee=response.employee,
                    date=invitation.week.monday + datetime.timedelta(days=number),
                    whereabouts="workplace",
                    mode=mode,
                    return_metres=20_000,
                )


def test_announced_without_a_link_invited_and_thanked_with_the_result(organisation, time_machine):
    start(organisation)
    everybody = [f"m{number}@voorbeeld.example" for number in range(7)]
    assert pass_days(organisation, until="2026-03-16") == {
        "announcement": everybody,
        "invitation": everybody,
        "reminder": [],
        "thanks": [],
    }
    announced = body_of("announcement")
    assert "/r/" not in announced
    [about] = re.findall(r"http://testserver(/e/\S+)", announced)
    time_machine.move_to(local("2026-03-14"), tick=False)
    page = Client().get(about)
    assert page.status_code == 200
    assert "maandag 16 maart" in page.text
    [own] = re.findall(r"http://testserver(/r/\S+?/)\n", body_of("invitation").split("stop/")[0])
    time_machine.move_to(local("2026-03-16", "12:00"), tick=False)
    assert Client().get(own).status_code == 200
    answer(organisation, people=5)
    left = pass_days(organisation, since="2026-03-17", until="2026-04-02")
    assert set(left["reminder"]) == set(everybody[5:])
    assert left["thanks"]
    assert set(left["thanks"]) >= set(everybody[:5])
    assert "5 van de 7 mensen hebben geantwoord (71 %)." in body_of("thanks")
    assert "auto 75 %, fiets of e‑bike 25 %" in body_of("thanks")


def test_who_stops_by_one_click_gets_no_reminder_and_the_others_do(organisation, time_machine):
    start(organisation)
    pass_days(organisation, until="2026-03-16")
    invited = next(message for message in django_mail.outbox if message.to == ["m3@voorbeeld.example"])
    path = re.search(r"<http://testserver(/r/\S+/stop/)>", invited.extra_headers["List-Unsubscribe"])[1]
    time_machine.move_to(local("2026-03-16", "12:00"), tick=False)
    robot = Client(enforce_csrf_checks=True)
    assert robot.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    left = pass_days(organisation, since="2026-03-17", until="2026-03-19")
    assert left["reminder"] == [f"m{number}@voorbeeld.example" for number in range(7) if number != 3]
    assert Client().post(path, {"choice": "resume"}).status_code == 302
    later = pass_days(organisation, since="2026-03-20", until="2026-03-24")
    assert "m3@voorbeeld.example" in later["reminder"]
