"""Texts are checked when saved, and frozen when the campaign closes."""

import pytest
from django.utils import translation

from surveys.domain.campaign_text import TextFault, text_problems
from surveys.models import Campaign, CampaignText
from surveys.services.campaign_states import close_campaign
from surveys.services.campaign_texts import TextRejected, TextsFrozen, missing_texts, problem_message, save_text
from tests.factories import as_owner, make_employee, make_organisation
from tests.surveys.campaigns import events, local, make_draft, make_started, rows
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db
NOW = local("2026-03-12")


def save(organisation, campaign, *, subject="Hoe reisde je?", body="Klik op {link}", **fields):
    with organisation_scope(organisation):
        return save_text(
            organisation=organisation,
            actor=None,
            now=NOW,
            campaign=campaign,
            subject=subject,
            body=body,
            **({"language": "nl", "kind": "invitation"} | fields),
        )


def test_default_texts_can_be_sent_as_they_are(organisation):
    make_draft(organisation)
    texts = rows(CampaignText, organisation, "kind", "subject", "body")
    assert len(texts) == 8
    for kind, subject, body in texts:
        assert text_problems(kind=kind, subject=subject, body=body) == ()


def test_default_texts_are_in_their_language(organisation):
    make_draft(organisation)
    first_lines = {
        (language, kind): body.splitlines()[0]
        for language, kind, body in rows(CampaignText, organisation, "language", "kind", "body")
    }
    greetings = {"nl": "Beste collega,", "en": "Hello,"}
    kinds = ("announcement", "invitation", "reminder", "thanks")
    assert first_lines == {(language, kind): greetings[language] for language in greetings for kind in kinds}


def test_save_text_twice_keeps_one_row(organisation):
    campaign = make_draft(organisation)
    save(organisation, campaign, body="Eerst {link}")
    save(organisation, campaign, body="Daarna {link}")
    found = rows(CampaignText, organisation, "body", language="nl", kind="invitation")
    assert found == ["Daarna {link}"]
    assert events(organisation)[1:] == ["campaign.text_changed", "campaign.text_changed"]


def test_faulty_text_is_refused_with_every_fault(organisation):
    campaign = make_draft(organisation)
    with pytest.raises(TextRejected) as error:
        save(organisation, campaign, subject="{link}", body="{naam}")
    assert [problem.fault for problem in error.value.problems] == [
        TextFault.FIELD_IN_SUBJECT,
        TextFault.UNKNOWN_FIELD,
        TextFault.LINK_MISSING,
    ]
    with translation.override("en"):
        assert problem_message(error.value.problems[1]) == (
            "{naam} is not a field. Use one of these: {employer}, {week}, {link}, {minutes}, {closes}, {sender}."
        )


def test_link_in_the_announcement_is_refused(organisation):
    campaign = make_draft(organisation)
    with pytest.raises(TextRejected) as error:
        save(organisation, campaign, kind="announcement")
    with translation.override("en"):
        assert str(error.value) == (
            "Leave {link} out. A personal link only belongs in the invitation and the reminder."
        )
    save(organisation, campaign, kind="announcement", body="Op {opens} mailen we je. {about}")
    assert rows(CampaignText, organisation, "body", language="nl", kind="announcement") == [
        "Op {opens} mailen we je. {about}"
    ]


def test_missing_texts_are_named_in_the_order_of_the_plan(organisation):
    campaign = make_draft(organisation)
    every_kind = ["thanks", "reminder", "announcement", "invitation"]
    with as_owner(organisation):
        campaign.texts.filter(language="nl", kind="thanks").delete()
        campaign.texts.filter(language="nl", kind="reminder").update(body="zonder link")
        campaign.texts.filter(language="en").delete()
    with organisation_scope(organisation):
        assert missing_texts(campaign=campaign, kinds=every_kind, language="nl") == ["reminder", "thanks"]
        assert missing_texts(campaign=campaign, kinds=["announcement"], language="nl") == []
        assert missing_texts(campaign=campaign, kinds=["announcement"], language="en") == ["announcement"]


def test_text_of_a_running_campaign_can_change_but_not_of_a_closed_one(organisation):
    make_employee(organisation)
    campaign = make_started(organisation)
    save(organisation, campaign)
    with organisation_scope(organisation):
        close_campaign(organisation=organisation, actor=None, now=NOW, campaign=campaign)
    with pytest.raises(TextsFrozen):
        save(organisation, campaign)


def test_campaign_of_another_organisation_is_not_found(organisation):
    with pytest.raises(Campaign.DoesNotExist):
        save(make_organisation(), make_draft(organisation))
