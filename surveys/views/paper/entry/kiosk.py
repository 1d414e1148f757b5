"""A shared screen: the page for codes, which clears itself between two people.

A cookie marks the browser. The script counts down and sends the clearing; without it the page goes back by itself, and
the ticket of a shared screen is worth nothing a few minutes after the last page (`respond/ticket.py`).
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from surveys.views.employer.page import employer_or_404
from surveys.views.paper.entry.code import code_page
from surveys.views.respond.door import safe_or_post
from surveys.views.respond.language import COOKIE as LANGUAGE_COOKIE
from surveys.views.respond.ticket import KIOSK_COOKIE as COOKIE
from surveys.views.respond.ticket import take_ticket

MAX_AGE = 90 * 24 * 3600
BEGIN = "begin"


@never_cache
@safe_or_post
def paper_kiosk(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask once whether this is a shared screen; after that the page for codes, with nobody's ticket left."""
    employer = employer_or_404(slug)
    if request.method == "POST" and request.POST.get("choice") == BEGIN:
        response: HttpResponse = redirect("paper_kiosk", slug=slug)
        response.set_cookie(
            COOKIE,
            slug,
            max_age=MAX_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response
    if request.COOKIES.get(COOKIE) != slug:
        return render(request, "paper/entry/kiosk_begin.html", {"organisation": employer})
    response = code_page(request, employer, is_kiosk=True)
    if request.method != "POST":
        # Of this browser only: whoever was here before has walked away.
        take_ticket(response)
    return response


@never_cache
@require_POST
def paper_kiosk_clear(request: HttpRequest, slug: str) -> HttpResponse:
    """Forget who was here: ticket, language, and whatever the browser kept for this site besides cookies."""
    employer_or_404(slug)
    response = redirect("paper_kiosk", slug=slug)
    take_ticket(response)
    response.delete_cookie(LANGUAGE_COOKIE, samesite="Lax")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@never_cache
@safe_or_post
def paper_kiosk_stop(request: HttpRequest, slug: str) -> HttpResponse:
    """Make this an ordinary browser again; no page on the shared screen leads here."""
    employer = employer_or_404(slug)
    if request.method != "POST":
        return render(request, "paper/entry/kiosk_stop.html", {"organisation": employer})
    response = redirect("paper_code", slug=slug)
    take_ticket(response)
    response.delete_cookie(COOKIE, samesite="Lax")
    return response
