"""HR prints slips and posters."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from surveys.models import Invitation, PaperCode, PaperList
from surveys.services.paper_entry import WrongCode, open_with_code
from tests.factories import as_owner, make_employee, make_invitation, make_member
from tests.surveys.campaigns import rows
from tests.surveys.paper_rows import LATER, make_paper_people, print_list

pytestmark = pytest.mark.django_db
CHOSEN = {"people": "without_address", "site": "", "department": "", "name": "Magazijn", "language": "nl"}


@pytest.fixture(autouse=True)
def _now(time_machine):
    time_machine.move_to(LATER, tick=False)


@pytest.fixture
def world(client):
    organisation, campaign, invitations = make_paper_people(3, name="Jan Voorbeeld", department="Magazijn")
    client.force_login(make_member(organisation))
    return organisation, campaign, invitations


def page_of(campaign, *more):
    return "/".join([f"/o/{campaign.organisation.slug}/campaigns/{campaign.code}/paper", *map(str, more), ""])


def text_of(response):
    assert response.headers["Content-Type"] == "application/pdf"
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(response.content)).pages)


def codes_in(text):
    return [word for word in text.split() if len(word) == 9 and word[4] == "-"]


def test_the_page_says_who_waits_for_a_slip(client, world):
    organisation, campaign, _invitations = world
    page = client.get(page_of(campaign)).content.decode()
    assert "3 " in page
    assert f"/e/{organisation.slug}/kiosk/" in page


def test_slips_come_as_one_file_that_nothing_keeps_and_each_code_works(client, world):
    organisation, campaign, invitations = world
    response = client.post(page_of(campaign), CHOSEN)
    assert response.headers["Content-Disposition"] == 'attachment; filename="codes-magazijn.pdf"'
    assert "no-store" in response.headers["Cache-Control"]
    text = text_of(response)
    assert text.count("Jan Voorbeeld") == 3
    opened = [
        open_with_code(organisation_id=organisation.pk, text=code, address="192.0.2.1") for code in codes_in(text)
    ]
    assert sorted(opened) == sorted(invitation.code for invitation in invitations)


def test_the_list_shows_people_and_never_a_code(client, world):
    organisation, campaign, _invitations = world
    made, slips = print_list(campaign)
    page = client.get(page_of(campaign, made.code)).content.decode()
    assert page.count("Jan Voorbeeld") >= 3
    assert not any(slip.code.secret in page or slip.code.lookup in page for slip in slips)
    assert rows(PaperList, organisation, "name") == ["Magazijn"]


def test_one_slip_is_printed_anew(client, world):
    organisation, campaign, (asked, *_others) = world
    _made, (before, *_rest) = print_list(campaign)
    text = text_of(client.post(page_of(campaign, "person", asked.code)))
    (code,) = codes_in(text)
    assert open_with_code(organisation_id=organisation.pk, text=code, address="192.0.2.1") == asked.code
    with pytest.raises(WrongCode):
        open_with_code(organisation_id=organisation.pk, text=str(before.code), address="192.0.2.1")


def test_no_slip_for_who_has_answered(client, world):
    organisation, campaign, (asked, *_others) = world
    with as_owner(organisation):
        Invitation.objects.filter(pk=asked.pk).update(answered_at=LATER)
    response = client.post(page_of(campaign, "person", asked.code))
    assert (response.status_code, response["Location"]) == (302, page_of(campaign))
    assert rows(PaperCode, organisation) == []


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"people": "x"}, {"site": "999999"}, {"department": "x"}, {"language": "xx"}]
)
def test_what_cannot_be_chosen_is_said_and_prints_nothing(client, world, wrong):
    organisation, campaign, _invitations = world
    assert client.post(page_of(campaign), CHOSEN | wrong).status_code == 422
    assert rows(PaperCode, organisation) == []


def test_a_site_with_nobody_is_said(client, world):
    organisation, campaign, _invitations = world
    with as_owner(organisation):
        Invitation.objects.update(answered_at=LATER)
    page = client.post(page_of(campaign), CHOSEN)
    assert page.status_code == 422
    assert b"error-summary" in page.content or b"alert" in page.content


def test_a_closed_campaign_prints_nothing(client, world):
    organisation, campaign, (asked, *_others) = world
    made, _slips = print_list(campaign)
    with as_owner(organisation):
        type(campaign).objects.update(state="closed", closed_at=LATER)
    assert client.get(page_of(campaign)).status_code == 200
    assert client.get(page_of(campaign, made.code)).status_code == 200
    assert client.post(page_of(campaign), CHOSEN).status_code == 422
    assert client.get(page_of(campaign, "poster")).status_code == 302
    assert client.post(page_of(campaign, "person", asked.code)).status_code == 302


@pytest.mark.parametrize("language", ["nl", "en", "xx"])
def test_posters_hold_the_address_and_no_code(client, world, language):
    organisation, campaign, _invitations = world
    made, slips = print_list(campaign)
    for more in (("poster",), (made.code, "poster")):
        text = text_of(client.get(page_of(campaign, *more), {"language": language}))
        assert f"/e/{organisation.slug}/code/" in text
        assert codes_in(text) == []
    assert "Magazijn" in text
    assert len(rows(PaperCode, organisation)) == len(slips)


def test_another_employers_list_and_people_are_not_found(client, world):
    _organisation, campaign, _invitations = world
    _theirs, their_campaign, (stranger,) = make_paper_people(1)
    made, _slips = print_list(their_campaign)
    assert client.get(page_of(campaign, made.code)).status_code == 404
    assert client.get(page_of(campaign, made.code, "poster")).status_code == 404
    assert client.post(page_of(campaign, "person", stranger.code)).status_code == 404


def test_the_work_list_offers_a_code_on_paper_for_whom_no_mail_reaches(client, world):
    organisation, campaign, (asked, *_others) = world
    make_invitation(asked.week, make_employee(organisation))
    page = client.get(f"/o/{organisation.slug}/campaigns/{campaign.code}/work-list/").content.decode()
    assert page.count("/paper/person/") == 3
