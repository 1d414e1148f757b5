"""Answers that the script sends for who may lose the connection (`lost_connection.js`).

The script cannot read where a redirect leads, so it asks for the address itself: `Prefer: return=minimal` (RFC 7240).
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirectBase

from surveys.views.respond.language import PATHS

MINIMAL = "return=minimal"


class NextPageForScript:
    """Middleware: the redirect after an employee's POST as 200 with the same `Location`, for who prefers it so.

    Nothing else differs from a form that the browser sends: same view, same CSRF check, same cookies.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseRedirectBase) and _prefers_address(request):
            response.status_code = 200
            response.headers["Preference-Applied"] = MINIMAL
        return response


def _prefers_address(request: HttpRequest) -> bool:
    is_answer = request.method == "POST" and request.path_info.startswith(PATHS)
    return is_answer and request.headers.get("Prefer") == MINIMAL
