"""The result as employees find it: from the personal link when the survey is over, in their language."""

import datetime
import re

import pytest
from django.conf import settings
from django.test import Client

from surveys.domain.personal_link import personal_token
from surveys.services.published_results import publish_result, withdraw_result
from tests.factories import NOW, as_owner, make_campaign, make_organisation, make_week, personal_path
from tests.surveys.answered_weeks import HOME, answer_week
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def week():
    campaign = make_campaign(make_organisation(), state="closed", closed_at=NOW)
    week = make_week(campaign)
    for _ in range(6):
        answer_week(week, ["car", "car", "bicycle", HOME])
    return week


@pytest.fixture
def response(week):
    return answer_week(week, ["car", "car", "bicycle", HOME], burden=1)


def publish(week):
    with organisation_scope(week.organisation):
        publish_result(organisation=week.organisation, actor=None, now=NOW, campaign=week.campaign)


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def path_of(response):
    return personal_path(response.invitation)


def speak(response, language):
    with as_owner(response.organisation):
        type(response.employee).objects.filter(pk=response.employee_id).update(language=language)


def test_the_closed_page_leads_to_the_published_result(client, week, response):
    path = path_of(response)
    before = client.get(path)
    assert (before.status_code, 'href="result/"' in before.content.decode()) == (410, False)
    publish(week)
    after = client.get(path)
    assert (after.status_code, 'href="result/"' in after.content.decode()) == (410, True)
    page = client.get(f"{path}result/")
    assert page.status_code == 200
    assert "7 van de 7" in words(page)
    assert "60 km" in words(page)
    assert "25 %" in words(page)


def test_the_link_stands_nowhere_in_the_page(client, week, response):
    publish(week)
    path = path_of(response)
    token = path.strip("/").split("/")[1]
    for address in (path, f"{path}result/"):
        assert token not in client.get(address).content.decode()
    assert client.get(f"{path}result/").headers["Referrer-Policy"] == "strict-origin"


def test_before_publishing_and_after_withdrawing_there_is_nothing(client, week, response):
    path = f"{path_of(response)}result/"
    assert client.get(path).status_code == 404
    publish(week)
    with organisation_scope(week.organisation):
        withdraw_result(organisation=week.organisation, actor=None, now=NOW, campaign=week.campaign)
    page = client.get(path)
    assert page.status_code == 404
    assert "60 km" not in words(page)


def test_a_link_that_is_not_ours_opens_nothing(client, week):
    publish(week)
    assert client.get("/r/voorbeeld/result/").status_code == 404
    assert client.get("/answer/result/").status_code == 403


def test_a_link_that_ended_opens_it_no_more(client, week, response):
    publish(week)
    with as_owner(week.organisation):
        type(response.invitation).objects.filter(pk=response.invitation_id).update(link_version=7)
    old = personal_token(code=response.invitation.code, version=response.invitation.link_number, key=settings.LINK_KEY)
    assert client.get(f"/r/{old}/result/").status_code == 404


def test_a_person_of_another_organisation_reads_their_own_result_only(client, week, response):
    publish(week)
    other = make_week(make_campaign(make_organisation(), state="closed", closed_at=NOW))
    theirs = answer_week(other, ["car"])
    assert client.get(f"{path_of(theirs)}result/").status_code == 404


def test_nothing_is_changed_by_looking(client, week, response):
    publish(week)
    assert client.post(f"{path_of(response)}result/").status_code == 405


@pytest.mark.parametrize("language", [code for code, _name in settings.EMPLOYEE_LANGUAGES])
def test_it_speaks_the_language_of_the_person(client, week, response, language):
    publish(week)
    speak(response, language)
    page = client.get(f"{path_of(response)}result/").content.decode()
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page
    if language != "en":
        assert "on average" not in page
        assert "by vehicle" not in page


def test_the_page_is_light(client, week, response):
    """Without pictures or a script of its own."""
    publish(week)
    page = client.get(f"{path_of(response)}result/").content
    assert len(page) < 12_000
    style = settings.BASE_DIR / "surveys" / "static" / "surveys" / "result.css"
    assert style.stat().st_size < 2_000


def test_who_came_by_a_code_finds_it_behind_the_cookie(week, response):
    """The cookie of a browser that answered before the closing."""
    with as_owner(week.organisation):
        type(week.campaign).objects.filter(pk=week.campaign_id).update(state="running", closed_at=None)
        type(week).objects.filter(pk=week.pk).update(closes_at=NOW + datetime.timedelta(days=40_000))
        type(week).objects.filter(pk=week.pk).update(opens_at=NOW - datetime.timedelta(days=1))
    browser = Client()
    browser.post(path_of(response))
    with as_owner(week.organisation):
        type(week.campaign).objects.filter(pk=week.campaign_id).update(state="closed", closed_at=NOW)
    publish(week)
    assert 'href="/answer/result/"' in browser.get("/answer/receipt/").content.decode()
    assert browser.get("/answer/result/").status_code == 200
