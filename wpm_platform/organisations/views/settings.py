"""The organisation's settings, legal entities and sites."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wpm_platform import clock
from wpm_platform.organisations.door.addresses import console_redirect
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.forms.settings import LegalEntityForm, OrganisationForm, SiteForm
from wpm_platform.organisations.permissions import Right
from wpm_platform.organisations.selectors import places
from wpm_platform.organisations.services.places import (
    add_legal_entity,
    add_site,
    change_legal_entity,
    change_site,
    update_organisation,
)
from wpm_platform.organisations.services.refusal import Refused


@needs(Right.VIEW_SETTINGS)
@require_safe
def settings_general(request: ConsoleRequest) -> HttpResponse:
    context = {
        "legal_entities": places.legal_entities(organisation=request.organisation),
        "sites": places.sites(organisation=request.organisation),
    }
    return render(request, "organisations/settings_general.html", context)


@needs(Right.MANAGE_SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def settings_edit(request: ConsoleRequest) -> HttpResponse:
    form = OrganisationForm(
        request.POST or None,
        instance=_fresh(request.organisation),
        manages_members=request.place.holds(Right.MANAGE_MEMBERS),
    )
    if request.method == "POST" and form.is_valid():
        update_organisation(organisation=request.organisation, actor=request.user, now=clock.now(), **form.cleaned_data)
        messages.success(request, _("The settings are saved."))
        return console_redirect(request, "settings_general")
    return render(request, "organisations/settings_edit.html", {"form": form}, status=422 if form.errors else 200)


@needs(Right.MANAGE_SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def settings_legal_entity_new(request: ConsoleRequest) -> HttpResponse:
    form = LegalEntityForm(request.POST or None)
    return _save(request, form, _("Add a legal entity"), add_legal_entity, organisation=request.organisation)


@needs(Right.MANAGE_SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def settings_legal_entity(request: ConsoleRequest, code: UUID) -> HttpResponse:
    entity = places.legal_entity(organisation=request.organisation, code=code)
    if entity is None:
        raise Http404
    form = LegalEntityForm(request.POST or None, instance=_fresh(entity))
    return _save(request, form, _("Change a legal entity"), change_legal_entity, entity=entity)


@needs(Right.MANAGE_SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def settings_site_new(request: ConsoleRequest) -> HttpResponse:
    form = SiteForm(request.POST or None)
    return _save(request, form, _("Add a site"), add_site, organisation=request.organisation)


@needs(Right.MANAGE_SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def settings_site(request: ConsoleRequest, code: UUID) -> HttpResponse:
    site = places.site(organisation=request.organisation, code=code)
    if site is None:
        raise Http404
    form = SiteForm(request.POST or None, instance=_fresh(site))
    return _save(request, form, _("Change a site"), change_site, site=site)


def _save(request: ConsoleRequest, form: Any, title: str, service: Any, **subject: Any) -> HttpResponse:
    """Show the form, or give its clean values to the service and go back to the settings."""
    if request.method == "POST" and form.is_valid():
        try:
            service(actor=request.user, now=clock.now(), **subject, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return console_redirect(request, "settings_general")
    context = {"form": form, "title": title}
    return render(request, "organisations/settings_place.html", context, status=422 if form.errors else 200)


def _fresh(row: Any) -> Any:
    """A copy for the form, which writes what was typed into its instance before anything is saved."""
    return type(row)(**{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields})
