"""The settings about mail: the check of the sender, and the letter for the employer's IT department."""

import datetime

import pytest
from django.core.cache import cache
from django.urls import reverse

from surveys.models import MailStep
from surveys.services.sample_headers import sample_headers
from surveys.services.survey_letters import sender_address
from tests.factories import NOW, as_owner, make_campaign, make_employee, make_organisation, make_week
from tests.mailing.name_server import name_server
from tests.surveys.campaigns import make_draft
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.letters import Letter, built_message

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def organisation():
    return make_organisation(name="Voorbeeld Fietsfabriek", contact_name="Balie", reply_to="antwoord@voorbeeld.example")


def address(organisation, name="settings_mail", **parts):
    return reverse(name, kwargs={"slug": organisation.slug, **parts})


def verdicts(page):
    return [(line["name"], line["verdict"]) for line in page.context["sender"]["lines"]]


def test_check_is_shown_in_the_settings_and_before_a_start(hr, organisation, settings):
    settings.MAIL_DOMAIN, settings.DKIM_SELECTOR = "voorbeeld.nl", "s1"
    records = {"voorbeeld.nl": ["v=spf1 mx -all"], "_dmarc.voorbeeld.nl": ["v=DMARC1; p=none"]}
    expected = [("SPF", "good"), ("DKIM", "bad"), ("DMARC", "good")]
    with name_server(records) as server:
        settings.DNS_SERVER = server.address
        page = hr.get(address(organisation))
        start = hr.get(address(organisation, "campaign_start", code=make_draft(organisation).code))
    assert (verdicts(page), verdicts(start)) == (expected, expected)
    for text in (page.text, start.text):
        assert "Er staat hier geen DKIM-sleutel" in text
        assert "Niet in orde" in text


def test_a_start_needs_no_answer_from_a_name_server(hr, organisation):
    make_employee(organisation)
    draft = make_draft(organisation)
    page = hr.get(address(organisation, "campaign_start", code=draft.code))
    assert verdicts(page) == [("SPF", "unchecked"), ("DKIM", "unchecked"), ("DMARC", "unchecked")]
    hr.post(address(organisation, "campaign_start", code=draft.code))
    with as_owner(organisation):
        assert type(draft).objects.get(pk=draft.pk).state == "running"
    cache.clear()


def test_settings_name_the_public_page(hr, organisation):
    page = hr.get(address(organisation))
    assert f'href="http://testserver/e/{organisation.slug}/"' in page.text
    assert "wpm@platform.example" in page.text


def test_letter_is_filled_in(hr, organisation, settings):
    settings.DKIM_SELECTOR, settings.MAIL_SENDING_SERVERS = "s1", ["192.0.2.1", "mail.platform.example"]
    settings.BOUNCE_ADDRESS, settings.MAIL_PROVIDER = "bounces@retour.platform.example", ""
    for _ in range(3):
        make_employee(organisation)
    make_employee(organisation, email="")
    make_employee(organisation, left_at=NOW)
    campaign = make_campaign(organisation, state="draft", sender_name="Sanne de Vries")
    week = make_week(campaign)
    with as_owner(organisation):
        for kind, days, state in (
            ("announcement", -1, "released"),
            ("invitation", 2, "planned"),
            ("thanks", 9, "skipped"),
        ):
            MailStep.objects.create(
                organisation=organisation,
                campaign=campaign,
                week=week,
                kind=kind,
                state=state,
                due_at=NOW + datetime.timedelta(days=days),
                expires_at=NOW + datetime.timedelta(days=days + 1),
            )
    text = hr.get(address(organisation, "settings_mail_letter")).text
    for words in (
        "Sanne de Vries (Voorbeeld Fietsfabriek)",
        "wpm@platform.example",
        "retour.platform.example",
        "s1._domainkey.platform.example",
        "192.0.2.1",
        "ongeveer 3 mensen",
        "woensdag 18 maart, 09:00",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "Return-Path: &lt;bounces+",
        "16 maart 2026",
        f"http://testserver/e/{organisation.slug}/",
    ):
        assert words in text, words
    assert "Bedankmail" not in text
    assert "zondag 15 maart" not in text


def test_letter_without_a_campaign_says_that_the_days_follow(hr, organisation):
    page = hr.get(address(organisation, "settings_mail_letter"))
    assert page.context["steps"] == []
    assert "De dagen zijn nog niet gepland." in page.text


def test_letter_shows_nothing_of_another_employer(hr, organisation):
    other = make_organisation(name="Elders")
    make_employee(other)
    campaign = make_campaign(other)
    week = make_week(campaign)
    with as_owner(other):
        MailStep.objects.create(
            organisation=other,
            campaign=campaign,
            week=week,
            kind="invitation",
            due_at=NOW + datetime.timedelta(days=1),
            expires_at=NOW + datetime.timedelta(days=2),
        )
    page = hr.get(address(organisation, "settings_mail_letter"))
    assert (page.context["steps"], page.context["people"]) == ([], 0)


def test_example_headers_are_those_of_a_real_mail(organisation):
    campaign = make_campaign(organisation, sender_name="Sanne")
    letter = Letter(
        subject="x", text="x", html="x", sender=sender_address(campaign), reply_to="antwoord@voorbeeld.example"
    )
    message = built_message(OutgoingMail(recipient="x@voorbeeld.example", message_id="<x@platform.example>"), letter)
    real = message.message()
    shown = dict(sample_headers(organisation=organisation, sender_name="Sanne"))
    for name in ("Auto-Submitted", "X-Auto-Response-Suppress", "Reply-To"):
        assert shown[name] == real[name]
    assert shown["Message-ID"].endswith("@platform.example>")
    assert shown["From"].endswith("<wpm@platform.example>")
    assert set(shown) - {"List-Unsubscribe", "List-Unsubscribe-Post"} <= {name for name, _value in real.items()}
