"""No more reminders. A mail program may send the POST by itself (List-Unsubscribe-Post), so without a CSRF token:
nobody but the owner of the link knows the address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt

from surveys.selectors.response_state import respondent_invitation
from surveys.services.responses.fewer_mails import stop_reminders
from surveys.views.respond.door import find_by_token, respondent_scope, safe_or_post, speak_language_of
from surveys.views.respond.notices import unknown_link_page
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
    with respondent_scope(found):
        invitation = respondent_invitation(organisation_id=found.organisation_id, invitation_id=found.invitation_id)
        speak_language_of(request, invitation.employee)
        if request.method == "POST":
            stop_reminders(invitation=invitation, now=now())
            return redirect("respond_stop", token=token)
        context = {"organisation": invitation.organisation, "invitation": invitation, "token": token}
        return render(request, "respond/stop.html", context)
