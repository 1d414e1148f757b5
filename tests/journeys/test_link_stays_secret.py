"""In a real browser: after the first page no request, page, store or cookie holds the personal link."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request

from surveys.models import Invitation
from tests.factories import personal_path
from tests.journeys.test_languages import answer_the_week, invite

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["invite"]
STORES = "JSON.stringify([document.referrer, {...localStorage}, {...sessionStorage}, history.state, window.name])"


def test_the_whole_week_tells_the_link_to_nobody(phone: Page, invite: Callable[[str], Invitation]) -> None:
    invitation = invite("nl")
    token = personal_path(invitation).split("/")[2]
    told: list[str] = []
    requests: list[Request] = []

    def look(page: Page, name: str) -> None:
        if token in page.content() or token in page.evaluate(STORES):
            told.append(name)

    phone.on("requestfinished", lambda request: requests.append(request))
    answer_the_week(phone, invitation, look)
    phone.wait_for_load_state("networkidle")
    for request in requests:
        headers = request.all_headers()
        told += [f"{request.url}: {name}" for name, value in headers.items() if token in value and name != ":path"]
        # Its own address, twice: looked at, and Start.
        is_elsewhere = token in request.url and not request.url.endswith(personal_path(invitation))
        if is_elsewhere or token in (request.post_data or ""):
            told.append(request.url)
    assert told == []
    assert len(requests) > 25
    assert [cookie["name"] for cookie in phone.context.cookies() if token in cookie["value"]] == []
    # No third party: nobody else is asked for anything.
    assert len({request.url.split("/")[2] for request in requests}) == 1
