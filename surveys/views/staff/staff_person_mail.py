"""What HR does with one person's mail: send the invitation again, stop all, allow again."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from surveys.models import Employee
from surveys.selectors.invitation_history import invitation_of_person
from surveys.selectors.staff import person
from surveys.services.person_mail import MailNotPossible, MailWaiting, allow_mail, resend_invitation, stop_mail
from wpm_platform import clock
from wpm_platform.mailing.services.stops import ComplaintStays
from wpm_platform.organisations.door.addresses import console_redirect
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right


@needs(Right.MANAGE_CAMPAIGNS)
@require_POST
def staff_person_resend(request: ConsoleRequest, code: UUID, invitation: UUID) -> HttpResponse:
    employee = _person_or_404(request, code)
    found = invitation_of_person(employee=employee, code=invitation)
    if found is None:
        raise Http404
    try:
        resend_invitation(organisation=request.organisation, actor=request.user, now=clock.now(), invitation=found)
    except (MailNotPossible, MailWaiting) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The invitation goes again within a minute, between the hours for mail."))
    return console_redirect(request, "staff_person", code=code)


@needs(Right.MANAGE_CAMPAIGNS)
@require_POST
def staff_person_stop(request: ConsoleRequest, code: UUID) -> HttpResponse:
    employee = _person_or_404(request, code)
    if stop_mail(organisation=request.organisation, actor=request.user, now=clock.now(), employee=employee):
        messages.success(request, _("This person gets no more mail of the campaigns that are open."))
    return console_redirect(request, "staff_person", code=code)


@needs(Right.MANAGE_CAMPAIGNS)
@require_POST
def staff_person_allow(request: ConsoleRequest, code: UUID) -> HttpResponse:
    employee = _person_or_404(request, code)
    try:
        is_changed = allow_mail(
            organisation=request.organisation, actor=request.user, now=clock.now(), employee=employee
        )
    except ComplaintStays as error:
        messages.error(request, str(error))
    else:
        if is_changed:
            messages.success(request, _("This person gets mail again."))
    return console_redirect(request, "staff_person", code=code)


def _person_or_404(request: ConsoleRequest, code: UUID) -> Employee:
    employee = person(organisation=request.organisation, code=code, site_id=request.place.site_id)
    if employee is None:
        raise Http404
    return employee
