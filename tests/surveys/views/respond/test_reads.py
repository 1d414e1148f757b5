"""Who looked at my row: written where it is shown, read by the person it is about."""

import datetime

import pytest
import time_machine
from django.test import Client

from surveys.models import PersonRead
from tests.factories import (
    NOW,
    as_owner,
    make_api_key,
    make_campaign,
    make_employee,
    make_invitation,
    make_member,
    make_organisation,
    make_response,
    make_week,
    personal_path,
)
from tests.surveys.views.respond.walk import OPEN, make_open_invitation, started, text
from wpm_platform.organisations.enums import MemberRole

pytestmark = pytest.mark.django_db


def look(invitation, *, role=MemberRole.HR_ADMIN, at=OPEN):
    """A member opens the page of this person."""
    employee = invitation.employee
    site = employee.site if role == MemberRole.SITE_LEAD else None
    client = Client()
    client.force_login(make_member(invitation.organisation, role=role, site=site))
    with time_machine.travel(at, tick=False):
        assert client.get(f"/o/{invitation.organisation.slug}/staff/{employee.code}/").status_code == 200


def own_page(invitation, *, at=OPEN, headers=None):
    with time_machine.travel(at, tick=False):
        return Client().get(f"{personal_path(invitation)}reads/", headers=headers)


def logged(organisation):
    with as_owner(organisation):
        return sorted(PersonRead.objects.values_list("employee__staff_number", "page", "reader_role", "key_name"))


def test_the_person_reads_when_and_as_what_somebody_looked():
    invitation = make_open_invitation()
    look(invitation)
    look(invitation, role=MemberRole.SITE_LEAD, at=OPEN + datetime.timedelta(hours=2))
    page = text(own_page(invitation))
    assert "Jouw pagina in de personeelslijst" in page
    assert page.index("Leidinggevende van je vestiging") < page.index("Personeelszaken</strong>")
    assert "maandag 16 maart, 12:00" in page
    assert "maandag 16 maart, 10:00" in page


def test_no_name_or_address_of_who_looked():
    invitation = make_open_invitation()
    client = Client()
    reader = make_member(invitation.organisation)
    reader.name = "Voorbeeld Lezer"
    reader.save()
    client.force_login(reader)
    with time_machine.travel(OPEN, tick=False):
        client.get(f"/o/{invitation.organisation.slug}/staff/{invitation.employee.code}/")
    page = text(own_page(invitation))
    assert "Personeelszaken</strong>" in page
    assert (reader.name in page, reader.email in page) == (False, False)


def test_nobody_looked():
    assert "Niemand heeft die tot nu toe geopend." in text(own_page(make_open_invitation()))


def test_a_colleague_reads_nothing_of_it():
    invitation = make_open_invitation()
    colleague = make_invitation(invitation.week, make_employee(invitation.organisation))
    look(invitation)
    assert "Niemand heeft die tot nu toe geopend." in text(own_page(colleague))


def test_it_can_be_read_after_the_survey_and_by_who_left():
    invitation = make_open_invitation()
    look(invitation)
    later = NOW + datetime.timedelta(days=200)
    with as_owner(invitation.organisation):
        type(invitation.employee).objects.update(left_at=NOW)
    assert "Personeelszaken</strong>" in text(own_page(invitation, at=later))
    with time_machine.travel(later, tick=False):
        shut = Client().get(personal_path(invitation))
    assert (shut.status_code, 'href="reads/"' in text(shut)) == (410, True)


def test_a_link_that_ended_opens_it_no_more():
    invitation = make_open_invitation()
    path = personal_path(invitation)
    with as_owner(invitation.organisation):
        type(invitation.employee).objects.update(email="nieuw@voorbeeld.example")
    assert Client().get(f"{path}reads/").status_code == 404
    assert Client().get("/r/forged/reads/").status_code == 404


@pytest.mark.usefixtures("open_now")
def test_from_the_pages_behind_the_link_too():
    invitation = make_open_invitation()
    look(invitation)
    assert Client().get("/answer/reads/").status_code == 403
    page = text(started(invitation).get("/answer/reads/"))
    assert "Jouw pagina in de personeelslijst" in page
    assert personal_path(invitation).split("/")[2] not in page


@pytest.mark.usefixtures("open_now")
def test_it_speaks_the_language_of_the_person():
    invitation = make_open_invitation(language="pl")
    look(invitation)
    assert 'lang="pl"' in text(own_page(invitation))


def test_many_moments_are_counted_and_the_latest_shown():
    invitation = make_open_invitation()
    reader = make_member(invitation.organisation)
    with as_owner(invitation.organisation):
        for hours in range(15):
            moment = NOW + datetime.timedelta(hours=hours)
            PersonRead.objects.create(
                organisation=invitation.organisation,
                employee=invitation.employee,
                reader=reader,
                reader_role="hr_admin",
                page="staff_person",
                read_at=moment,
                hour=moment,
            )
    page = text(own_page(invitation))
    assert page.count("maandag 16 maart,") == 10
    assert "Aantal keren: 15" in page


def test_the_download_and_the_api_name_everybody_in_them_and_no_list_on_a_screen_does():
    organisation = make_organisation()
    here, gone = make_employee(organisation), make_employee(organisation, left_at=NOW)
    client = Client()
    client.force_login(make_member(organisation))
    staff = f"/o/{organisation.slug}/staff/"
    assert client.get(staff).status_code == 200
    assert logged(organisation) == []
    assert client.get(f"{staff}export/").status_code == 200
    assert logged(organisation) == [(here.staff_number, "staff_export", "hr_admin", "")]

    key = {"Authorization": f"Bearer {make_api_key(organisation)}"}
    assert Client().head("/api/v1/staff", headers=key).status_code == 200
    assert len(logged(organisation)) == 1
    answer = Client().get("/api/v1/staff?limit=1", headers=key).json()
    assert [row["staff_number"] for row in answer["items"]] == [here.staff_number]
    assert (here.staff_number, "api_staff", "", "Voorbeeld salarissysteem") in logged(organisation)
    assert gone.staff_number not in {number for number, *_ in logged(organisation)}


def test_correcting_an_address_shows_one_person():
    organisation = make_organisation()
    invitation = make_invitation(make_week(make_campaign(organisation)), make_employee(organisation))
    client = Client()
    client.force_login(make_member(organisation))
    campaign = f"/o/{organisation.slug}/campaigns/{invitation.campaign.code}/work-list/"
    assert client.get(campaign).status_code == 200
    assert logged(organisation) == []
    assert client.get(f"{campaign}{invitation.code}/address/").status_code == 200
    assert [page for _, page, *_ in logged(organisation)] == ["campaign_work_address"]


def test_a_page_that_was_refused_is_not_logged():
    organisation, other = make_organisation(), make_organisation()
    employee = make_employee(organisation)
    client = Client()
    client.force_login(make_member(organisation, role=MemberRole.READER))
    assert client.get(f"/o/{organisation.slug}/staff/{employee.code}/").status_code == 403
    client.force_login(make_member(other))
    assert client.get(f"/o/{other.slug}/staff/{employee.code}/").status_code == 404
    assert logged(organisation) == []


@pytest.mark.parametrize("days", [1, 3])
def test_the_page_asks_the_same_few_questions_however_much_was_read(django_assert_max_num_queries, days):
    invitation = make_open_invitation()
    make_response(invitation)
    for day in range(days):
        look(invitation, at=OPEN + datetime.timedelta(days=day))
    path = personal_path(invitation)
    # Two of them read rows; the others open and close the scopes around the look-up and the page.
    with django_assert_max_num_queries(11):
        Client().get(f"{path}reads/")
