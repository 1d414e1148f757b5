"""Keys for systems that read and write through the API."""

import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from wpm_platform import clock
from wpm_platform.organisations.door.addresses import console_redirect, console_url
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.forms.api_keys import ApiKeyForm
from wpm_platform.organisations.permissions import Right
from wpm_platform.organisations.selectors import api_keys as selectors
from wpm_platform.organisations.services.api_keys import create_api_key, revoke_api_key
from wpm_platform.organisations.services.refusal import Refused


@needs(Right.MANAGE_API_KEYS)
@require_safe
def settings_api_keys(request: ConsoleRequest) -> HttpResponse:
    context = {"keys": selectors.api_keys(organisation=request.organisation), "now": clock.now()}
    return render(request, "organisations/settings_api_keys.html", context)


@needs(Right.MANAGE_API_KEYS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def settings_api_key_new(request: ConsoleRequest) -> HttpResponse:
    """The answer to the POST is the only page that ever shows the key."""
    form = ApiKeyForm(request.POST or None, today=clock.today())
    if request.method == "POST" and form.is_valid():
        try:
            key, text = create_api_key(
                organisation=request.organisation,
                actor=request.user,
                name=form.cleaned_data["name"],
                scopes=form.cleaned_data["scopes"],
                expires_at=_end_of(form.cleaned_data["expires_on"]),
                now=clock.now(),
            )
        except Refused as refusal:
            form.add_error("expires_on", str(refusal))
        else:
            context = {"key": key, "text": text}
            return render(request, "organisations/settings_api_key_made.html", context, status=201)
    return render(
        request, "organisations/settings_api_key_new.html", {"form": form}, status=422 if form.errors else 200
    )


@needs(Right.MANAGE_API_KEYS)
@require_http_methods(["GET", "HEAD", "POST"])
def settings_api_key_revoke(request: ConsoleRequest, code: UUID) -> HttpResponse:
    """GET asks, POST revokes."""
    key = selectors.api_key(organisation=request.organisation, code=code)
    if key is None:
        raise Http404
    if request.method == "POST":
        try:
            revoke_api_key(organisation=request.organisation, actor=request.user, key=key, now=clock.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The key “%(name)s” does not work any more.") % {"name": key.name})
        return console_redirect(request, "settings_api_keys")
    context = {"key": key, "back": console_url(request, "settings_api_keys")}
    return render(request, "organisations/settings_api_key_revoke.html", context)


def _end_of(day: datetime.date) -> datetime.datetime:
    """The last second of a day in the Netherlands."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(23, 59, 59)))
