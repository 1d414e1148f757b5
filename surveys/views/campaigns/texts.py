"""The words of a campaign's mails: read, change, preview, send a test to oneself."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from surveys.enums import CampaignState, TextKind
from surveys.forms.campaigns import CampaignTextForm
from surveys.models import Campaign, CampaignText
from surveys.services.campaign_start import WeeksMissing
from surveys.services.campaign_test_mail import AddressNotVerified, sample_letter, send_test_mail
from surveys.services.campaign_texts import TextRejected, TextsFrozen, default_text, save_text
from surveys.views.campaigns.access import campaign_or_404
from surveys.views.campaigns.text_words import PURPOSES, fields_in_words
from wpm_platform import clock
from wpm_platform.organisations.door.addresses import console_redirect
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right


@needs(Right.VIEW_CAMPAIGNS)
@require_safe
def campaign_texts(request: ConsoleRequest, code: UUID) -> HttpResponse:
    campaign = campaign_or_404(request, code)
    kinds = [
        {
            "kind": kind,
            "purpose": PURPOSES[kind],
            "texts": [
                {
                    "language": language,
                    "language_name": name,
                    "letter": sample_letter(campaign=campaign, kind=kind, language=language),
                }
                for language, name in settings.LANGUAGES
            ],
        }
        for kind in TextKind
    ]
    return render(request, "campaigns/campaign_texts.html", {"campaign": campaign, "kinds": kinds})


@needs(Right.MANAGE_CAMPAIGNS)
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_text(request: ConsoleRequest, code: UUID, language: str, kind: str) -> HttpResponse:
    campaign = campaign_or_404(request, code)
    _check_choice(language, kind)
    if campaign.state == CampaignState.CLOSED:
        messages.error(request, str(TextsFrozen()))
        return console_redirect(request, "campaign_texts", code=code)
    form = _form(request, campaign, language=language, kind=kind)
    if request.method == "POST" and form.is_valid():
        try:
            save_text(
                organisation=request.organisation,
                actor=request.user,
                now=clock.now(),
                campaign=campaign,
                language=language,
                kind=kind,
                subject=form.cleaned_data["subject"],
                body=form.cleaned_data["body"],
            )
        except TextRejected as error:
            form.reject(error)
        except TextsFrozen as error:
            messages.error(request, str(error))
            return console_redirect(request, "campaign_texts", code=code)
        else:
            messages.success(request, _("The text is saved. Below you see it as your employees will."))
            return console_redirect(request, "campaign_text", code=code, language=language, kind=kind)
    context = {
        "campaign": campaign,
        "form": form,
        "language": language,
        "language_name": dict(settings.LANGUAGES)[language],
        "kind": TextKind(kind),
        "purpose": PURPOSES[TextKind(kind)],
        "fields": fields_in_words(campaign, kind=kind),
        "letter": sample_letter(campaign=campaign, kind=kind, language=language),
    }
    return render(request, "campaigns/campaign_text.html", context, status=422 if form.errors else 200)


@needs(Right.MANAGE_CAMPAIGNS)
@require_POST
def campaign_test_mail(request: ConsoleRequest, code: UUID, language: str, kind: str) -> HttpResponse:
    campaign = campaign_or_404(request, code)
    _check_choice(language, kind)
    try:
        address = send_test_mail(
            organisation=request.organisation,
            actor=request.user,
            now=clock.now(),
            campaign=campaign,
            kind=kind,
            language=language,
        )
    except (AddressNotVerified, WeeksMissing) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("A test mail is on its way to %(address)s.") % {"address": address})
    return console_redirect(request, "campaign_text", code=code, language=language, kind=kind)


def _check_choice(language: str, kind: str) -> None:
    if language not in dict(settings.LANGUAGES) or kind not in TextKind.values:
        raise Http404


def _form(request: ConsoleRequest, campaign: Campaign, *, language: str, kind: str) -> CampaignTextForm:
    """The text as it is; where there is none yet, the words that a new campaign begins with."""
    texts = CampaignText.objects.filter(organisation=campaign.organisation_id, campaign=campaign)
    found = texts.filter(language=language, kind=kind).first()
    subject, body = default_text(kind=kind, language=language) if found is None else ("", "")
    initial = {} if found else {"subject": subject, "body": body}
    return CampaignTextForm(request.POST or None, instance=found, initial=initial)
