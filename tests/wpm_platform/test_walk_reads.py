"""No GET or HEAD changes a row: mail scanners open every link. The log of who looked at whom only grows by them."""

import pytest
from django.test import Client

from tests.factories import as_owner, member_path, personal_path
from tests.wpm_platform.database import fingerprints
from tests.wpm_platform.world import CONSOLE_ROUTES, make_world
from wpm_platform.organisations.enums import MemberRole
from wpm_platform.organisations.models import MembershipInvitation

pytestmark = pytest.mark.django_db
READ_LOG = "surveys_personread"
# The pages that show one person, and the file that takes everybody along.
LOGGED = ("staff_person", "staff_export", "campaign_work_address")
# The framework's own: who is logged in where.
SESSIONS = {"django_session", "usersessions_usersession"}


def changed_tables(before):
    after = fingerprints()
    return {table for table in after if after[table] != before.get(table)} - SESSIONS


@pytest.mark.parametrize("role", MemberRole.values)
def test_looking_at_the_console_changes_nothing(role):
    world = make_world()
    client = Client()
    client.force_login(world.people[role])
    before = fingerprints()
    for route in CONSOLE_ROUTES:
        client.head(world.address(route))
        assert changed_tables(before) == set(), route
        is_shown = client.get(world.address(route)).status_code == 200
        assert changed_tables(before) == ({READ_LOG} if is_shown and route in LOGGED else set()), route
        before = fingerprints()


def test_looking_again_adds_nothing_to_the_log():
    world = make_world()
    client = Client()
    client.force_login(world.people[MemberRole.OWNER])
    for route in LOGGED:
        client.get(world.address(route))
    before = fingerprints()
    for route in LOGGED:
        client.get(world.address(route))
    assert changed_tables(before) == set()


def test_looking_as_a_visitor_changes_nothing_and_sets_no_session():
    world = make_world()
    with as_owner(world.organisation):
        invitation = MembershipInvitation.objects.get()
    path = personal_path(world.invitation)
    before = fingerprints()
    for address in (
        "/",
        path,
        f"{path}stop/",
        f"{path}reads/",
        member_path(invitation),
        "/answer/",
        "/answer/check/",
        "/account/login/",
        f"/e/{world.organisation.slug}/",
        f"/e/{world.organisation.slug}/link/",
        f"/e/{world.organisation.slug}/accessibility/",
        "/accessibility/",
        f"/e/{world.organisation.slug}/code/",
        f"/e/{world.organisation.slug}/kiosk/",
        f"/e/{world.organisation.slug}/kiosk/clear/",
        f"/e/{world.organisation.slug}/kiosk/stop/",
    ):
        client = Client()
        for method in (client.get, client.head):
            method(address)
        assert (changed_tables(before), "sessionid" in client.cookies) == (set(), False), address


def test_looking_at_the_answer_pages_after_the_start_changes_nothing():
    world = make_world()
    client = Client()
    assert client.post(personal_path(world.invitation)).status_code == 302
    before = fingerprints()
    pages = ("", "facts/", "facts/change/", "day/2026-03-09/", "day/2026-03-09/other-site/", "vehicle/car/fuel/")
    pages += ("vehicle/car/provider/", "weekend/", "normal-week/", "normal-week/weekend/", "normal-week/2026-03-09/")
    pages += ("normal-week/2026-03-09/other-site/", "check/", "receipt/", "reads/", "delete/", "deleted/")
    for page in pages:
        for method in (client.get, client.head):
            assert method(f"/answer/{page}").status_code in (200, 302), page
            assert changed_tables(before) == set(), page


def test_looking_at_the_account_pages_changes_nothing():
    world = make_world()
    client = Client()
    client.force_login(world.people[MemberRole.OWNER])
    before = fingerprints()
    pages = ("email/", "password/change/", "password/reset/", "2fa/", "2fa/totp/activate/", "sessions/", "logout/")
    for page in pages:
        client.get(f"/account/{page}")
        assert changed_tables(before) == set(), page
