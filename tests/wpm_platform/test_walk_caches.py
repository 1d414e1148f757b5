"""Nothing keeps a page with people on it, and no request tells an address that is a key."""

import pytest
from django.test import Client

from tests.factories import as_owner, member_path, personal_path
from tests.wpm_platform.world import CONSOLE_ROUTES, make_world
from wpm_platform.organisations.enums import MemberRole
from wpm_platform.organisations.models import MembershipInvitation

pytestmark = pytest.mark.django_db


def test_no_page_of_the_console_is_kept():
    world = make_world()
    client = Client()
    client.force_login(world.people[MemberRole.OWNER])
    kept = [
        route for route in CONSOLE_ROUTES if "no-store" not in client.get(world.address(route)).headers["Cache-Control"]
    ]
    assert kept == []


def test_addresses_that_are_keys_are_told_to_nobody(client):
    world = make_world()
    with as_owner(world.organisation):
        invitation = MembershipInvitation.objects.get()
    path = personal_path(world.invitation)
    for address in (path, f"{path}stop/", f"{path}reads/", member_path(invitation), "/r/forged/", "/r/forged/stop/"):
        headers = client.get(address).headers
        assert headers["Referrer-Policy"] == "strict-origin", address
        assert "no-store" in headers["Cache-Control"], address
