"""The people of the benchmark: a process of its own, so that its work is not the server's.

`python -m tests.benchmarks.bench_journey.crowd` reads one line of JSON (what to do, and by whom) from its standard
input and prints one line of JSON: requests by page with their status and seconds, how long everything took, and how
much processor time of it was this process's own.
"""

import asyncio
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.benchmarks.bench_journey.browser import Browser, Page, name_of

# What everybody answers, by question. The days: public transport, the same again, at home, and so on.
DAYS = ("public_transport", "copy", "home", "public_transport", "copy", "copy", "copy")
MOST_PAGES = 30


class JourneyStopped(Exception):
    """A page was no page of the journey, or answered with an error."""


@dataclass(kw_only=True)
class Figures:
    """What was noted: seconds of each request by page, statuses, and what went wrong."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    statuses: Counter[int] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    done: int = 0

    def note(self, name: str, status: int, seconds: float) -> None:
        self.seconds[name].append(seconds)
        self.statuses[status] += 1


async def whole_journey(browser: Browser, path: str) -> None:
    """From the link to the receipt, with an empty cache at the start."""
    page = await browser.get(path, name="link")
    _check(page.status == 200, browser)
    await browser.load_files(name="files")
    await browser.submit(name="link")
    answered_days = 0
    for _ in range(MOST_PAGES):
        page = browser.page
        assert page is not None
        _check(page.status == 200, browser)
        await browser.load_files(name="files")
        step = name_of(page.path)
        if step == "receipt":
            return
        if step == "day":
            await browser.submit(name=step, choice=DAYS[answered_days])
            answered_days += 1
        else:
            _check(step in ANSWERS, browser)
            await browser.submit(name=step, **ANSWERS[step])
    _check(False, browser)


ANSWERS: dict[str, dict[str, str]] = {
    "facts": {"one_way": "12,5", "home_postcode": ""},
    "weekend": {"choice": "no"},
    "normal-week": {"choice": "yes"},
    "check": {"choice": "normal_week"},
}


async def first_day(browser: Browser, path: str) -> Page:
    """From the link to Monday's page."""
    await browser.get(path, name="link")
    await browser.submit(name="link")
    page = await browser.submit(name="facts", **ANSWERS["facts"])
    _check(page.status == 200 and name_of(page.path) == "day", browser)
    return page


async def day_pages(browser: Browser, monday: Page, *, until: float) -> None:
    """Answer Monday, see Tuesday's page, go back and answer Monday again: as many of each until the time is over."""
    number = 0
    while time.perf_counter() < until:
        number += 1
        browser.page = monday
        page = await browser.submit(name="day", choice=("public_transport", "home", "walking")[number % 3])
        _check(page.status == 200 and page.path != monday.path, browser)


async def bare_form(browser: Browser, path: str) -> Page:
    """The bare view's form."""
    return await browser.get(path, name="bare")


async def bare_pages(browser: Browser, form: Page, *, until: float) -> None:
    """Let the bare view write rows until the time is over."""
    while time.perf_counter() < until:
        browser.page = form
        _check((await browser.submit(name="bare", choice="public_transport")).status == 200, browser)


# What is repeated, and the page that it begins at.
REPEATED: dict[str, tuple[Callable[..., Awaitable[Page]], Callable[..., Awaitable[None]]]] = {
    "day": (first_day, day_pages),
    "bare": (bare_form, bare_pages),
}


def _check(is_well: bool, browser: Browser) -> None:
    if not is_well:
        page = browser.page
        raise JourneyStopped(f"{page.status} {name_of(page.path)}: {page.text[-300:]!r}" if page else "no page")


async def perform(order: dict[str, Any]) -> dict[str, Any]:
    """Let `people` at a time make the journey, or everybody repeat one page for some seconds; what came of it."""
    figures = Figures()
    by_visit = _journeys if order["visit"] == "journey" else _repeated
    began_at = await by_visit(order, figures)
    return {
        "seconds": time.perf_counter() - began_at,
        "processor_seconds": time.process_time(),
        "done": figures.done,
        "errors": figures.errors,
        "statuses": {str(status): count for status, count in figures.statuses.items()},
        "pages": figures.seconds,
    }


async def _journeys(order: dict[str, Any], figures: Figures) -> float:
    """Everybody's whole journey, `people` at a time; when the first began."""
    waiting, began_at = iter(order["paths"]), time.perf_counter()

    async def person() -> None:
        for path in waiting:
            browser = _browser(order, figures)
            with _noted(figures):
                await whole_journey(browser, path)
            await browser.close()

    await asyncio.gather(*(person() for _ in range(order["people"])))
    return began_at


async def _repeated(order: dict[str, Any], figures: Figures) -> float:
    """One page again and again by everybody at once; when all had come to it, from which moment on it is counted."""
    start, repeat = REPEATED[order["visit"]]
    browsers = [_browser(order, figures) for _ in order["paths"]]
    pages = await asyncio.gather(
        *(start(browser, path) for browser, path in zip(browsers, order["paths"], strict=True))
    )
    figures.seconds.clear()
    began_at = time.perf_counter()

    async def person(browser: Browser, page: Page) -> None:
        with _noted(figures):
            await repeat(browser, page, until=began_at + order["seconds"])
        await browser.close()

    await asyncio.gather(*(person(browser, page) for browser, page in zip(browsers, pages, strict=True)))
    return began_at


def _browser(order: dict[str, Any], figures: Figures) -> Browser:
    return Browser(host=order["host"], port=order["port"], note=figures.note, has_script=order.get("has_script", False))


@contextmanager
def _noted(figures: Figures) -> Iterator[None]:
    """One visit: done, or what ended it."""
    try:
        yield
        figures.done += 1
    except (JourneyStopped, OSError, EOFError, KeyError, IndexError) as error:
        figures.errors.append(f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    print(json.dumps(asyncio.run(perform(json.loads(sys.stdin.readline())))))
