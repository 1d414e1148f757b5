"""What surrounds every console page: navigation by role, organisation switch, account menu; and the error pages."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from tests.factories import make_member, make_organisation
from wpm_platform.organisations.enums import MemberRole

NAVIGATION = re.compile(r'<ul class="navigation">(.*?)</ul>', re.DOTALL)
LINK = re.compile(r'<a href="[^"]*/o/[^/]+/([a-z-]*)/?"( aria-current="page")?>')


def page(client: Client, organisation, name: str = "settings_general") -> str:
    response = client.get(reverse(name, kwargs={"slug": organisation.slug}), headers={"Accept-Language": "en"})
    assert response.status_code == 200
    return response.content.decode()


def sections(html: str) -> list[str]:
    [menu, side] = NAVIGATION.findall(html)
    assert menu == side
    return [address for address, _current in LINK.findall(side)]


@pytest.mark.django_db
@pytest.mark.parametrize("role", [MemberRole.OWNER, MemberRole.HR_ADMIN])
def test_hr_sees_all_sections(client, role):
    organisation = make_organisation()
    client.force_login(make_member(organisation, role=role))
    assert sections(page(client, organisation)) == ["", "staff", "campaigns", "reports", "settings"]


@pytest.mark.django_db
def test_a_reader_sees_no_staff(client):
    organisation = make_organisation()
    client.force_login(make_member(organisation, role=MemberRole.READER))
    assert sections(page(client, organisation)) == ["", "campaigns", "reports", "settings"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["settings_general", "settings_audit"])
def test_the_current_section_is_marked(client, name):
    organisation = make_organisation()
    client.force_login(make_member(organisation, role=MemberRole.OWNER))
    [_menu, side] = NAVIGATION.findall(page(client, organisation, name))
    assert [address for address, current in LINK.findall(side) if current] == ["settings"]


@pytest.mark.django_db
def test_one_organisation_needs_no_switch(client):
    organisation = make_organisation(name="Voorbeeld Fietsfabriek")
    client.force_login(make_member(organisation))
    html = page(client, organisation)
    assert '<span class="topbar-place">Voorbeeld Fietsfabriek</span>' in html
    assert "Choose another." not in html


@pytest.mark.django_db
def test_a_second_membership_shows_the_switch(client):
    here, other, strange = (make_organisation(name=f"Voorbeeld {name}") for name in ("Noord", "Zuid", "Vreemd"))
    user = make_member(here)
    make_member(other, user=user)
    client.force_login(user)
    html = page(client, here)
    assert "Organisation: Voorbeeld Noord. Choose another." in html
    assert f'href="{reverse("console_start", kwargs={"slug": other.slug})}"' in html
    assert strange.slug not in html


@pytest.mark.django_db
def test_language_and_logout_are_posts(client):
    organisation = make_organisation()
    client.force_login(make_member(organisation))
    html = page(client, organisation)
    assert f'<form method="post" action="{reverse("set_language")}">' in html
    assert f'<form method="post" action="{reverse("account_logout")}">' in html
    assert f'href="{reverse("account_logout")}"' not in html


@pytest.mark.django_db
def test_an_unknown_address_shows_no_organisation(client):
    organisation = make_organisation(name="Voorbeeld Fietsfabriek")
    client.force_login(make_member(organisation))
    html = client.get(f"/o/{organisation.slug}/no-such-page/", headers={"Accept-Language": "nl"}).content.decode()
    assert "Deze pagina bestaat niet" in html
    assert "Voorbeeld Fietsfabriek" not in html


@pytest.mark.django_db
def test_a_forged_form_is_answered_calmly():
    client = Client(enforce_csrf_checks=True)
    response = client.post(reverse("account_login"), {}, headers={"Accept-Language": "en"})
    assert response.status_code == 403
    assert "This page was open for too long" in response.content.decode()


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_error_pages_need_no_context(name):
    html = render_to_string(name)
    assert html.count("<h1") == 1
    assert "style=" not in html
