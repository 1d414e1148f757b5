"""No more reminders. A mail program may send the POST by itself (List-Unsubscribe-Post), so without a CSRF token:
nobody but the owner of the link knows the address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from surveys.models import Invitation
from surveys.selectors.response_state import invitation_obstacle, shown_response
from surveys.services.responses.fewer_mails import resume_reminders, stop_reminders
from surveys.views.respond.door import find_by_token, respondent_scope, safe_or_post
from surveys.views.respond.language import speak_language_of
from surveys.views.respond.notices import unknown_link_page
from surveys.views.respond.ticket import give_ticket
from wpm_platform.clock import now
from wpm_platform.organisations.door.secret_address import secret_address


@csrf_exempt
@secret_address
@safe_or_post
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether the reminders may stop (GET), or stop them (POST)."""
    found = find_by_token(token)
    if found is None:
        return unknown_link_page(request)
    with respondent_scope(found) as respondent:
        invitation = respondent.invitation
        if invitation.link_number != found.link_version:
            return unknown_link_page(request)
        speak_language_of(request, invitation.employee)
        if request.method == "POST":
            return _change(request, invitation, token=token)
        context = {
            "organisation": invitation.organisation,
            "campaign": invitation.campaign,
            "invitation": invitation,
            "can_delete": _can_delete(invitation),
        }
        return render(request, "respond/stop.html", context)


def _change(request: HttpRequest, invitation: Invitation, *, token: str) -> HttpResponse:
    choice = request.POST.get("choice")
    if choice == "resume":
        resume_reminders(invitation=invitation)
    elif choice == "delete" and _can_delete(invitation):
        response = redirect("answer_delete")
        give_ticket(response, invitation)
        return response
    elif choice != "delete":
        stop_reminders(invitation=invitation, now=now())
    if choice is None:
        # RFC 8058, section 3.1: a mail program sends no cookie, and follows no redirect.
        return HttpResponse(_("You get no more reminders of this survey."), content_type="text/plain; charset=utf-8")
    return redirect("respond_stop", token=token)


def _can_delete(invitation: Invitation) -> bool:
    """Whether there is something that this person can see and delete now."""
    return shown_response(invitation) is not None and invitation_obstacle(invitation, now=now()) is None
