"""Employees' pages know the person of the link: who is logged in in the same browser makes no difference there."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import make_member, personal_path
from tests.surveys.views.respond.walk import DAYS, make_open_invitation, text, with_facts
from wpm_platform.organisations.enums import MemberRole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_now")]


def asked(client, path):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    return response, [query["sql"] for query in captured.captured_queries if "session" in query["sql"]]


def logged_in(client, organisation):
    client.force_login(make_member(organisation, role=MemberRole.HR_ADMIN))
    return client


def test_a_session_is_looked_up_for_the_console_and_never_for_an_answer():
    invitation = make_open_invitation()
    client = logged_in(with_facts(invitation), invitation.organisation)
    for path in (personal_path(invitation), DAYS[0], "/accessibility/", f"/e/{invitation.organisation.slug}/"):
        response, sessions = asked(client, path)
        assert (response.status_code, sessions) == (200, []), path
        assert "sessionid" not in response.cookies
        assert not hasattr(response.wsgi_request, "user")
    page, sessions = asked(client, f"/o/{invitation.organisation.slug}/")
    assert page.status_code == 200
    assert sessions


@pytest.mark.parametrize("path", ["/answer/nothing-here/", "/r/not-a-token/", "/e/nobody/"])
def test_an_address_that_is_none_says_so_to_who_is_logged_in_too(path):
    client = logged_in(Client(), make_open_invitation().organisation)
    assert client.get(path).status_code == Client().get(path).status_code == 404


def test_a_forged_answer_is_refused_to_who_is_logged_in_too():
    invitation = make_open_invitation()
    client = logged_in(with_facts(invitation), invitation.organisation)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post(DAYS[0], {"choice": "bicycle"}).status_code == 403


def test_a_page_speaks_the_employee_s_language_and_the_next_one_of_this_browser_the_console_s():
    invitation = make_open_invitation(language="pl")
    client = logged_in(with_facts(invitation), invitation.organisation)
    page = client.get(DAYS[0])
    assert page["Content-Language"] == "pl"
    assert '<html lang="pl"' in text(page)
    console = client.get(f"/o/{invitation.organisation.slug}/", headers={"accept-language": "en"})
    assert '<html lang="en"' in text(console)
