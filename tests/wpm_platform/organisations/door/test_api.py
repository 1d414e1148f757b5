"""The door of the API: keys, scopes, limits, and problems instead of pages."""

import datetime

import pytest
import time_machine

from tests.api_client import System, problem, wrong
from tests.factories import as_owner, make_api_key, make_member, make_organisation
from wpm_platform import clock
from wpm_platform.organisations.door.api_keys import REQUESTS_PER_MINUTE
from wpm_platform.organisations.enums import ApiScope
from wpm_platform.organisations.models import ApiKey

pytestmark = pytest.mark.django_db


def stored(organisation):
    with as_owner(organisation):
        return ApiKey.objects.get()


def test_key_opens_its_own_organisation(organisation):
    assert System(make_api_key(organisation)).get("staff").json() == {"items": [], "next_cursor": None}


@pytest.mark.parametrize(
    "change",
    [
        lambda key: "",
        lambda key: "x",
        lambda key: key[:-1],
        lambda key: key + "x",
        lambda key: key[:-1] + ("A" if key[-1] != "A" else "B"),
        lambda key: "wpm_0000000000_" + key.split("_", 2)[2],
        lambda key: key.replace("wpm_", "WPM "),
        lambda key: "wpm_" + "é" * 10 + "_" + "A" * 43,
        lambda key: key * 500,
    ],
)
def test_wrong_key_is_refused(organisation, change):
    response = System(change(make_api_key(organisation))).get("staff")
    assert problem(response) == wrong(401)
    assert response["WWW-Authenticate"] == 'Bearer realm="WPM"'


@pytest.mark.parametrize("fields", [{"revoked_at": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)}])
def test_revoked_key_is_refused(organisation, fields):
    assert problem(System(make_api_key(organisation, **fields)).get("staff")) == wrong(401)


def test_key_ends_at_its_moment(organisation):
    key = make_api_key(organisation)
    end = stored(organisation).expires_at
    with time_machine.travel(end - datetime.timedelta(seconds=1), tick=False):
        assert System(key).get("staff").status_code == 200
    with time_machine.travel(end, tick=False):
        assert problem(System(key).get("staff")) == wrong(401)


def test_login_of_a_person_is_no_key(client, organisation):
    client.force_login(make_member(organisation))
    assert problem(client.get("/api/v1/staff")) == wrong(401)


@pytest.mark.parametrize(
    ("scope", "open_paths"),
    [
        (ApiScope.STAFF_READ, {"staff"}),
        (ApiScope.STAFF_WRITE, set()),
        (ApiScope.CAMPAIGNS_READ, {"campaigns"}),
        (ApiScope.REPORTS_READ, {"reports"}),
        (ApiScope.REPORTS_FILE, set()),
    ],
)
def test_key_reads_within_its_scopes_only(organisation, scope, open_paths):
    system = System(make_api_key(organisation, scopes=[scope]))
    statuses = {path: system.get(path).status_code for path in ("staff", "campaigns", "reports")}
    assert statuses == {path: 200 if path in open_paths else 403 for path in statuses}
    assert (system.put("staff", {}).status_code == 403) is (scope != ApiScope.STAFF_WRITE)


def test_use_is_recorded_also_when_the_request_is_wrong(organisation):
    key = make_api_key(organisation)
    with time_machine.travel(clock.now() + datetime.timedelta(hours=1), tick=False):
        assert System(key).put("staff", {}).status_code == 422
        assert stored(organisation).last_used_at == clock.now()


def test_refused_key_is_not_recorded_as_used(organisation):
    System(make_api_key(organisation)[:-1]).get("staff")
    assert stored(organisation).last_used_at is None


def test_limit_is_per_key_and_says_when_to_come_back(organisation):
    key, other = make_api_key(organisation), make_api_key(make_organisation())
    moment = datetime.datetime(2026, 11, 2, 9, 0, 45, tzinfo=datetime.UTC)
    with time_machine.travel(moment, tick=False):
        statuses = [System(key).get("staff").status_code for _ in range(REQUESTS_PER_MINUTE)]
        refused = System(key).get("staff")
        assert System(other).get("staff").status_code == 200
    assert set(statuses) == {200}
    assert (problem(refused), refused["Retry-After"]) == (wrong(429), "15")
    with time_machine.travel(moment + datetime.timedelta(seconds=15), tick=False):
        assert System(key).get("staff").status_code == 200


def test_unknown_address_and_method_are_problems(organisation):
    system = System(make_api_key(organisation))
    assert problem(system.get("nothing")) == wrong(404)
    assert problem(System().get("nothing")) == wrong(404)
    assert problem(system.put("campaigns", {})) == wrong(405)
    response = system.client.get("/api/v1/staff", headers=system.headers | {"accept": "text/html"})
    assert problem(response) == wrong(406)


def test_problem_has_all_its_parts(organisation):
    body = System().get("staff").json()
    assert sorted(body) == ["detail", "errors", "status", "title", "type"]
    assert (body["type"], body["title"], body["errors"]) == ("about:blank", "Unauthorized", [])


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"", "application/json", 422),
        (b"{", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b'{"rows": NaN}', "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"rows":' * 50_000, "application/json", 400),
        (b"9" * 5000, "application/json", 400),
        (b'"' + b"x" * 2_500_001 + b'"', "application/json", 413),
        (b"{}", "text/plain", 415),
        (b"rows=1", "application/x-www-form-urlencoded", 415),
        (b"{}", "application/json; charset=nonsense", 422),
        (b"null", "application/json", 422),
        (b"[]", "application/json", 422),
        (b'{"rows": {}}', "application/json", 422),
        (b'{"rows": []}', "application/json", 422),
    ],
)
def test_any_body_gets_an_answer(organisation, body, content_type, status):
    response = System(make_api_key(organisation)).put("staff", body, content_type=content_type)
    assert problem(response) == wrong(status)


@pytest.mark.parametrize("query", [{"limit": limit} for limit in (0, 501, "x", "", "٣", "1" * 5000, [5, 5], [5, ""])])
@pytest.mark.parametrize("path", ["staff", "campaigns", "reports"])
def test_wrong_limit_is_named(organisation, path, query):
    response = System(make_api_key(organisation)).get(path, **query)
    assert (problem(response), [error["field"] for error in response.json()["errors"]]) == (wrong(422), ["limit"])


@pytest.mark.parametrize(
    "cursor", ["x", "é", "\0", "A" * 5000, "LTE", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "MS41", ["", ""]]
)
def test_wrong_cursor_is_named(organisation, cursor):
    response = System(make_api_key(organisation)).get("staff", cursor=cursor)
    assert (problem(response), [error["field"] for error in response.json()["errors"]]) == (wrong(422), ["cursor"])
