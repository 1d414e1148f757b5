"""Settings, legal entities and sites in the console."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import as_owner, make_legal_entity, make_member, make_organisation, make_site
from tests.surveys.services.distances.places import load_places
from wpm_platform.organisations.enums import MemberRole
from wpm_platform.organisations.models import LegalEntity, Organisation, Site

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return make_organisation(slug="fietsfabriek", name="Voorbeeld Fietsfabriek")


def test_page_shows_entities_and_sites_of_this_organisation(hr, organisation):
    make_legal_entity(organisation, kvk_number="01234567")
    make_site(organisation, name="Venlo")
    make_site(make_organisation(), name="Elders")
    page = hr.get("/o/fietsfabriek/settings/")
    assert [text in page.text for text in ("01234567", "Venlo", "Elders")] == [True, True, False]


def test_settings_are_saved(hr, organisation):
    typed = {"name": "Voorbeeld Wielen", "contact_name": "Sanne", "contact_email": "s@voorbeeld.example"}
    typed |= {"reply_to": "antwoord@voorbeeld.example", "yearly_mail_limit": "6", "answers_kept_months": "18"}
    response = hr.post("/o/fietsfabriek/settings/edit/", typed)
    assert response["Location"] == "/o/fietsfabriek/settings/"
    with as_owner():
        stored = Organisation.objects.get(pk=organisation.pk)
    assert (stored.name, stored.contact_name, stored.answers_kept_months, stored.requires_second_factor) == (
        "Voorbeeld Wielen",
        "Sanne",
        18,
        False,
    )
    assert (stored.reply_to, stored.yearly_mail_limit) == ("antwoord@voorbeeld.example", 6)
    shown = hr.get("/o/fietsfabriek/settings/").text
    assert ("antwoord@voorbeeld.example" in shown, "Ten hoogste 6" in shown) == (True, True)


VALID = {"name": "Voorbeeld Wielen", "yearly_mail_limit": "8", "answers_kept_months": "24"}


@pytest.mark.parametrize("months", ["", "0", "85", "lang"])
def test_period_of_a_campaigns_rows_is_one_to_84_months(hr, organisation, months):
    page = hr.post("/o/fietsfabriek/settings/edit/", VALID | {"answers_kept_months": months})
    assert (page.status_code, set(page.context["form"].errors)) == (422, {"answers_kept_months"})


@pytest.mark.parametrize("limit", ["", "1", "61", "-1", "veel", "8.5"])
def test_limit_of_mails_is_a_sensible_number(hr, organisation, limit):
    page = hr.post("/o/fietsfabriek/settings/edit/", VALID | {"yearly_mail_limit": limit})
    assert (page.status_code, set(page.context["form"].errors)) == (422, {"yearly_mail_limit"})
    with as_owner():
        assert Organisation.objects.get(pk=organisation.pk).yearly_mail_limit == 8


@pytest.mark.parametrize(("role", "asks"), [(MemberRole.OWNER, True), (MemberRole.HR_ADMIN, False)])
def test_only_an_owner_decides_about_the_second_step_at_login(client, organisation, role, asks):
    client.force_login(make_member(organisation, role=role))
    page = client.get("/o/fietsfabriek/settings/edit/")
    assert ("requires_second_factor" in page.context["form"].fields) is asks
    typed = VALID | {"requires_second_factor": "on"}
    client.post("/o/fietsfabriek/settings/edit/", typed)
    with as_owner():
        stored = Organisation.objects.get(pk=organisation.pk)
    assert (stored.name, stored.requires_second_factor) == ("Voorbeeld Wielen", asks)


def test_wrong_settings_stay_typed_and_unsaved(hr, organisation):
    page = hr.post(
        "/o/fietsfabriek/settings/edit/",
        VALID | {"name": "", "contact_email": "geen adres"},
    )
    assert (page.status_code, set(page.context["form"].errors)) == (422, {"name", "contact_email"})
    assert "geen adres" in page.text
    assert page.context["organisation"].name == "Voorbeeld Fietsfabriek"


@pytest.mark.parametrize(
    ("number", "status"), [("01234567", 302), ("1234567", 422), ("12345678 ", 302), ("1234567a", 422), ("\0" * 8, 422)]
)
def test_kvk_number_has_eight_digits(hr, organisation, number, status):
    response = hr.post("/o/fietsfabriek/settings/entities/new/", {"kvk_number": number, "name": "Voorbeeld B.V."})
    assert response.status_code == status
    with as_owner(organisation):
        assert LegalEntity.objects.count() == (status == 302)


def test_legal_entity_is_corrected_and_a_double_one_refused(hr, organisation):
    taken = make_legal_entity(organisation, kvk_number="01234567")
    entity = make_legal_entity(organisation, kvk_number="01234568")
    path = f"/o/fietsfabriek/settings/entities/{entity.code}/"
    assert 'value="01234568"' in hr.get(path).text
    assert hr.post(path, {"kvk_number": taken.kvk_number, "name": "X"}).status_code == 422
    assert hr.post(path, {"kvk_number": "01234569", "name": "X"}).status_code == 302
    with as_owner(organisation):
        assert sorted(LegalEntity.objects.values_list("kvk_number", flat=True)) == ["01234567", "01234569"]


def test_site_is_added_with_a_postcode_in_any_spelling(hr, organisation):
    assert hr.post("/o/fietsfabriek/settings/sites/new/", {"name": "Venlo", "postcode": "5911 ab"}).status_code == 302
    assert hr.post("/o/fietsfabriek/settings/sites/new/", {"name": "Venlo", "postcode": ""}).status_code == 422
    assert hr.post("/o/fietsfabriek/settings/sites/new/", {"name": "Tegelen", "postcode": "0911AB"}).status_code == 422
    with as_owner(organisation):
        assert list(Site.objects.values_list("name", "postcode")) == [("Venlo", "5911AB")]


def test_site_is_renamed(hr, organisation):
    site = make_site(organisation, name="Venlo")
    path = f"/o/fietsfabriek/settings/sites/{site.code}/"
    assert hr.post(path, {"name": "Venlo Noord", "postcode": ""})["Location"] == "/o/fietsfabriek/settings/"
    with as_owner(organisation):
        assert Site.objects.get().name == "Venlo Noord"


def test_rows_of_another_organisation_are_not_found(hr):
    other = make_organisation()
    for path in (f"entities/{make_legal_entity(other).code}", f"sites/{make_site(other).code}"):
        assert hr.get(f"/o/fietsfabriek/settings/{path}/").status_code == 404


def test_queries_do_not_grow_with_the_rows(hr, organisation):
    numbers = []
    for _ in range(2):
        make_site(organisation)
        make_legal_entity(organisation)
        with CaptureQueriesContext(connection) as queries:
            hr.get("/o/fietsfabriek/settings/")
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


@pytest.mark.parametrize("is_loaded", [True, False])
def test_page_says_whether_distances_can_be_suggested(hr, organisation, is_loaded):
    make_site(organisation, name="Venlo", postcode="5911AB")
    if is_loaded:
        load_places()
    page = hr.get("/o/fietsfabriek/settings/", headers={"accept-language": "en"}).text
    assert ("the survey suggests the distance to work. The employee confirms or changes it." in page) is is_loaded
    assert ("Employees fill in the distance to work themselves." in page) is not is_loaded
