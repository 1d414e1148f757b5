"""One question behind the personal link."""

import pytest

from surveys.models import FollowUpAnswer, FollowUpQuestion
from surveys.services.survey_letters import letter_for
from tests.factories import as_owner
from tests.surveys.campaigns import rows
from tests.surveys.follow_ups import ASKED, ask, closed_survey, question_path, silent_invitations
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db
QUESTION = "Hoe ging je op een gewone werkdag meestal naar je werk?"


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to(ASKED, tick=False)


@pytest.fixture
def asked(organisation):
    ask(organisation, closed_survey(organisation, silent=15))
    return silent_invitations(organisation)[0]


def test_opening_shows_the_tiles_and_stores_nothing(client, organisation, asked):
    page = client.get(question_path(asked))
    assert page.status_code == 200
    assert QUESTION in page.content.decode()
    assert [tile.value for tile in page.context["tiles"]] == [
        *("bicycle", "car", "public_transport", "walking", "moped", "speed_pedelec", "motorcycle"),
        "home",
    ]
    assert rows(FollowUpQuestion, organisation, "answered_at", invitation=asked) == [None]


def test_one_tap_answers_and_another_changes_it(client, organisation, asked):
    path = question_path(asked)
    response = client.post(path, {"choice": "car"})
    assert (response.status_code, response["Location"]) == (302, path)
    client.post(path, {"choice": "home"})
    page = client.get(path)
    assert [tile.value for tile in page.context["tiles"] if tile.is_chosen] == ["home"]
    assert "Dank je wel" in page.content.decode()
    assert rows(FollowUpAnswer, organisation, "usual_mode") == ["home"]


def test_no_choice_is_no_answer(client, organisation, asked):
    for choice in ("", "rocket"):
        assert client.post(question_path(asked), {"choice": choice}).status_code == 422
    assert rows(FollowUpAnswer, organisation) == []


def test_answer_can_be_deleted_also_afterwards(client, organisation, asked, time_machine):
    path = question_path(asked)
    client.post(path, {"choice": "car"})
    time_machine.move_to("2026-05-01T09:00:00+00:00", tick=False)
    page = client.get(path)
    assert (page.status_code, page.context["is_open"]) == (200, False)
    late = client.post(path, {"choice": "bicycle"})
    assert late.status_code == 410
    assert "De tijd om te antwoorden is voorbij. Wat je eerder antwoordde, blijft staan: Auto." in late.content.decode()
    assert "Dank je wel" not in late.content.decode()
    assert rows(FollowUpAnswer, organisation, "usual_mode") == ["car"]
    client.post(path, {"choice": "delete"})
    assert rows(FollowUpAnswer, organisation) == []


def test_too_late_is_said_calmly(client, asked, time_machine):
    time_machine.move_to("2026-05-01T09:00:00+00:00", tick=False)
    page = client.get(question_path(asked))
    assert page.status_code == 410
    assert "De tijd om te antwoorden is voorbij." in page.content.decode()


def test_who_was_not_asked_finds_nothing(client, organisation):
    closed_survey(organisation, silent=1)
    assert client.get(question_path(silent_invitations(organisation)[0])).status_code == 404


def test_forged_link_and_old_link_find_nothing(client, organisation, asked):
    path = question_path(asked)
    assert client.get(path.replace("/usual/", "x/usual/")).status_code == 404
    with as_owner(organisation):
        type(asked.employee).objects.filter(pk=asked.employee_id).update(email="ander@voorbeeld.example")
    assert client.post(path, {"choice": "car"}).status_code == 404
    assert rows(FollowUpAnswer, organisation) == []


@pytest.mark.parametrize("language", ["pl", "de", "ro", "bg", "uk", "tr", "ar", "es", "pt", "fr", "en"])
def test_page_and_mail_speak_every_language(client, organisation, asked, language):
    with as_owner(organisation):
        type(asked.employee).objects.filter(pk=asked.employee_id).update(language=language)
        mail = OutgoingMail.objects.get(kind="surveys.follow_up", reference=asked.code)
    with organisation_scope(organisation):
        text = letter_for(mail=mail, invitation=silent_invitations(organisation)[0]).text
    assert ("We have no completed survey of you" in text) is (language == "en")
    assert "Van jou hebben we" not in text
    page = client.get(question_path(asked)).content.decode()
    assert f'lang="{language}"' in page
    assert QUESTION not in page
    if language != "en":
        assert "On an ordinary working day" not in page
