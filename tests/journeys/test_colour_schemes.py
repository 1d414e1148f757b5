"""The dark scheme and forced colours: the same pages, as readable."""

import pytest
from django.urls import reverse

from tests.factories import (
    make_campaign,
    make_employee,
    make_invitation,
    make_member,
    make_organisation,
    make_week,
    personal_path,
)
from wpm_platform import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def organisation():
    return make_organisation(name="Voorbeeld Fietsfabriek", contact_phone="010 000 00 00")


@pytest.mark.parametrize("media", [{"color_scheme": "dark"}, {"forced_colors": "active"}], ids=["dark", "forced"])
def test_console(desktop, organisation, log_in, check_axe, shot, media, request):
    log_in(desktop, make_member(organisation))
    desktop.emulate_media(**media)
    desktop.goto(reverse("settings_members", kwargs={"slug": organisation.slug}))
    check_axe(desktop)
    shot(desktop, f"console-{request.node.callspec.id}")


@pytest.mark.parametrize("media", [{"color_scheme": "dark"}, {"forced_colors": "active"}], ids=["dark", "forced"])
def test_employee_page(phone, organisation, check_axe, shot, media, request):
    invitation = make_invitation(
        make_week(make_campaign(organisation), opens_at=clock.now()), make_employee(organisation)
    )
    phone.emulate_media(**media)
    phone.goto(personal_path(invitation))
    check_axe(phone)
    phone.locator("main .button-primary").click()
    check_axe(phone)
    shot(phone, f"respond-{request.node.callspec.id}")
