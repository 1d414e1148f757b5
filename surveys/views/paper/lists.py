"""HR's page "on paper": make a list of slips, and the lists that were made."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from surveys.forms.paper import PaperListForm
from surveys.models import Campaign, PaperList
from surveys.selectors.paper import (
    codes_of_list,
    paper_departments,
    paper_list_by_code,
    paper_lists,
    paper_week,
    without_slip,
)
from surveys.selectors.staff import staff_sites
from surveys.services.letter_links import employer_address
from surveys.services.paper_codes import MOST_SLIPS, PaperRefused, make_paper_list
from surveys.views.campaigns.access import campaign_or_404
from surveys.views.paper.slips import slips_answer
from wpm_platform import clock
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right

PAGE_SIZE = 60


@needs(Right.MANAGE_CAMPAIGNS)
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_paper(request: ConsoleRequest, code: UUID) -> HttpResponse:
    """By POST the slips come back as a PDF: they exist nowhere else, so there is no page that shows them again."""
    campaign = campaign_or_404(request, code)
    form = PaperListForm(
        request.POST or None,
        sites=staff_sites(organisation=request.organisation),
        departments=paper_departments(campaign=campaign),
    )
    if request.method == "POST" and form.is_valid():
        try:
            made, slips = make_paper_list(
                organisation=request.organisation,
                actor=request.user,
                now=clock.now(),
                campaign=campaign,
                name=form.cleaned_data["name"],
                choice=form.choice(),
            )
        except PaperRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            language = form.cleaned_data["language"]
            return slips_answer(organisation=request.organisation, paper_list=made, slips=slips, language=language)
    return _page(request, campaign, form)


@needs(Right.MANAGE_CAMPAIGNS)
@require_safe
def campaign_paper_list(request: ConsoleRequest, code: UUID, paper_list: UUID) -> HttpResponse:
    """The people of one list, and who has answered; each slip that was lost can be replaced."""
    campaign = campaign_or_404(request, code)
    found = _list_or_404(campaign, paper_list)
    context = {
        "campaign": campaign,
        "paper_list": found,
        "page": Paginator(codes_of_list(paper_list=found), PAGE_SIZE).get_page(request.GET.get("page")),
        "is_open": paper_week(campaign=campaign, now=clock.now()) is not None,
    }
    return render(request, "paper/list.html", context)


def _list_or_404(campaign: Campaign, code: UUID) -> PaperList:
    found = paper_list_by_code(campaign=campaign, code=code)
    if found is None:
        raise Http404
    return found


def _page(request: ConsoleRequest, campaign: Campaign, form: PaperListForm) -> HttpResponse:
    week = paper_week(campaign=campaign, now=clock.now())
    employer = employer_address(request.organisation)
    context = {
        "campaign": campaign,
        "form": form,
        "week": week,
        "waiting": without_slip(week=week) if week else 0,
        "lists": paper_lists(campaign=campaign),
        "most": MOST_SLIPS,
        "code_address": f"{employer}code/",
        "kiosk_address": f"{employer}kiosk/",
    }
    return render(request, "paper/lists.html", context, status=422 if form.errors else 200)
