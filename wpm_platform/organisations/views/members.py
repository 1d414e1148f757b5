"""Members of the organisation: list, invite, change, remove."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wpm_platform import clock
from wpm_platform.organisations.door.addresses import console_redirect, console_url
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.forms.members import InviteMemberForm, MemberRoleForm
from wpm_platform.organisations.models import Membership
from wpm_platform.organisations.permissions import Right
from wpm_platform.organisations.selectors import members as selectors
from wpm_platform.organisations.selectors.places import sites
from wpm_platform.organisations.services.invitations import invite_member, withdraw_member_invitation
from wpm_platform.organisations.services.members import change_member_role, remove_member
from wpm_platform.organisations.services.refusal import Refused


@needs(Right.VIEW_SETTINGS)
@require_safe
def settings_members(request: ConsoleRequest) -> HttpResponse:
    now = clock.now()
    context = {
        "members": selectors.members(organisation=request.organisation),
        "invitations": [
            (invitation, selectors.is_open_at(invitation, now=now))
            for invitation in selectors.open_invitations(organisation=request.organisation)
        ],
    }
    return render(request, "organisations/settings_members.html", context)


@needs(Right.MANAGE_MEMBERS)
@require_http_methods(["GET", "HEAD", "POST"])
def settings_member_invite(request: ConsoleRequest) -> HttpResponse:
    form = InviteMemberForm(
        request.POST or None,
        sites=sites(organisation=request.organisation),
        initial={"role": "hr_admin", "language": translation.get_language()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            invite_member(organisation=request.organisation, actor=request.user, now=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            address = form.cleaned_data["email"]
            messages.success(request, _("The invitation for %(address)s is on its way.") % {"address": address})
            return console_redirect(request, "settings_members")
    return render(
        request, "organisations/settings_member_invite.html", {"form": form}, status=422 if form.errors else 200
    )


@needs(Right.MANAGE_MEMBERS)
@require_http_methods(["GET", "HEAD", "POST"])
def settings_member(request: ConsoleRequest, code: UUID) -> HttpResponse:
    membership = _member(request, code)
    form = MemberRoleForm(
        request.POST or None,
        sites=sites(organisation=request.organisation),
        initial={"role": membership.role, "site": membership.site.code if membership.site else None},
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_member_role(
                organisation=request.organisation,
                actor=request.user,
                membership=membership,
                now=clock.now(),
                **form.cleaned_data,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return console_redirect(request, "settings_members")
    context = {"form": form, "member": membership}
    return render(request, "organisations/settings_member.html", context, status=422 if form.errors else 200)


@needs(Right.MANAGE_MEMBERS)
@require_http_methods(["GET", "HEAD", "POST"])
def settings_member_remove(request: ConsoleRequest, code: UUID) -> HttpResponse:
    """GET asks, POST removes."""
    membership = _member(request, code)
    if request.method == "POST":
        try:
            remove_member(organisation=request.organisation, actor=request.user, membership=membership, now=clock.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("%(person)s has no access any more.") % {"person": membership.user})
        return console_redirect(request, "settings_members")
    context = {"member": membership, "back": console_url(request, "settings_members")}
    return render(request, "organisations/settings_member_remove.html", context)


@needs(Right.MANAGE_MEMBERS)
@require_POST
def settings_member_withdraw(request: ConsoleRequest, code: UUID) -> HttpResponse:
    invitation = selectors.open_invitation(organisation=request.organisation, code=code)
    if invitation is None:
        raise Http404
    try:
        withdraw_member_invitation(
            organisation=request.organisation, actor=request.user, invitation=invitation, now=clock.now()
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The invitation is withdrawn; its link does not work any more."))
    return console_redirect(request, "settings_members")


def _member(request: ConsoleRequest, code: UUID) -> Membership:
    membership = selectors.member(organisation=request.organisation, code=code)
    if membership is None:
        raise Http404
    return membership
