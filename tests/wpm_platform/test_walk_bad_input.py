"""Whatever is typed into an address or a form: a page or a 4xx, never a 5xx."""

import re
from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import personal_path
from tests.wpm_platform.world import CONSOLE_ROUTES, World, make_world
from wpm_platform.organisations.enums import MemberRole

pytestmark = pytest.mark.django_db
bounded = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

# The pages that read their query.
QUERIED = ("console_start", "staff_list", "staff_export", "staff_import", "campaign_not_invited", "headcount")
QUERIED += ("campaign_paper_list", "campaign_paper_poster")
QUERIED += ("campaign_work_list", "report_export", "settings_audit", "campaign_mail_batch", "campaign_mail_closing")
QUERY_NAMES = ("year", "entity", "reason", "page", "q", "site", "department", "show", "sort", "version", "columns")
QUERY_NAMES += ("action", "person", "next", "language", "format", "closes_on", "closes_time")
NASTY = (
    *("", " ", "0", "-1", "1e400", "NaN", "٣", "２０２６", "½", "9" * 5000, "-" + "9" * 5000, "9" * 19, "2147483648"),
    *("\x00", "a\x00b", "\r\nSet-Cookie: x=1", "%", "_", "'", '"><script>', "{{ 1 }}", "=cmd|' /C calc'!A0", "\u202e"),
    *("0000-00-00", "9999-12-31", "2026-02-30", "2026-13-01", "00000000-0000-0000-0000-000000000000", "not-a-uuid"),
    *("//evil.example/", "javascript:alert(1)", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1")),
    *("x" * 20_000, "😀" * 300, "on", "yes", "car", "workplace", "other_site", "nl", "owner", "-name", "name"),
)
FIELD = re.compile(r'<(?:input|select|textarea|button)[^>]*\bname="([^"]+)"')
values = st.one_of(st.sampled_from(NASTY), st.text(max_size=40).filter(lambda text: text.isprintable()))
ANSWER_PAGES = ("facts", "facts/change", "day/2026-03-09", "day/2026-03-09/other-site", "vehicle/car/fuel", "weekend")
ANSWER_PAGES += ("vehicle/car/provider", "normal-week", "normal-week/weekend", "normal-week/2026-03-09", "check")
ANSWER_PAGES += ("normal-week/2026-03-09/other-site", "vehicle/x/fuel", "day/9999-12-31", "day/0001-01-01")


def owner_of(world: World) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(world.people[MemberRole.OWNER])
    return client


def fields_of(client: Client, address: str) -> list[str]:
    """The names of the fields on a page, and one that it does not have."""
    return sorted({*FIELD.findall(client.get(address).content.decode(errors="replace")), "no_such_field", "reset"})


def test_addresses_of_the_console_take_any_query():
    world = make_world()
    client = owner_of(world)
    addresses = [world.address(route) for route in QUERIED]
    queries = st.fixed_dictionaries({}, optional=dict.fromkeys(QUERY_NAMES, values))

    @bounded
    @given(st.sampled_from(addresses), queries)
    def ask(address, query):
        response = client.get(f"{address}?{urlencode(query)}")
        assert response.status_code < 500, (address, query)

    ask()


def test_forms_of_the_console_take_any_text():
    world = make_world()
    client = owner_of(world)
    forms = {address: fields_of(client, address) for address in map(world.address, CONSOLE_ROUTES)}

    @bounded
    @given(st.data())
    def post(data):
        address = data.draw(st.sampled_from(sorted(forms)))
        body = data.draw(st.dictionaries(st.sampled_from(forms[address]), values, max_size=40))
        response = client.post(address, body)
        assert response.status_code < 500, (address, body)

    post()


def test_pages_of_the_employee_take_any_text():
    world = make_world()
    client = Client(raise_request_exception=False)
    assert client.post(personal_path(world.invitation)).status_code == 302
    forms = {f"/answer/{page}/": fields_of(client, f"/answer/{page}/") for page in ANSWER_PAGES}

    @bounded
    @given(st.data())
    def post(data):
        address = data.draw(st.sampled_from(sorted(forms)))
        names = st.sampled_from([*forms[address], "choice", "one_way", "site", "home_postcode"])
        body = data.draw(st.dictionaries(names, values, max_size=6))
        response = client.post(address, body)
        assert response.status_code < 500, (address, body)

    post()


@pytest.mark.parametrize("token", ["x", "%00", "A" * 43, "A" * 5000, "é", "..%2f..", "a%0d%0ab", "%ED%A0%80"])
def test_links_that_are_none_are_not_found(client, token):
    statuses = [client.get(f"/{kind}/{token}/").status_code for kind in ("r", "invitation")]
    assert statuses == [404, 404]


@pytest.mark.parametrize("cookie", ["", "x", "a:b:c", "\x00", "é", "9" * 4000])
def test_a_made_up_cookie_is_no_ticket(client, cookie):
    client.cookies["answer"] = quote(cookie)
    assert client.get("/answer/").status_code == 403


def test_too_much_and_too_many_is_refused_and_not_read():
    world = make_world()
    client = owner_of(world)
    address = world.address("settings_edit")
    too_many = {f"field{number}": "x" for number in range(1_100)}
    kinds = [
        client.post(address, {"name": "x" * 5_000_000}),
        client.post(address, too_many),
        client.post(address, b"--x\r\nbroken", content_type="multipart/form-data; boundary=x"),
        client.post(address, b"x", content_type="multipart/form-data"),
        client.generic("POST", address, b"\xff\xfe=\xff", content_type="application/x-www-form-urlencoded"),
        client.generic("POST", address, b"a=b", content_type="application/x-www-form-urlencoded; charset=no-such"),
    ]
    assert [kind.status_code for kind in kinds] == [400, 400, 200, 400, 422, 422]
