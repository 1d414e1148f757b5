"""Answers that the script sends for who may lose the connection (`lost_connection.js`), by preferences of RFC 7240.

`return=representation`: the next page comes with the answer to the answer, under `Content-Location`, in one request
instead of a POST and a GET. It is made from what was read under the lock and written since. Where the next page is none
of those (such as after deleting), and for `return=minimal`, the address alone comes, as `Location`: a script cannot
read where a redirect leads.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseRedirectBase
from django.urls import Resolver404, resolve

from surveys.selectors.response_state import RespondentWeek
from surveys.services.responses.locking import after_change
from surveys.views.respond.language import PATHS

NEXT_PAGE, MINIMAL = "return=representation", "return=minimal"
# A page may lead on to another one: a check with a question open to that question.
MOST_REDIRECTS = 3


@dataclass(frozen=True, kw_only=True)
class Page:
    """What stands behind an address under `/answer/` (`answer_page`). needs_facts: not shown without them."""

    view: Callable[..., HttpResponse]
    needs_facts: bool


class NextPageForScript:
    """Middleware: the redirect after an employee's POST as 200 with the same `Location`, for who prefers it so.

    Nothing else differs from a form that the browser sends: same view, same CSRF check, same cookies.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseRedirectBase) and _prefers(request, (NEXT_PAGE, MINIMAL)):
            response.status_code = 200
            response.headers["Preference-Applied"] = MINIMAL
        return response


def with_next_page(request: HttpRequest, response: HttpResponse, respondent: RespondentWeek) -> HttpResponse:
    """The page that the redirect after an answer leads to, for a script that prefers it; else the response as it is.

    respondent: as read before the answer, in whose scope and transaction this runs.
    """
    if not isinstance(response, HttpResponseRedirectBase) or not _prefers(request, (NEXT_PAGE,)):
        return response
    found, after = response, after_change(respondent)
    for _ in range(MOST_REDIRECTS):
        address = found.url
        shown = _page_at(request, address, after)
        if shown is None:
            break
        if not isinstance(shown, HttpResponseRedirectBase):
            shown.cookies.update(response.cookies)
            shown.headers["Content-Location"] = address
            shown.headers["Preference-Applied"] = NEXT_PAGE
            return shown
        found = shown
    return response


def _page_at(request: HttpRequest, address: str, respondent: RespondentWeek) -> HttpResponse | None:
    """What a GET of this address answers; None for an address that is no page about the answers."""
    try:
        match = resolve(address)
    except Resolver404:
        return None
    page: Page | None = getattr(match.func, "page", None)
    if page is None or (page.needs_facts and not respondent.answers.has_facts):
        return None
    return page.view(_visit(request, address), respondent, **match.kwargs)


def _visit(request: HttpRequest, address: str) -> HttpRequest:
    """The same browser asking for a page; who it is and what it speaks is known by now."""
    visit: Any = type(request).__new__(type(request))
    # Not `copy()`, which leaves out what cannot be pickled: this shares all, so that a new CSRF cookie is sent as ever.
    visit.__dict__.update(request.__dict__)
    visit.method, visit.path, visit.path_info = "GET", address, address
    visit.GET = visit.POST = QueryDict()
    return cast(HttpRequest, visit)


def _prefers(request: HttpRequest, preferences: tuple[str, ...]) -> bool:
    is_answer = request.method == "POST" and request.path_info.startswith(PATHS)
    return is_answer and request.headers.get("Prefer", "") in preferences
