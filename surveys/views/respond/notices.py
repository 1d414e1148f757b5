"""Calm pages for what is in the way: a link that is not ours, a survey that is over or pauses.

Status: 404 for a link that we did not make, 403 without the cookie, 410 for what does not come back (closed,
withdrawn, left), 200 for what does (not open yet, paused, not started).
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from surveys.domain.answering import Obstacle
from surveys.models import Invitation
from surveys.selectors.published_result import is_published
from surveys.views.respond.ticket import code_address

GONE = (Obstacle.CLOSED, Obstacle.WITHDRAWN, Obstacle.LEFT)


def unknown_link_page(request: HttpRequest) -> HttpResponse:
    return render(request, "respond/unknown_link.html", status=404)


def ticket_missing_page(request: HttpRequest) -> HttpResponse:
    return render(request, "respond/ticket_missing.html", {"code_address": code_address(request)}, status=403)


def not_started_page(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    context = {"organisation": invitation.organisation, "code_address": code_address(request)}
    return render(request, "respond/not_started.html", context)


def obstacle_page(request: HttpRequest, invitation: Invitation, obstacle: Obstacle) -> HttpResponse:
    by_link = request.path.startswith("/r/")
    has_result = obstacle is Obstacle.CLOSED and is_published(invitation.campaign)
    context = {
        "organisation": invitation.organisation,
        "campaign": invitation.campaign,
        "week": invitation.week,
        "has_answered": invitation.answered_at is not None,
        "obstacle": obstacle.value,
        "came_by_code": request.path.startswith("/e/") or bool(code_address(request)),
        # Relative where the address is the key: it stands in no page.
        "own_address": _own_address(request),
        "reads_address": "reads/" if by_link else reverse("answer_reads"),
        "result_address": ("result/" if by_link else reverse("answer_result")) if has_result else "",
    }
    return render(request, "respond/obstacle.html", context, status=410 if obstacle in GONE else 200)


def _own_address(request: HttpRequest) -> str:
    """Where what was answered can be seen and deleted still: by the link, or by the slip's code with its ticket."""
    return "answers/" if request.path.startswith("/r/") else reverse("answer_own")
