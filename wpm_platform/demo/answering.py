"""Answers a week on the employee's real pages, from the mailed link to the receipt."""

import datetime
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from wpm_platform.demo.visitor import Form, Page, UnexpectedPage, Visitor

AT_ONCE = 4
# A week of seven days asks fewer than twenty questions; more means that the pages go round in circles.
MOST_PAGES = 40


@dataclass(frozen=True, kw_only=True)
class WeekOnPaper:
    """What somebody is going to answer. one_way_km as typed; days: Monday first, five or seven choices."""

    link: str
    one_way_km: str
    days: tuple[str, ...]
    fuel: str = "petrol"
    is_employer_provided: bool = False


def answer_weeks(weeks: Iterable[WeekOnPaper]) -> int:
    """Answer several weeks, a few people at a time. Returns how many reached the receipt."""
    with ThreadPoolExecutor(AT_ONCE) as people:
        return sum(1 for _ in people.map(answer_week, weeks))


def answer_week(week: WeekOnPaper) -> None:
    """Answer one week to the end. Raises `UnexpectedPage`."""
    visitor = Visitor()
    page = visitor.get(week.link)
    page = visitor.send(page, _question(page))
    for _ in range(MOST_PAGES):
        if page.path == "/answer/receipt/":
            return
        page = visitor.send(page, _question(page), **_answer(page, week))
    raise UnexpectedPage(f"{page.path}: no receipt after {MOST_PAGES} pages")


def _question(page: Page) -> Form:
    return page.own_form()


def _answer(page: Page, week: WeekOnPaper) -> Mapping[str, str]:
    step = page.path.removeprefix("/answer/").strip("/").split("/")
    form = _question(page)
    if step[0] == "facts":
        return {"one_way": week.one_way_km}
    if step[0] == "day":
        return {"choice": week.days[datetime.date.fromisoformat(step[1]).weekday()]}
    if step[0] == "vehicle":
        return {"choice": _vehicle_choice(step[2], form, week)}
    if step[0] == "weekend":
        return {"choice": "yes" if len(week.days) == 7 else "no"}
    if step[0] == "check":
        return {"choice": "normal_week"}
    raise UnexpectedPage(f"{page.path} asks something unknown")


def _vehicle_choice(question: str, form: Form, week: WeekOnPaper) -> str:
    if question == "provider":
        return "employer" if week.is_employer_provided else "own"
    return week.fuel if form.offers("choice", week.fuel) else "petrol"
