"""Addresses inside the console: the organisation's slug fills itself in."""

from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse


def console_url(request: HttpRequest, name: str, **kwargs: Any) -> str:
    """The address of a console page in the organisation at hand."""
    return reverse(name, kwargs={"slug": request.place.slug, **kwargs})  # type: ignore[attr-defined]


def console_redirect(request: HttpRequest, name: str, **kwargs: Any) -> HttpResponseRedirect:
    return HttpResponseRedirect(console_url(request, name, **kwargs))
