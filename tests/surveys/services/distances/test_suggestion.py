"""What is suggested between two postcodes: a route where a router gives one, else the estimate, else nothing."""

import pytest
from django.core.cache import cache
from django.db import ProgrammingError
from django.test import override_settings

from surveys.enums import DistanceSource
from surveys.models import PostcodePlace
from surveys.services.distances import Suggestion, can_suggest, suggested_distance
from tests.factories import make_employee, make_organisation
from tests.surveys.services.distances.osrm import NO_ROUTE, route, routing_server
from tests.surveys.services.distances.places import FAR, HOME, WORK, load_places
from wpm_platform.scoping import Role, organisation_scope

pytestmark = pytest.mark.django_db

ESTIMATE = Suggestion(one_way_metres=6_000, source=DistanceSource.POSTCODE)
ROUTE = Suggestion(one_way_metres=18_000, source=DistanceSource.ROUTE)


@pytest.fixture(autouse=True)
def respondent():
    """Everything here happens under the role of the employee's pages."""
    cache.clear()
    load_places()
    employee = make_employee(make_organisation())
    with organisation_scope(employee.organisation, role=Role.RESPONDENT, employee_id=employee.pk):
        yield employee
    cache.clear()


@pytest.fixture
def router():
    with routing_server() as server, override_settings(OSRM_URL=server.url, OSRM_TIMEOUT=5.0):
        yield server


def suggested(home=HOME, work=WORK):
    return suggested_distance(home_postcode=home, site_postcode=work)


def test_estimate_between_two_known_postcodes():
    assert suggested() == ESTIMATE


@pytest.mark.parametrize(("home", "work"), [("", WORK), (HOME, ""), ("", ""), ("9999ZZ", WORK), (HOME, "9999ZZ")])
def test_nothing_without_both_places(home, work):
    assert suggested(home, work) is None


def test_letters_that_are_not_known_fall_back_to_the_digits():
    assert suggested("5911ZZ", WORK) == Suggestion(one_way_metres=7_000, source=DistanceSource.POSTCODE)
    assert suggested("5911ZZ", "5911ZY") == Suggestion(one_way_metres=2_000, source=DistanceSource.POSTCODE)
    assert suggested("5928ZZ", HOME) is None


def test_one_query_and_none_without_postcodes(django_assert_num_queries):
    with django_assert_num_queries(1):
        suggested()
    with django_assert_num_queries(0):
        suggested("", WORK)
    with django_assert_num_queries(0):
        assert not can_suggest(["", ""])


def test_whether_a_home_postcode_would_help():
    assert can_suggest(["", WORK])
    assert can_suggest(["5911ZZ"])
    assert not can_suggest(["9999ZZ"])


@pytest.mark.parametrize("change", ["create", "update", "delete"])
def test_employees_only_read_where_postcodes_lie(change, respondent):
    assert PostcodePlace.objects.count() == 4
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        organisation_scope(respondent.organisation, role=Role.RESPONDENT, employee_id=respondent.pk),
    ):
        {
            "create": lambda: PostcodePlace.objects.create(postcode="1011AB", latitude=52, longitude=5, source="me"),
            "update": lambda: PostcodePlace.objects.update(latitude=52),
            "delete": lambda: PostcodePlace.objects.all().delete(),
        }[change]()


def test_employees_read_no_other_shared_table(respondent):
    for model in ("organisations_user", "mailing_domainpause"):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            organisation_scope(respondent.organisation, role=Role.RESPONDENT, employee_id=respondent.pk),
        ):
            PostcodePlace.objects.raw(f"SELECT 1 AS id FROM {model}")[0]


def test_route_is_asked_with_nothing_but_two_points_and_kept(router):
    assert [suggested(), suggested()] == [ROUTE, ROUTE]
    assert router.asked == ["/route/v1/driving/6.170000,51.370000;6.140000,51.400000?overview=false"]


def test_routes_are_kept_by_direction_and_pair(router):
    suggested()
    router.body = route(7_000)
    assert suggested(WORK, HOME) == Suggestion(one_way_metres=7_000, source=DistanceSource.ROUTE)
    assert suggested() == ROUTE
    assert len(router.asked) == 2


def test_no_route_is_asked_within_one_postcode(router):
    assert suggested(HOME, HOME) == Suggestion(one_way_metres=1_000, source=DistanceSource.POSTCODE)
    assert router.asked == []


def test_no_route_between_two_places_leaves_the_router_in_use(router):
    router.status, router.body = 400, NO_ROUTE
    assert suggested() == ESTIMATE
    router.status, router.body = 200, route(18_400)
    assert suggested() == ROUTE


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, b"Internal error"),
        (503, b""),
        (404, b"{}"),
        (200, b""),
        (200, b"<html>Welcome</html>"),
        (200, b"\xff\xfe\x00"),
        (200, b"[" * 60_000),
        (200, b" " * 70_000 + route(18_400)),
        (200, b"[]"),
        (200, b"null"),
        (200, b'{"code":"Ok","routes":[]}'),
        (200, b'{"code":"Ok","routes":{"0":1}}'),
        (200, route(None)),
        (200, route("18400")),
        (200, route(True)),
        (200, route(float("nan"))),
        (200, route(float("inf"))),
        (200, route(-1)),
        (200, route(10)),
        (200, route(5_000_000)),
    ],
)
def test_whatever_the_router_says_there_is_an_estimate(router, status, body):
    router.status, router.body = status, body
    assert suggested() == ESTIMATE


def test_a_router_that_failed_rests(router):
    router.status = 500
    assert suggested() == ESTIMATE
    router.status = 200
    assert suggested() == ESTIMATE
    assert suggested(FAR, WORK).source == DistanceSource.POSTCODE
    assert len(router.asked) == 1


def test_what_was_kept_is_given_while_the_router_rests(router):
    assert suggested() == ROUTE
    router.status = 500
    assert suggested(FAR, WORK).source == DistanceSource.POSTCODE
    assert suggested() == ROUTE


def test_a_router_that_does_not_answer_in_time(router):
    router.holds = True
    with override_settings(OSRM_TIMEOUT=0.2):
        assert suggested() == ESTIMATE
        assert suggested() == ESTIMATE
    assert len(router.asked) == 1


def test_nobody_is_sent_elsewhere(router):
    with routing_server() as elsewhere:
        router.status, router.location = 302, f"{elsewhere.url}/route"
        assert suggested() == ESTIMATE
        assert elsewhere.asked == []


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "file:///etc", "http://[broken", "nonsense"])
def test_an_address_where_no_router_is(url):
    with override_settings(OSRM_URL=url):
        assert suggested() == ESTIMATE


def test_without_redis_it_works_all_the_same(router, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:9/0",
        }
    }
    assert [suggested(), suggested()] == [ROUTE, ROUTE]
    assert len(router.asked) == 2
