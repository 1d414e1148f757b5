"""What a survey mail looks like: hostile words, languages, headers."""

import pytest
from django.conf import settings

from surveys.domain.campaign_plan import consecutive_mondays
from surveys.enums import TextKind
from surveys.services.campaign_test_mail import sample_letter
from surveys.services.campaign_texts import default_text
from surveys.services.survey_letters import sender_address, text_in
from tests.factories import as_owner, make_campaign, make_organisation, make_week
from tests.surveys.campaigns import MONDAY, make_draft
from wpm_platform.organisations.models import Organisation
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return make_organisation(name="Voorbeeld & Zn", contact_name="Balie <b>", contact_phone="010 000 00 00")


def letter_of(campaign, *, language="nl", kind="invitation"):
    with organisation_scope(campaign.organisation):
        campaign = type(campaign).objects.select_related("organisation").get(pk=campaign.pk)
        return sample_letter(campaign=campaign, kind=kind, language=language)


def test_words_of_hr_are_text_in_the_html(organisation):
    draft = make_draft(organisation)
    with as_owner(organisation):
        draft.texts.update(body="<script>alert(1)</script> & {employer}\n\n{link}")
    letter = letter_of(draft)
    assert "<script>" not in letter.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Voorbeeld &amp; Zn" in letter.html
    assert "<script>alert(1)</script> & Voorbeeld & Zn" in letter.text  # plain text is not escaped
    assert "Balie &lt;b&gt;" in letter.html


STOP_HEADERS = {
    "List-Unsubscribe": "<http://testserver/r/voorbeeld/stop/>",
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    ("kind", "links", "headers"),
    [
        ("announcement", 0, STOP_HEADERS),
        ("invitation", 2, STOP_HEADERS),
        ("reminder", 2, STOP_HEADERS),
        ("thanks", 0, {}),
    ],
)
def test_every_kind_and_language_renders_with_all_fields_filled_in(organisation, kind, language, links, headers):
    letter = letter_of(make_draft(organisation), language=language, kind=kind)
    assert "{" not in letter.subject + letter.text
    assert letter.html.count('href="http://testserver/r/voorbeeld/"') == links
    assert letter.html.count("/r/voorbeeld/stop/") == letter.text.count("/r/voorbeeld/stop/") == links // 2
    assert f'<html lang="{language}">' in letter.html
    assert "010 000 00 00" in letter.text
    assert letter.headers == headers


def test_announcement_says_when_how_often_and_where_to_check(organisation):
    text = letter_of(make_draft(organisation), kind="announcement").text
    assert "Op maandag 16 maart krijg je" in text
    assert "ten hoogste 8 mails per jaar" in text
    assert f"http://testserver/e/{organisation.slug}/" in text


def test_panel_announces_its_own_number_of_mails(organisation):
    draft = make_draft(organisation, kind="weekly_panel", mondays=consecutive_mondays(MONDAY, weeks=2))
    with as_owner(organisation):
        type(draft).objects.update(mail_limit=12)
    assert "12 mails in al deze weken samen" in letter_of(draft, kind="announcement").text


def test_last_day_and_length_are_in_words(organisation):
    text = letter_of(make_draft(organisation)).text
    assert "ongeveer 1 minuut" in text
    assert "tot en met maandag 30 maart" in text


def test_link_within_a_sentence_is_a_link_too(organisation):
    draft = make_draft(organisation)
    with as_owner(organisation):
        draft.texts.update(body="Ga naar {link} en antwoord.")
    assert letter_of(draft).html.count('href="http://testserver/r/voorbeeld/"') == 1


@pytest.mark.parametrize(
    ("sender", "header"),
    [
        ("Zoë Voorbeeld", "=?utf-8?"),
        ('"HR", <x@voorbeeld.example>', '"\\"HR\\", <x@voorbeeld.example> (Voorbeeld Bv)" <wpm@platform.example>'),
        ("HR\nBcc: x@voorbeeld.example", '"HR Bcc: x@voorbeeld.example (Voorbeeld Bv)" <wpm@platform.example>'),
    ],
)
def test_sender_cannot_break_the_header(sender, header):
    campaign = make_campaign(make_organisation(name="Voorbeeld\r\nBv"), sender_name=sender)
    address = sender_address(campaign)
    assert address.startswith(header)
    assert address.endswith("<wpm@platform.example>")
    assert "\n" not in address


@pytest.mark.parametrize("language", [code for code, _name in settings.EMPLOYEE_LANGUAGES])
def test_everybody_reads_their_own_language_and_no_row_is_stored_for_it(organisation, language):
    draft = make_draft(organisation)
    with organisation_scope(organisation):
        text = text_in(campaign=draft, kind="invitation", language=language)
        assert (text.language, text.subject) == (language, default_text(kind="invitation", language=language)[0])
        assert draft.texts.count() == len(TextKind) * len(settings.LANGUAGES)


def test_what_hr_wrote_wins_over_the_usual_words(organisation):
    draft = make_draft(organisation)
    with as_owner(organisation):
        draft.texts.filter(language="en", kind="invitation").update(language="pl", subject="Nasze słowa")
        assert text_in(campaign=draft, kind="invitation", language="pl").subject == "Nasze słowa"


def test_an_unknown_language_reads_dutch_then_english(organisation):
    draft = make_draft(organisation)
    with organisation_scope(organisation):
        assert text_in(campaign=draft, kind="invitation", language="").language == "nl"
        assert text_in(campaign=draft, kind="invitation", language="zh").language == "nl"
    with as_owner(organisation):
        draft.texts.filter(language="nl").delete()
    with organisation_scope(organisation):
        assert text_in(campaign=draft, kind="invitation", language="zh").language == "en"


def test_a_kind_that_the_campaign_leaves_out_stays_out_in_every_language(organisation):
    draft = make_draft(organisation)
    with as_owner(organisation):
        draft.texts.filter(kind="announcement").delete()
        assert text_in(campaign=draft, kind="announcement", language="pl") is None


def test_no_letter_without_a_text_or_a_week(organisation):
    campaign = make_campaign(organisation)
    assert letter_of(campaign) is None
    make_week(campaign)
    assert letter_of(campaign) is None


def test_letter_uses_the_name_of_the_organisation_of_this_moment(organisation):
    draft = make_draft(organisation)
    with as_owner(organisation):
        Organisation.objects.filter(pk=organisation.pk).update(name="Nieuwe Naam")
    assert "Nieuwe Naam moet elk jaar doorgeven" in letter_of(draft).text
