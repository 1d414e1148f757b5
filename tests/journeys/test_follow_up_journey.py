"""HR asks a few of the silent one question; one of them answers it with one tap, also without JavaScript."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from surveys.models import FollowUpAnswer
from tests.factories import as_owner, make_member, make_organisation
from tests.surveys.follow_ups import ASKED, closed_survey, question_path, silent_invitations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_hr_asks_the_silent_and_one_answers(desktop, phone, log_in, check_axe, shot, time_machine):
    time_machine.move_to(ASKED, tick=True)
    organisation = make_organisation(name="Voorbeeld Fietsfabriek")
    campaign = closed_survey(organisation, silent=45, answered=30)
    member = make_member(organisation)
    log_in(desktop, member)
    where = {"slug": organisation.slug}
    desktop.goto(reverse("campaign", kwargs=where | {"code": campaign.code}))
    shot(desktop, "follow-up/campaign-desktop")
    desktop.get_by_role("link", name="Naar de navraag").click()
    check_axe(desktop)
    shot(desktop, "follow-up/ask-desktop")
    log_in(phone, member)
    phone.goto(desktop.url)
    shot(phone, "follow-up/ask-phone")
    desktop.get_by_role("button", name="Verstuur de vraag").click()
    expect(desktop.locator(".figure-big")).to_have_text("0 van 40")
    shot(desktop, "follow-up/asked-desktop")
    with as_owner(organisation):
        asked = next(row for row in silent_invitations(organisation) if hasattr(row, "follow_up_question"))
    phone.goto(question_path(asked))
    check_axe(phone)
    shot(phone, "follow-up/question-phone")
    phone.locator("button[value=bicycle]").click()
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    expect(phone.locator(".note-good")).to_contain_text("Dank je wel")
    check_axe(phone)
    shot(phone, "follow-up/answered-phone")
    desktop.goto(question_path(asked))
    shot(desktop, "follow-up/answered-desktop")
    with as_owner(organisation):
        assert list(FollowUpAnswer.objects.values_list("usual_mode", flat=True)) == ["bicycle"]
    desktop.goto(reverse("campaign_new", kwargs=where))
    desktop.locator("input[value=joiners_and_anchor]").check()
    desktop.select_option("select[name=asked_since]", str(campaign.pk))
    desktop.fill("input[name=anchor_size]", "20")
    desktop.fill("input[name=sender_name]", "Voorbeeld Personeelszaken")
    shot(desktop, "follow-up/wizard-desktop")
    phone.goto(reverse("campaign_new", kwargs=where))
    shot(phone, "follow-up/wizard-phone")
    desktop.get_by_role("button", name="Maak het concept").click()
    shot(desktop, "follow-up/draft-desktop")
    desktop.locator('a[href$="/start/"]').first.click()
    shot(desktop, "follow-up/start-desktop")
    phone.goto(desktop.url)
    shot(phone, "follow-up/start-phone")
