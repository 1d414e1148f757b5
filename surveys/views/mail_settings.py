"""Settings about mail: does it arrive, and a letter with which an employer's IT department lets it through."""

from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from surveys.selectors.coming_mails import coming_mails, people_with_an_address
from surveys.services.letter_links import employer_address
from surveys.services.sample_headers import sample_headers
from wpm_platform import clock
from wpm_platform.mailing.sender_sentences import sender_in_words
from wpm_platform.mailing.services.sender_check import envelope_domain, sender_check
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right


@needs(Right.VIEW_SETTINGS)
@require_safe
def settings_mail(request: ConsoleRequest) -> HttpResponse:
    """From which address mail leaves, whether receivers trust it, and where employees can check a mail."""
    context = {
        "sender": sender_in_words(sender_check()),
        "sender_address": parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        "employer_address": employer_address(request.organisation),
    }
    return render(request, "employer/settings_mail.html", context)


@needs(Right.VIEW_SETTINGS)
@require_safe
def settings_mail_letter(request: ConsoleRequest) -> HttpResponse:
    """The letter, filled in, to print or save as PDF."""
    organisation = request.organisation
    steps = coming_mails(organisation=organisation, now=clock.now())
    sender_name = steps[0].campaign.sender_name if steps else organisation.contact_name or request.user.name
    context = {
        "today": clock.today(),
        "steps": steps,
        "people": people_with_an_address(organisation=organisation),
        "sender_name": sender_name,
        "sender_address": parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        "mail_domain": settings.MAIL_DOMAIN,
        "envelope_domain": envelope_domain(),
        "dkim_selector": settings.DKIM_SELECTOR,
        "servers": settings.MAIL_SENDING_SERVERS,
        "host": urlsplit(settings.BASE_URL).netloc,
        "base_url": settings.BASE_URL,
        "headers": sample_headers(organisation=organisation, sender_name=sender_name),
        "employer_address": employer_address(organisation),
    }
    return render(request, "employer/settings_mail_letter.html", context)
