"""A real browser for journeys: Debian's Chromium through Playwright, against a live server.

A journey takes `phone` or `desktop` (a page), `live_server`, and the helpers `log_in`, `check_axe` and `shot`.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from wpm_platform.organisations.models import User

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A page that could not be loaded stays so until the journey loads it again.
    "--disable-auto-reload",
]
SCREENSHOTS = Path(settings.BASE_DIR) / ".run" / "screenshots"
# A picture proves nothing until somebody looks at it, and takes as long as the rest of its journey.
TAKES_PICTURES = os.environ.get("PICTURES") == "1"
# What Playwright allows an action; an expectation deserves it too where every processor runs a journey.
PATIENCE_MS = 30_000
# What blocks people; axe's moderate and minor findings are advice.
BLOCKING = ("serious", "critical")


@pytest.fixture(scope="session", autouse=True)
def taps_wait_for_their_answer() -> Iterator[None]:
    """A script sends an employee's answer; like a person, a journey goes on with the page that comes then."""
    tap = Locator.click

    def click(locator: Locator, **options: Any) -> None:
        tap(locator, **options)
        locator.page.locator("main[aria-busy=true]").wait_for(state="detached")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Locator, "click", click)
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright's loop runs in this thread; Django would refuse its ORM beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def _page(browser: Browser, *, base_url: str, width: int, height: int, is_phone: bool) -> Iterator[Page]:
    """A fresh visitor; a script error, a blocked script or style, or an answer of 500 fails the journey."""
    context = browser.new_context(
        base_url=base_url,
        viewport={"width": width, "height": height},
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
        has_touch=is_phone,
        is_mobile=is_phone,
    )
    errors: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if "Content Security" in message.text else None)
    page.on("response", lambda answer: errors.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None)
    yield page
    context.close()
    assert errors == []


@pytest.fixture
def phone(browser: Browser, live_server: str) -> Iterator[Page]:
    yield from _page(browser, base_url=str(live_server), width=390, height=844, is_phone=True)


@pytest.fixture
def small_phone(browser: Browser, live_server: str) -> Iterator[Page]:
    yield from _page(browser, base_url=str(live_server), width=320, height=568, is_phone=True)


@pytest.fixture
def desktop(browser: Browser, live_server: str) -> Iterator[Page]:
    yield from _page(browser, base_url=str(live_server), width=1280, height=800, is_phone=False)


@pytest.fixture
def log_in(live_server: str) -> Callable[[Page, User], None]:
    """`log_in(page, user)` gives the page a session, without the login form."""

    def log_in(page: Page, user: User) -> None:
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": str(live_server)}])

    return log_in


@pytest.fixture(scope="session")
def check_axe() -> Callable[[Page], None]:
    """`check_axe(page)` fails on what axe calls serious or critical, and on sideways scrolling."""
    axe = Axe()

    def check_axe(page: Page) -> None:
        # A click returns when the next page has begun to arrive; axe needs all of it.
        page.wait_for_load_state("load")
        # Only violations are told in full, which saves a third of the time.
        results = axe.run(page, options={"resultTypes": ["violations"]})
        findings = [
            f"{violation['id']}: {node['target']} {node['failureSummary']}"
            for violation in results.response["violations"]
            if violation["impact"] in BLOCKING
            for node in violation["nodes"]
        ]
        assert findings == [], f"{page.url}\n" + "\n".join(findings)
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"{page.url} is {overflow} px wider than the screen"

    return check_axe


@pytest.fixture(scope="session")
def shot() -> Callable[..., None]:
    """`shot(page, "staff-list-phone")` writes `.run/screenshots/staff-list-phone.png` of the whole page.

    Only where pictures are asked for (`make pictures`); `full_page=False` shows what fits on the screen.
    """

    def shot(page: Page, name: str, *, full_page: bool = True) -> None:
        page.wait_for_load_state("load")
        if TAKES_PICTURES:
            page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=full_page)

    return shot
