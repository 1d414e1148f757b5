"""The first page, and the choice of language."""

import pytest

from tests.factories import make_member, make_organisation, make_user

pytestmark = pytest.mark.django_db


def test_visitor_logs_in_first(client):
    response = client.get("/")
    assert (response.status_code, response["Location"]) == (302, "/account/login/?next=/")


def test_only_organisation_opens_at_once(client):
    client.force_login(make_member(make_organisation(slug="fietsfabriek")))
    response = client.get("/")
    assert (response.status_code, response["Location"]) == (302, "/o/fietsfabriek/")


def test_several_organisations_are_listed_and_no_others(client):
    user = make_member(make_organisation(name="Voorbeeld Noord", slug="noord"))
    make_member(make_organisation(name="Voorbeeld Zuid", slug="zuid"), user=user)
    make_organisation(name="Voorbeeld Elders", slug="elders")
    client.force_login(user)
    page = client.get("/")
    assert [place.slug for place in page.context["places"]] == ["noord", "zuid"]
    assert [name in page.text for name in ("/o/noord/", "/o/zuid/", "Elders")] == [True, True, False]


def test_person_without_organisation_reads_what_to_do(client):
    user = make_user(email="los@voorbeeld.example")
    client.force_login(user)
    page = client.get("/", headers={"accept-language": "en"})
    assert (page.status_code, "los@voorbeeld.example" in page.text) == (200, True)


def test_switch_shows_the_persons_organisations_only(client):
    user = make_member(make_organisation(slug="noord"))
    make_member(make_organisation(slug="zuid"), user=user)
    client.force_login(user)
    page = client.get("/o/noord/settings/")
    assert [place.slug for place in page.context["places"]] == ["noord", "zuid"]
    assert ('href="/o/zuid/"' in page.text, "Organisation" in str(page.context["organisation"])) == (True, False)


def test_language_is_chosen_by_post_only(client):
    assert client.get("/language/").status_code == 405
    response = client.post("/language/", {"language": "en", "next": "/account/login/"})
    assert (response["Location"], client.cookies["django_language"].value) == ("/account/login/", "en")


def test_language_leads_nowhere_else(client):
    response = client.post("/language/", {"language": "en", "next": "https://elders.example/"})
    assert response["Location"] == "/"
