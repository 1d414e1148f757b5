"""Type the code on a slip; the right one gives the same cookie as the Start of a personal link."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from surveys.forms.paper_entry import PaperCodeForm
from surveys.selectors.employer_page import Employer
from surveys.services.paper_attempts import TooManyAttempts
from surveys.services.paper_entry import NoCode, WrongCode, open_with_code
from surveys.services.responses.locking import CannotAnswer, LinkEnded
from surveys.services.responses.opening import EarlierAnswers, open_response, start_afresh
from surveys.views.employer.page import employer_or_404
from surveys.views.respond.door import Found, find_invitation, respondent_scope, safe_or_post
from surveys.views.respond.language import speak_language_of
from surveys.views.respond.notices import obstacle_page
from surveys.views.respond.ticket import give_ticket
from wpm_platform.clock import now


@never_cache
@safe_or_post
def paper_code(request: HttpRequest, slug: str) -> HttpResponse:
    """The page that slips and posters lead to. A GET opens nothing, whatever stands behind the `#`."""
    return code_page(request, employer_or_404(slug), is_kiosk=False)


def code_page(request: HttpRequest, employer: Employer, *, is_kiosk: bool) -> HttpResponse:
    """The form, and after the right code the first question. Status 422 for a wrong code, 429 for too many."""
    form = PaperCodeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, employer, form, is_kiosk=is_kiosk, status=422 if form.errors else 200)
    try:
        code = open_with_code(
            organisation_id=employer.organisation_id,
            text=form.cleaned_data["code"],
            address=get_adapter().get_client_ip(request),
        )
    except NoCode:
        form.add_error("code", _("A code has eight letters and digits. Look at your slip again."))
    except WrongCode:
        form.add_error("code", _("We do not know this code. Look at your slip again, or ask for a new one."))
    except TooManyAttempts as refusal:
        return _wait_page(request, employer, form, retry_after=refusal.retry_after, is_kiosk=is_kiosk)
    else:
        found = find_invitation(code)
        if found is not None:
            return _start(request, employer, form, found=found, is_kiosk=is_kiosk)
        form.add_error("code", _("We do not know this code. Look at your slip again, or ask for a new one."))
    return _form_page(request, employer, form, is_kiosk=is_kiosk, status=422)


def _start(
    request: HttpRequest, employer: Employer, form: PaperCodeForm, *, found: Found, is_kiosk: bool
) -> HttpResponse:
    start = start_afresh if form.cleaned_data["afresh"] else open_response
    with respondent_scope(found, is_change=True) as respondent:
        invitation = respondent.invitation
        speak_language_of(request, invitation.employee)
        try:
            start(invitation=invitation, now=now())
        except CannotAnswer as refusal:
            response = obstacle_page(request, invitation, refusal.obstacle)
            if invitation.answered_at is not None:
                # A ticket still, so that what was answered can be seen and deleted.
                give_ticket(response, invitation, is_kiosk=is_kiosk, code_slug="" if is_kiosk else employer.slug)
            return response
        except (EarlierAnswers, LinkEnded):
            form.add_error("afresh", _("You began this week by a link in a mail. Fill in your code again."))
            return _form_page(request, employer, form, is_kiosk=is_kiosk, status=409, asks_afresh=True)
        response = redirect("answer_start")
        give_ticket(response, invitation, is_kiosk=is_kiosk, code_slug="" if is_kiosk else employer.slug)
        return response


def _wait_page(
    request: HttpRequest, employer: Employer, form: PaperCodeForm, *, retry_after: int, is_kiosk: bool
) -> HttpResponse:
    form.add_error(
        "code",
        _("Many wrong codes came from this network. Wait %(seconds)s seconds and try again; your code still works.")
        % {"seconds": retry_after},
    )
    response = _form_page(request, employer, form, is_kiosk=is_kiosk, status=429)
    response.headers["Retry-After"] = str(retry_after)
    return response


def _form_page(
    request: HttpRequest, employer: Employer, form: PaperCodeForm, *, is_kiosk: bool, status: int, **context: Any
) -> HttpResponse:
    context |= {"organisation": employer, "form": form, "is_kiosk_start": is_kiosk}
    return render(request, "paper/entry/code.html", context, status=status)
