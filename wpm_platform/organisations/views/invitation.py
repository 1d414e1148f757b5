"""An invited person's way in: GET shows who invites, POST accepts."""

from uuid import UUID

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from wpm_platform import clock
from wpm_platform.organisations.domain.member_link import genuine_code
from wpm_platform.organisations.door.secret_address import secret_address
from wpm_platform.organisations.forms.members import NewPersonForm
from wpm_platform.organisations.models import Organisation, User
from wpm_platform.organisations.selectors.invited import InvitedPerson, invited_person
from wpm_platform.organisations.services.joining import (
    InvitationExpired,
    accept_as_new_person,
    accept_member_invitation,
)
from wpm_platform.organisations.services.refusal import Refused
from wpm_platform.scoping import organisation_scope


@secret_address
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def member_invitation(request: HttpRequest, token: str) -> HttpResponse:
    code = genuine_code(token=token, key=settings.LINK_KEY)
    invited = invited_person(code=code) if code else None
    if code is None or invited is None:
        return render(request, "organisations/invitation_gone.html", status=404 if code is None else 410)
    if invited.expires_at <= clock.now():
        context = {"reason": str(InvitationExpired())}
        return render(request, "organisations/invitation_gone.html", context, status=410)
    if request.user.is_authenticated:
        return _known_person(request, request.user, code, invited)
    if invited.has_account:
        log_in = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({REDIRECT_FIELD_NAME: request.path})}"
        return render(request, "organisations/invitation_log_in.html", {"invited": invited, "log_in": log_in})
    return _new_person(request, code, invited)


def _known_person(request: HttpRequest, user: User, code: UUID, invited: InvitedPerson) -> HttpResponse:
    if user.email.lower() != invited.email.lower():
        context = {"invited": invited}
        return render(request, "organisations/invitation_other_person.html", context, status=403)
    if request.method == "POST":
        try:
            with organisation_scope(invited.organisation_id):
                organisation = Organisation.objects.get(pk=invited.organisation_id)
                accept_member_invitation(organisation=organisation, code=code, user=user, now=clock.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("start_page")
        return redirect("console_start", slug=organisation.slug)
    return render(request, "organisations/invitation_accept.html", {"invited": invited})


def _new_person(request: HttpRequest, code: UUID, invited: InvitedPerson) -> HttpResponse:
    form = NewPersonForm(request.POST or None, email=invited.email)
    if request.method == "POST" and form.is_valid():
        try:
            with organisation_scope(invited.organisation_id):
                organisation = Organisation.objects.get(pk=invited.organisation_id)
                user = accept_as_new_person(
                    organisation=organisation,
                    code=code,
                    language=translation.get_language() or settings.LANGUAGE_CODE,
                    now=clock.now(),
                    **form.cleaned_data,
                )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Welcome. Your account is ready."))
            return perform_login(request, user, redirect_url=resolve_url("console_start", slug=organisation.slug))
    context = {"invited": invited, "form": form}
    return render(request, "organisations/invitation_new_person.html", context, status=422 if form.errors else 200)
