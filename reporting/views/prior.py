"""Whether this employer takes part in the model that employers share for small surveys."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reporting.domain.prior_rules import LEAST_ANSWERS, LEAST_EMPLOYERS
from reporting.selectors.prior_consent import prior_page
from reporting.services.prior.consent import give_prior_consent, withdraw_prior_consent
from wpm_platform import clock
from wpm_platform.organisations.door.addresses import console_redirect
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right


@needs(Right.VIEW_SETTINGS)
@require_safe
def settings_prior(request: ConsoleRequest) -> HttpResponse:
    context = {
        "page": prior_page(organisation=request.organisation),
        "least_employers": LEAST_EMPLOYERS,
        "least_answers": LEAST_ANSWERS,
    }
    return render(request, "reporting/estimation/prior.html", context)


@needs(Right.MANAGE_SETTINGS)
@require_POST
def settings_prior_consent(request: ConsoleRequest) -> HttpResponse:
    give_prior_consent(organisation=request.organisation, actor=request.user, now=clock.now())
    messages.success(request, _("You take part from the next Sunday night on. You can stop at any time."))
    return console_redirect(request, "settings_prior")


@needs(Right.MANAGE_SETTINGS)
@require_POST
def settings_prior_withdraw(request: ConsoleRequest) -> HttpResponse:
    withdraw_prior_consent(organisation=request.organisation, actor=request.user, now=clock.now())
    messages.success(
        request, _("You no longer take part. From the next Sunday night on, the model is made without you.")
    )
    return console_redirect(request, "settings_prior")
