"""A mail provider reports what became of mails; anymail checks the signature and reads the report."""

import structlog
from anymail.exceptions import AnymailConfigurationError
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from wpm_platform import clock
from wpm_platform.mail_providers import MAIL_PROVIDERS
from wpm_platform.mailing.services.provider_reports import reports_in
from wpm_platform.mailing.services.reports import take_report

log = structlog.get_logger()


@csrf_exempt
@require_http_methods(["HEAD", "POST"])
def provider_events(request: HttpRequest) -> HttpResponse:
    """400 for a report without a good signature or that cannot be read; HEAD asks whether this address is there."""
    provider = MAIL_PROVIDERS.get(settings.MAIL_PROVIDER)
    if provider is None:
        raise Http404
    if request.method == "HEAD":
        return HttpResponse()
    view = import_string(provider.view)()
    now = clock.now()
    try:
        view.run_validators(request)
        reports = reports_in(view.parse_events(request), provider=settings.MAIL_PROVIDER, now=now)
    except (ValueError, LookupError, TypeError, AttributeError, AnymailConfigurationError) as error:
        log.warning("provider_report_unreadable", provider=settings.MAIL_PROVIDER, error=type(error).__name__)
        return HttpResponseBadRequest()
    for report in reports:
        take_report(report=report, now=now)
    return HttpResponse()
