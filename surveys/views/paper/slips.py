"""PDFs for HR: slips, which are made by POST since each is a new code, and posters, which hold none."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from surveys.domain.calendar import local_date
from surveys.domain.dates_in_words import day_in_words
from surveys.exports.poster import Poster, poster_pdf
from surveys.exports.slips import PrintedSlip, SlipSheet, slips_pdf
from surveys.models import Campaign, PaperList
from surveys.selectors.invitation_history import invitation_of_campaign
from surveys.selectors.paper import paper_list_by_code, paper_week
from surveys.services.letter_links import employer_address
from surveys.services.paper_codes import NotOpenForPaper, PaperRefused, Slip, replace_code
from surveys.views.campaigns.access import campaign_or_404
from wpm_platform import clock
from wpm_platform.organisations.door.addresses import console_redirect
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.models import Organisation
from wpm_platform.organisations.permissions import Right

PRINTED = ("nl", "en")


@needs(Right.MANAGE_CAMPAIGNS)
@require_POST
def campaign_paper_person(request: ConsoleRequest, code: UUID, invitation: UUID) -> HttpResponse:
    """One new slip; the one before stops working."""
    campaign = campaign_or_404(request, code)
    found = invitation_of_campaign(campaign=campaign, code=invitation)
    if found is None:
        raise Http404
    try:
        paper_list, slips = replace_code(
            organisation=request.organisation, actor=request.user, now=clock.now(), campaign=campaign, invitation=found
        )
    except NotOpenForPaper as refusal:
        messages.error(request, str(refusal))
    except PaperRefused:
        messages.error(request, _("%(person)s no longer has to answer.") % {"person": found.employee})
    else:
        language = found.employee.language if found.employee.language in PRINTED else PRINTED[0]
        return slips_answer(organisation=request.organisation, paper_list=paper_list, slips=slips, language=language)
    return console_redirect(request, "campaign_paper", code=code)


@needs(Right.MANAGE_CAMPAIGNS)
@require_safe
def campaign_paper_poster(request: ConsoleRequest, code: UUID) -> HttpResponse:
    """A poster for the whole organisation."""
    return _poster(request, campaign_or_404(request, code), team="")


@needs(Right.MANAGE_CAMPAIGNS)
@require_safe
def campaign_paper_list_poster(request: ConsoleRequest, code: UUID, paper_list: UUID) -> HttpResponse:
    """A poster with the name of the list's team."""
    campaign = campaign_or_404(request, code)
    found = paper_list_by_code(campaign=campaign, code=paper_list)
    if found is None:
        raise Http404
    return _poster(request, campaign, team=found.name)


def slips_answer(
    *, organisation: Organisation, paper_list: PaperList, slips: Sequence[Slip], language: str
) -> HttpResponse:
    """The slips as a file to save and print. Nothing may keep it on the way."""
    sheet = SlipSheet(
        employer=organisation.name,
        list_name=paper_list.name,
        address=f"{employer_address(organisation)}code/",
        until=day_in_words(local_date(slips[0].invitation.week.closes_at), language=language),
        language=language,
    )
    with translation.override(language):
        content = slips_pdf(sheet, slips=[_printed(slip) for slip in slips])
    return _pdf(content, name=f"codes-{slugify(paper_list.name) or 'list'}", opens_as="attachment")


def _printed(slip: Slip) -> PrintedSlip:
    employee = slip.invitation.employee
    place = " · ".join(filter(None, (employee.site.name, employee.department)))
    return PrintedSlip(who=str(employee), place=place, code=str(slip.code))


def _poster(request: ConsoleRequest, campaign: Campaign, *, team: str) -> HttpResponse:
    """The poster in the reader's language; without a week to answer about there is none."""
    week = paper_week(campaign=campaign, now=clock.now())
    if week is None:
        messages.error(request, str(NotOpenForPaper()))
        return console_redirect(request, "campaign_paper", code=campaign.code)
    language = "en" if request.GET.get("language") == "en" else PRINTED[0]
    organisation = request.organisation
    contact = ", ".join(filter(None, (organisation.contact_name, organisation.contact_phone)))
    with translation.override(language):
        content = poster_pdf(
            Poster(
                employer=organisation.name,
                team=team,
                address=f"{employer_address(organisation)}code/",
                until=day_in_words(local_date(week.closes_at), language=language),
                contact=contact,
                language=language,
            )
        )
    return _pdf(content, name=f"poster-{slugify(team) or organisation.slug}", opens_as="inline")


def _pdf(content: bytes, *, name: str, opens_as: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'{opens_as}; filename="{name}.pdf"'
    response.headers["Cache-Control"] = "no-store, private"
    return response
