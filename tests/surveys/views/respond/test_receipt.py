"""The receipt: the optional question about the survey, and where somebody goes who wants in again."""

import datetime
from types import SimpleNamespace

import pytest
from django.test import Client

from surveys.models import Campaign, Response, SurveyWeek
from tests.factories import as_owner, make_employee, make_invitation, make_member, make_response, personal_path
from tests.surveys.paper_rows import make_paper_people, print_list
from tests.surveys.views.respond.walk import (
    DAYS,
    OPEN,
    make_open_invitation,
    started,
    tap,
    text,
    with_full_week,
    with_sent_week,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_now")]

RECEIPT = "/answer/receipt/"
AGAIN = "Fill in the code on your slip again"


def burden(invitation):
    with as_owner(invitation.organisation):
        return Response.objects.get(invitation=invitation).burden


def test_how_hard_it_was_is_one_tap_and_may_be_changed_or_skipped():
    invitation = make_open_invitation(language="en")
    client = with_sent_week(invitation)
    page = text(client.get(RECEIPT))
    assert "How was it to answer these questions?" in page
    assert burden(invitation) is None
    assert tap(client, RECEIPT, "4") == RECEIPT
    assert tap(client, RECEIPT, "1") == RECEIPT
    assert burden(invitation) == 1
    assert "Very easy<span" in text(client.get(RECEIPT))
    for wrong in ("0", "6", "x", ""):
        assert client.post(RECEIPT, {"choice": wrong}).status_code == 200
    assert burden(invitation) == 1


def test_before_sending_nothing_is_asked():
    invitation = make_open_invitation()
    client = with_full_week(invitation)
    assert tap(client, RECEIPT, "4") == "/answer/check/"
    assert burden(invitation) is None


def test_hr_sees_the_mean_after_the_end(client):
    invitation = make_open_invitation()
    with as_owner(invitation.organisation):
        type(invitation.campaign).objects.update(state="closed")
    week = invitation.week
    for number in (1, 2, 2, 3, 3):
        make_response(make_invitation(week, make_employee(week.organisation)), burden=number)
    client.force_login(make_member(week.organisation))
    address = f"/o/{week.organisation.slug}/campaigns/{invitation.campaign.code}/"
    page = text(client.get(address, headers={"accept-language": "nl"}))
    assert "2,2 op een schaal van 1 (heel makkelijk) tot 5 (heel moeilijk): het gemiddelde van 5 mensen" in page


@pytest.fixture
def slip():
    organisation, campaign, _asked = make_paper_people(1, language="en")
    return SimpleNamespace(organisation=organisation, slug=organisation.slug, code=str(print_list(campaign)[1][0].code))


def by_code(slip, *, client=None, page="code"):
    client = client or Client()
    assert client.post(f"/e/{slip.slug}/{page}/", {"code": slip.code}).status_code == 302
    return client


def test_who_came_with_a_code_is_sent_back_to_the_code(slip):
    client, address = by_code(slip), f'href="/e/{slip.slug}/code/"'
    other_tab = by_code(slip)
    assert "with the code on your slip" in text(client.get("/answer/delete/"))
    tap(client, "/answer/delete/")
    for visitor, path in ((client, "/answer/deleted/"), (client, DAYS[0]), (other_tab, DAYS[0])):
        page = text(visitor.get(path, headers={"accept-language": "en"}))
        assert AGAIN in page
        assert address in page
        assert "mail again" not in page
    assert by_code(slip, client=client).get("/answer/").status_code == 302


def test_on_a_shared_screen_that_is_the_page_of_the_screen(slip):
    client = Client()
    client.post(f"/e/{slip.slug}/kiosk/", {"choice": "begin"})
    by_code(slip, client=client, page="kiosk")
    tap(client, "/answer/delete/")
    page = text(client.get("/answer/deleted/", headers={"accept-language": "en"}))
    assert f'href="/e/{slip.slug}/kiosk/"' in page
    assert AGAIN in page


def test_the_last_page_speaks_the_language_of_the_pages_before():
    client = with_sent_week(make_open_invitation(language="ar"))
    address = tap(client, "/answer/delete/")
    assert address == "/answer/deleted/?language=ar"
    assert 'lang="ar" dir="rtl"' in text(client.get(address))
    assert 'lang="nl" dir="ltr"' in text(client.get("/answer/deleted/?language=xx"))
    # The switch on that page is for who reads it, whatever its address says.
    assert client.post(address, {"language": "pl", "person": ""}).headers["Location"] == address
    assert 'lang="pl"' in text(client.get(address))


def test_who_comes_by_a_link_afterwards_is_sent_to_the_mail(slip):
    client = by_code(slip)
    invitation = make_open_invitation(language="en")
    started(invitation, client=client)
    page = text(client.get(tap(client, "/answer/delete/")))
    assert "open the link in the mail again" in page
    assert AGAIN not in page
    assert client.get(personal_path(invitation)).status_code == 200


def test_a_survey_that_waits_speaks_of_the_slip(slip):
    with as_owner(slip.organisation):
        Campaign.objects.update(state="paused")
    assert "same code" in text(Client().post(f"/e/{slip.slug}/code/", {"code": slip.code}))
    with as_owner(slip.organisation):
        Campaign.objects.update(state="running")
        SurveyWeek.objects.update(opens_at=OPEN + datetime.timedelta(hours=1))
    assert "Keep your slip" in text(Client().post(f"/e/{slip.slug}/code/", {"code": slip.code}))


@pytest.mark.parametrize("forged", ["../../o/x", "", "a/b"])
def test_a_cookie_that_is_no_employer_leads_to_the_mail(forged):
    client = Client()
    client.cookies["code_entry"] = forged
    page = text(client.get("/answer/deleted/", headers={"accept-language": "en"}))
    assert "open the link in the mail again" in page
