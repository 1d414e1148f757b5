"""The public page of an employer: is this mail real, and where is my link? Nothing on it is about a person."""

from email.utils import parseaddr

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from surveys.forms.employer import OwnLinkForm
from surveys.selectors.employer_page import Employer, announced_surveys, employer_by_slug
from surveys.services.own_links import ask_own_link
from surveys.views.employer.wording import survey_in_words
from wpm_platform.clock import now


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def employer_mail(request: HttpRequest, slug: str) -> HttpResponse:
    """Who mails, from which address and on which days; by POST somebody asks for the own link."""
    employer = employer_or_404(slug)
    form = OwnLinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        # A refused request, a known address and an unknown one get the same answer, after the same work.
        ask_own_link(
            organisation_id=employer.organisation_id,
            address=form.cleaned_data["email"],
            network_address=get_adapter().get_client_ip(request),
        )
        return redirect("employer_link_asked", slug=slug)
    moment = now()
    context = {
        "organisation": employer,
        "form": form,
        "surveys": [
            survey_in_words(survey, employer=employer, language=get_language(), now=moment)
            for survey in announced_surveys(organisation_id=employer.organisation_id, now=moment)
        ],
        "sender_address": parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        "link_start": f"{settings.BASE_URL}/r/",
    }
    return render(request, "employer/mail.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def employer_link_asked(request: HttpRequest, slug: str) -> HttpResponse:
    """What follows; the same for everybody who asked."""
    return render(request, "employer/link_asked.html", {"organisation": employer_or_404(slug)})


def employer_or_404(slug: str) -> Employer:
    employer = employer_by_slug(slug)
    if employer is None:
        raise Http404
    return employer
