"""Where people meet the mail in a browser: is it real, my link again, no more reminders, and HR's settings of it."""

import datetime
from types import SimpleNamespace

import pytest
from django.urls import reverse

from surveys.models import Invitation, MailStep
from surveys.services.campaign_texts import add_default_texts
from surveys.services.survey_letters import letter_for
from surveys.tasks.own_links import send_own_links
from tests.factories import (
    as_owner,
    make_campaign,
    make_employee,
    make_invitation,
    make_member,
    make_organisation,
    make_response,
    make_week,
    personal_path,
)
from tests.mailing.name_server import name_server
from wpm_platform.clock import now, today
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.stops import address_hash
from wpm_platform.organisations.enums import MemberRole
from wpm_platform.scoping import organisation_scope

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = datetime.timedelta(days=1)
SCREENS = pytest.mark.parametrize("screen", ["phone", "desktop"])


@pytest.fixture
def organisation():
    return make_organisation(
        slug="fietsfabriek",
        name="Voorbeeld Fietsfabriek",
        contact_name="Voorbeeld Personeelszaken",
        contact_email="vragen@voorbeeld.example",
        contact_phone="010 000 00 00",
    )


@pytest.fixture
def week(organisation):
    """A survey in the middle of its plan, about the week before last."""
    campaign = make_campaign(organisation, sender_name="Sanne de Vries")
    monday = today() - datetime.timedelta(days=today().weekday() + 14)
    week = make_week(campaign, monday=monday, opens_at=now() - 3 * DAY, closes_at=now() + 11 * DAY)
    with as_owner(organisation):
        add_default_texts(campaign=campaign)
        for kind, number, days, state in (
            ("announcement", 0, -6, "released"),
            ("invitation", 0, -3, "released"),
            ("reminder", 1, 1, "planned"),
            ("reminder", 2, 4, "planned"),
            ("thanks", 0, 12, "planned"),
        ):
            MailStep.objects.create(
                organisation=organisation,
                campaign=campaign,
                week=week,
                kind=kind,
                number=number,
                due_at=now() + days * DAY,
                expires_at=now() + (days + 1) * DAY,
                state=state,
            )
    return week


@pytest.fixture
def invitation(organisation, week):
    return make_invitation(week, make_employee(organisation, email="jan@voorbeeld.example"))


def path_of(invitation):
    with as_owner(invitation.organisation):
        return personal_path(invitation)


@SCREENS
def test_employee_checks_a_mail_and_asks_for_the_link(request, screen, organisation, invitation, check_axe, shot):
    page = request.getfixturevalue(screen)
    page.goto(path_of(invitation))
    page.get_by_role("link", name="Is deze mail echt?").click()
    assert page.url.endswith("/e/fietsfabriek/")
    assert page.get_by_role("heading", level=1).inner_text() == "Is deze mail echt?"
    check_axe(page)
    shot(page, f"employer-mail-{screen}")
    page.get_by_role("button", name="Stuur mij mijn link").click()
    assert page.get_by_role("alert").get_by_role("link").inner_text() == "Vul je e-mailadres op het werk in."
    check_axe(page)
    shot(page, f"employer-mail-wrong-{screen}")
    page.get_by_label("Je e-mailadres op het werk").fill("jan@voorbeeld.example")
    page.get_by_role("button", name="Stuur mij mijn link").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Kijk in je mail"
    check_axe(page)
    shot(page, f"employer-link-asked-{screen}")
    # What the background does with it.
    send_own_links(organisation_id=organisation.pk, address_hash=address_hash("jan@voorbeeld.example"))
    with as_owner(organisation):
        assert OutgoingMail.objects.get().recipient == "jan@voorbeeld.example"


@SCREENS
def test_employer_without_a_survey(request, screen, organisation, check_axe, shot):
    page = request.getfixturevalue(screen)
    page.goto("/e/fietsfabriek/")
    check_axe(page)
    shot(page, f"employer-mail-none-{screen}")
    page.locator(".languages summary").click()
    page.get_by_role("button", name="English").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Is this mail real?"
    check_axe(page)


@SCREENS
def test_employee_stops_the_reminders_and_takes_it_back(request, screen, invitation, check_axe, shot):
    page = request.getfixturevalue(screen)
    make_response(invitation)
    page.goto(f"{path_of(invitation)}stop/")
    check_axe(page)
    shot(page, f"stop-{screen}")
    page.get_by_role("button", name="Stop de herinneringen").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Je krijgt geen herinneringen meer"
    check_axe(page)
    shot(page, f"stopped-{screen}")
    page.get_by_role("button", name="Stuur me toch herinneringen").click()
    assert page.get_by_role("button", name="Stop de herinneringen").is_visible()
    page.get_by_role("button", name="Verwijder mijn antwoorden").click()
    assert page.url.endswith("/answer/delete/")
    with as_owner(invitation.organisation):
        assert Invitation.objects.get().opted_out_at is None


@SCREENS
def test_hr_reads_whether_mail_arrives(
    request, screen, organisation, week, invitation, settings, log_in, check_axe, shot
):
    page = request.getfixturevalue(screen)
    log_in(page, make_member(organisation, role=MemberRole.HR_ADMIN))
    settings.MAIL_DOMAIN, settings.DKIM_SELECTOR = "voorbeeld.nl", "s1"
    draft = make_campaign(organisation, state="draft", name="Volgend jaar")
    make_week(draft, monday=week.monday - datetime.timedelta(days=7), opens_at=now() + DAY)
    with as_owner(organisation):
        add_default_texts(campaign=draft)
    records = {"voorbeeld.nl": ["v=spf1 ip4:192.0.2.1 -all"], "_dmarc.voorbeeld.nl": ["v=DMARC1; p=none"]}
    pages = {
        "settings_mail": {},
        "settings_mail_letter": {},
        "settings_edit": {},
        "settings_general": {},
        "campaign_start": {"code": draft.code},
        "campaign_texts": {"code": draft.code},
        "campaign_text": {"code": draft.code, "language": "nl", "kind": "announcement"},
    }
    with name_server(records) as server:
        settings.DNS_SERVER = server.address
        for name, parts in pages.items():
            page.goto(reverse(name, kwargs={"slug": organisation.slug, **parts}))
            for summary in page.locator("main summary").all()[:1]:
                summary.click()
            check_axe(page)
            shot(page, f"mail-{name.replace('_', '-')}-{screen}")
    if screen == "desktop":
        page.goto(reverse("settings_mail_letter", kwargs={"slug": organisation.slug}))
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 794, "height": 1123})
        assert not page.get_by_role("navigation").first.is_visible()
        shot(page, "mail-settings-mail-letter-print")


@SCREENS
def test_mails_as_they_arrive(request, screen, organisation, week, invitation, check_axe, shot):
    page = request.getfixturevalue(screen)
    kinds = ("announcement", "invitation", "reminder", "thanks", "own_link")
    with organisation_scope(organisation):
        found = Invitation.objects.select_related("campaign__organisation", "week", "employee").get(pk=invitation.pk)
        letters = {
            kind: letter_for(mail=SimpleNamespace(kind=f"surveys.{kind}", due_at=now()), invitation=found)
            for kind in kinds
        }
    for kind, letter in letters.items():
        page.set_content(letter.html)
        assert page.title() == letter.subject
        check_axe(page)
        shot(page, f"letter-{kind.replace('_', '-')}-{screen}")
