"""What is kept about persons and until when, with the log of what went; and which mails a member gets."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from surveys.selectors.retention import retention_log, retention_states, run_facts
from surveys.selectors.staff_details import stored_details
from surveys.services.person_reads import KEPT
from surveys.services.staff_details import choose_staff_details
from wpm_platform import clock
from wpm_platform.organisations.door.addresses import console_redirect
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right
from wpm_platform.organisations.selectors.members import own_membership
from wpm_platform.organisations.services.members import choose_notices


@needs(Right.VIEW_SETTINGS)
@require_safe
def settings_privacy(request: ConsoleRequest) -> HttpResponse:
    context = {
        "states": retention_states(organisation=request.organisation, today=clock.today()),
        "log": retention_log(organisation=request.organisation),
        "details": stored_details(organisation=request.organisation),
        "mail_days": settings.MAIL_KEEP_DAYS,
        "read_days": KEPT.days,
    }
    return render(request, "reporting/privacy.html", context)


@needs(Right.VIEW_SETTINGS)
@require_safe
def settings_privacy_log(request: ConsoleRequest) -> HttpResponse:
    """The log for who checks it: each run with its hash and whether it is genuine."""
    lines = [
        {**run_facts(line.run), "hash": line.run.chain_hash, "is_genuine": line.is_genuine}
        for line in reversed(retention_log(organisation=request.organisation))
    ]
    response = JsonResponse({"runs": lines}, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="retention-log.json"'
    return response


@needs(Right.MANAGE_SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def settings_staff_details(request: ConsoleRequest) -> HttpResponse:
    """Whether names and birth years are kept. Switching one off asks once more, and then erases what is stored."""
    chosen = {
        name: name in request.POST if request.method == "POST" else getattr(request.organisation, name)
        for name in ("stores_names", "stores_birth_years")
    }
    details = stored_details(organisation=request.organisation)
    erased = details.erased_by(**chosen)
    if request.method == "POST" and (not erased.rows or "confirm" in request.POST):
        choose_staff_details(organisation=request.organisation, actor=request.user, now=clock.now(), **chosen)
        messages.success(request, _("The settings are saved."))
        return console_redirect(request, "settings_privacy")
    context = {"chosen": chosen, "details": details, "erased": erased if request.method == "POST" else None}
    return render(request, "reporting/staff_details.html", context)


@needs(Right.VIEW_SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def settings_notices(request: ConsoleRequest) -> HttpResponse:
    """Which mails the person at the door gets themselves."""
    membership = own_membership(organisation=request.organisation, user=request.user)
    if request.method == "POST":
        choose_notices(membership=membership, gets_notices="gets_notices" in request.POST)
        messages.success(request, _("Saved."))
        return console_redirect(request, "settings_notices")
    return render(request, "reporting/notices.html", {"membership": membership})
