"""The work list of a campaign: whom no mail reaches, and what HR does about it."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from surveys.enums import ReadPage
from surveys.forms.person_mail import AddressForm, WorkFilterForm
from surveys.models import Campaign, Invitation
from surveys.selectors.invitation_history import invitation_of_campaign
from surveys.selectors.work_list import work_list
from surveys.services.person_mail import AddressNotNew, allow_mail, correct_address, skip_person
from surveys.views.campaigns.access import campaign_or_404
from surveys.views.staff.reading import note_reading
from wpm_platform import clock
from wpm_platform.organisations.door.addresses import console_redirect, console_url
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right

PAGE_SIZE = 50
KEPT = ("show", "q", "page")


@needs(Right.VIEW_STAFF)
@require_safe
def campaign_work_list(request: ConsoleRequest, code: UUID) -> HttpResponse:
    campaign = campaign_or_404(request, code)
    wanted = WorkFilterForm(request.GET).wanted()
    rows, counts = work_list(campaign=campaign, site_id=request.place.site_id, **wanted)
    form = WorkFilterForm(request.GET, counts=counts)
    context = {
        "campaign": campaign,
        "form": form,
        "is_narrow": any(wanted.values()),
        "is_open": campaign.state in ("running", "paused"),
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "back": request.GET.urlencode(),
    }
    return render(request, "campaigns/campaign_work_list.html", context)


@needs(Right.MANAGE_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_work_address(request: ConsoleRequest, code: UUID, invitation: UUID) -> HttpResponse:
    """Correct an address, so that the invitation can go again."""
    campaign, found = _campaign_and_invitation(request, code, invitation)
    form = AddressForm(request.POST or None, initial={"email": found.employee.email})
    if request.method == "POST" and form.is_valid():
        try:
            goes_again = correct_address(
                organisation=request.organisation,
                actor=request.user,
                now=clock.now(),
                invitation=found,
                email=form.cleaned_data["email"],
            )
        except AddressNotNew as error:
            form.add_error("email", str(error))
        else:
            messages.success(request, _said_about(goes_again=goes_again))
            return console_redirect(request, "campaign_work_list", code=code)
    note_reading(request, ReadPage.ADDRESS, [found.employee_id])
    context = {"campaign": campaign, "invitation": found, "employee": found.employee, "form": form}
    return render(request, "campaigns/campaign_work_address.html", context, status=422 if form.errors else 200)


@needs(Right.MANAGE_CAMPAIGNS)
@require_POST
def campaign_work_skip(request: ConsoleRequest, code: UUID, invitation: UUID) -> HttpResponse:
    """No more mail of this campaign to this person."""
    _campaign, found = _campaign_and_invitation(request, code, invitation)
    skip_person(organisation=request.organisation, actor=request.user, now=clock.now(), invitation=found)
    messages.success(
        request,
        _("%(person)s gets no more mail of this campaign. You can undo this under “Skipped”.")
        % {"person": found.employee},
    )
    return _back_to_list(request, code)


@needs(Right.MANAGE_CAMPAIGNS)
@require_POST
def campaign_work_allow(request: ConsoleRequest, code: UUID, invitation: UUID) -> HttpResponse:
    """Undo a skip."""
    campaign, found = _campaign_and_invitation(request, code, invitation)
    allow_mail(
        organisation=request.organisation,
        actor=request.user,
        now=clock.now(),
        employee=found.employee,
        campaign=campaign,
    )
    messages.success(request, _("%(person)s gets the mail of this campaign again.") % {"person": found.employee})
    return _back_to_list(request, code)


def _campaign_and_invitation(request: ConsoleRequest, code: UUID, invitation: UUID) -> tuple[Campaign, Invitation]:
    campaign = campaign_or_404(request, code)
    found = invitation_of_campaign(campaign=campaign, code=invitation)
    if found is None:
        raise Http404
    return campaign, found


def _said_about(*, goes_again: bool) -> str:
    if goes_again:
        return _("The address is corrected. The invitation goes to the new one.")
    return _("The address is corrected. No invitation goes out now, because the survey is not open for this person.")


def _back_to_list(request: ConsoleRequest, code: UUID) -> HttpResponse:
    """The same rows that the person looked at."""
    given = QueryDict(request.POST.get("back", "")[:500])
    kept = QueryDict(mutable=True)
    for name in KEPT:
        if given.get(name):
            kept[name] = given[name]
    address = console_url(request, "campaign_work_list", code=code)
    return HttpResponseRedirect(f"{address}?{kept.urlencode()}" if kept else address)
