"""Every page of the console as somebody who does not belong there."""

import pytest

from tests.factories import make_member, make_organisation, make_user
from tests.wpm_platform.world import CONSOLE_ROUTES, make_world
from wpm_platform.organisations.enums import MemberRole

pytestmark = pytest.mark.django_db
METHODS = ("get", "head", "post", "put", "delete", "options")


def test_stranger_finds_no_page_and_cannot_tell_it_from_one_that_does_not_exist(client):
    world = make_world()
    make_member(make_organisation(), role=MemberRole.OWNER)
    client.force_login(make_member(make_organisation(), role=MemberRole.OWNER))
    nothing = client.get("/o/no-such-employer/reports/").content
    for route in CONSOLE_ROUTES:
        address = world.address(route)
        assert [getattr(client, method)(address).status_code for method in METHODS] == [404] * 6, route
        assert client.get(address).content == nothing, route


def test_person_without_any_organisation_finds_none(client):
    world = make_world()
    client.force_login(make_user())
    for route in CONSOLE_ROUTES:
        assert client.get(world.address(route)).status_code == 404, route


def test_visitor_is_sent_to_log_in_whether_the_page_exists_or_not(client):
    world = make_world()
    addresses = [world.address(route) for route in CONSOLE_ROUTES]
    for address in [*addresses, "/o/no-such-employer/", f"/o/{world.organisation.slug}/no/such/page/"]:
        for method in (client.get, client.post):
            response = method(address)
            assert (response.status_code, response["Location"]) == (302, f"/account/login/?next={address}")


def test_objects_of_another_organisation_are_not_found_by_its_own_owner(client):
    """The slug is one's own, the codes are another organisation's."""
    theirs, own = make_world(), make_world()
    client.force_login(own.people[MemberRole.OWNER])
    for route, parts in CONSOLE_ROUTES.items():
        if "code" in parts:
            address = theirs.address(route).replace(f"/o/{theirs.organisation.slug}/", f"/o/{own.organisation.slug}/")
            statuses = {getattr(client, method)(address).status_code for method in ("get", "post")}
            assert statuses <= {404, 405}, (route, statuses)
            assert 404 in statuses, route
