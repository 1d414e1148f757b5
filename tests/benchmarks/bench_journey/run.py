"""One run: the day page beside the bare view, then whole journeys of more and more people at once.

A journey is from the link to the receipt with an empty cache: a page and its files, then a request for each answer,
as browsers send them with the script that nearly all of them run (`browser.py`). A fifth as many people go without it
after that: a POST, its redirect and a GET for each answer. The crowd runs on the same machine; its processor time is
printed.
"""

import json
import math
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.bench_journey.people import make_bare_table, make_links, sent_responses
from tests.benchmarks.bench_journey.processor_time import postgresql_pid, processor_time
from tests.benchmarks.bench_journey.site import Site, collect_static_files, served
from tests.benchmarks.kill_mail.world import migrate

AT_ONCE = (50, 100, 200)
# Many short takes in turns: what else the machine does then falls on both.
TAKES, TAKE_SECONDS, TAKE_PEOPLE = 15, 2, 16
LEAST_RATIO, LEAST_JOURNEYS, MOST_MINUTES = 0.5, 28.0, 10.0
CROWD = [sys.executable, "-m", "tests.benchmarks.bench_journey.crowd"]


@dataclass(frozen=True, kw_only=True)
class Visits:
    """What a crowd came back with. pages: seconds of each request by page; errors: what ended somebody's visit."""

    seconds: float
    processor_seconds: float
    done: int
    errors: list[str]
    statuses: dict[str, int]
    pages: dict[str, list[float]] = field(repr=False)

    @property
    def requests(self) -> int:
        return sum(len(each) for each in self.pages.values())

    def rate(self, pages: Iterable[str]) -> float:
        """Requests for these pages per second."""
        return sum(len(self.pages[name]) for name in pages) / self.seconds


def visits(
    port: int, paths: list[str], *, visit: str, people: int, seconds: float = 0, has_script: bool = False
) -> Visits:
    """Let a crowd visit these paths from this one address."""
    order = {"host": "127.0.0.1", "port": port, "paths": paths, "visit": visit, "people": people, "seconds": seconds}
    order["has_script"] = has_script
    done = subprocess.run(CROWD, input=json.dumps(order) + "\n", stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return Visits(**found)


def run(*, people: int, folder: Path) -> bool:
    """Whether every target holds; prints the figures."""
    migrate()
    collect_static_files()
    # Some for each take of the day page, and to warm up: nobody is met twice.
    spare = (TAKES + 1) * TAKE_PEOPLE
    without_script = max(len(AT_ONCE), people // 5)
    links = make_links(people=people + spare + without_script)
    make_bare_table()
    with served(folder=folder) as site:
        with served(folder=folder, settings="tests.benchmarks.bench_journey.bare.settings", ready="/bare/") as bare:
            ratio = _ratio(site, bare, links[:spare])
        rate, is_whole = _journeys(site, links[spare : spare + people], has_script=True)
        plain_rate, is_plain_whole = _journeys(site, links[spare + people :], has_script=False)
    stored, days = sent_responses()
    print(f"{stored} weeks of {days / max(stored, 1):.0f} days were stored")
    is_whole = is_whole and is_plain_whole and stored == people + without_script
    print(f"figure: day page against bare view {ratio:.2f} (target {LEAST_RATIO})")
    print(f"figure: whole journeys per second {rate:.1f} (target {LEAST_JOURNEYS:g})")
    print(f"figure: whole journeys per second without the script {plain_rate:.1f}")
    return is_whole and ratio >= LEAST_RATIO and rate >= LEAST_JOURNEYS


def _ratio(site: Site, bare: Site, links: list[str]) -> float:
    """Requests per second for the day page ÷ those for the bare view; both take turns, the first turn warms up.

    A day page is a POST, its redirect and a GET here: with the script, one request would do the work of two.
    """
    ratios = []
    for take in range(TAKES + 1):
        paths = links[take * TAKE_PEOPLE : (take + 1) * TAKE_PEOPLE]
        row, row_cost = _repeated(bare, ["/bare/"] * TAKE_PEOPLE, visit="bare", pages=("bare POST",))
        day, day_cost = _repeated(site, paths, visit="day", pages=("day POST", "day GET"))
        if take:
            ratios.append(day / row)
            print(
                f"take {take}: day page {day:.0f} requests/s, {day_cost:.1f} ms of the server's processor each;"
                f" bare view {row:.0f}, {row_cost:.1f} ms: {day / row:.2f}",
                flush=True,
            )
    return median(ratios)


def _repeated(site: Site, paths: list[str], *, visit: str, pages: tuple[str, ...]) -> tuple[float, float]:
    """Requests per second for these pages, and processor milliseconds of gunicorn and PostgreSQL for one."""
    with processor_time(gunicorn=site.pid, PostgreSQL=postgresql_pid()) as used:
        found = visits(site.port, paths, visit=visit, people=TAKE_PEOPLE, seconds=TAKE_SECONDS)
    _refuse_errors(found)
    return found.rate(pages), 1000 * sum(used.seconds.values()) / sum(found.statuses.values())


def _journeys(site: Site, links: list[str], *, has_script: bool) -> tuple[float, bool]:
    """Whole journeys per second over all crowds, and whether everybody got to the end without error or refusal."""
    seconds, done, statuses, errors, start = 0.0, 0, Counter[str](), 0, 0
    print(f"People in whose browsers the script {'runs' if has_script else 'does not run'}:")
    for number, at_once in enumerate(AT_ONCE):
        end = len(links) * (number + 1) // len(AT_ONCE)
        with processor_time(gunicorn=site.pid, PostgreSQL=postgresql_pid()) as used:
            found = visits(site.port, links[start:end], visit="journey", people=at_once, has_script=has_script)
        used.seconds["these people"] = found.processor_seconds
        _print_pages(found, at_once=at_once)
        parts = ", ".join(f"{name} {1000 * spent / (end - start):.0f}" for name, spent in used.seconds.items())
        print(f"  processor time of a journey in ms: {parts}", flush=True)
        seconds, done, errors, start = seconds + found.seconds, done + found.done, errors + len(found.errors), end
        statuses.update(found.statuses)
    refused = statuses["429"] + statuses["403"]
    minutes = seconds / 60
    print(f"{done} people from one address in {minutes:.1f} minutes: {errors} errors, {refused} refusals,")
    print(f"  answers by status {dict(statuses)}")
    is_whole = not errors and not refused and done == len(links) and minutes <= MOST_MINUTES
    return len(links) / seconds, is_whole


def _print_pages(found: Visits, *, at_once: int) -> None:
    rate, each = found.done / found.seconds, found.requests / max(found.done, 1)
    print(f"{at_once} people at once: {rate:.1f} journeys/s, {each:.1f} requests each; p50 and p95 in ms:")
    for name, seconds in sorted(found.pages.items()):
        times = sorted(seconds)
        half, most = (1000 * times[math.ceil(len(times) * share) - 1] for share in (0.5, 0.95))
        print(f"  {name:<18} {half:7.0f} {most:7.0f}   {len(times) / max(found.done, 1):.1f} each")
    for error in found.errors[:3]:
        print(f"  error: {error[:300]}")
    sys.stdout.flush()


def _refuse_errors(found: Visits) -> None:
    if found.errors:
        raise RuntimeError(f"{len(found.errors)} errors, such as {found.errors[0]}")
