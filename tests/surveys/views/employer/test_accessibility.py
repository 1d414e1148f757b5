"""The accessibility statement: public, linked from every page, with somebody to tell."""

import pytest
from django.conf import settings
from django.test import Client, override_settings

from tests.factories import make_organisation, personal_path
from tests.surveys.views.respond.walk import make_open_invitation, open_now, text

pytestmark = pytest.mark.django_db
__all__ = ["open_now"]
LANGUAGES = [code for code, _name in settings.EMPLOYEE_LANGUAGES]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_all_languages_of_employees(client, language):
    page = client.get("/accessibility/", headers={"Accept-Language": language})
    assert page.status_code == 200
    assert f'lang="{language}"' in text(page)
    assert "WCAG 2.2" in text(page)


def test_an_employer_s_people_tell_their_employer(client):
    organisation = make_organisation(contact_name="Voorbeeld Personeelszaken", contact_phone="010 000 00 00")
    page = text(client.get(f"/e/{organisation.slug}/accessibility/"))
    assert "Voorbeeld Personeelszaken" in page
    assert "tel:0100000000" in page
    assert "mailto:" not in page


def test_the_operator_s_address_stands_on_it_where_there_is_one(client):
    with override_settings(ACCESSIBILITY_CONTACT="toegankelijk@voorbeeld.example"):
        assert "mailto:toegankelijk@voorbeeld.example" in text(client.get("/accessibility/"))


def test_it_claims_no_examination_that_did_not_happen(client):
    page = text(client.get("/accessibility/"))
    assert "Geen onafhankelijke deskundige heeft de pagina’s onderzocht." in page
    assert "Verklaring van 21 november 2026." in page


def test_an_unknown_employer_has_no_page(client):
    assert client.get("/e/bestaat-niet/accessibility/").status_code == 404
    assert client.post("/accessibility/").status_code == 405


@pytest.mark.usefixtures("open_now")
def test_every_page_of_an_employee_links_it():
    invitation = make_open_invitation()
    client = Client()
    own = f"/e/{invitation.organisation.slug}/"
    client.post(personal_path(invitation))
    for path in (personal_path(invitation), f"{personal_path(invitation)}stop/", "/answer/facts/", own, f"{own}code/"):
        assert f'href="{own}accessibility/"' in text(client.get(path)), path
    assert 'href="/accessibility/"' in text(Client().get("/answer/facts/"))
    assert 'href="/accessibility/"' in text(Client().get("/account/login/"))
