"""Template tags and filters that every page may use; loaded everywhere as builtins."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django import template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from lucide.templatetags.lucide import lucide as drawn_icon

from wpm_platform.organisations.domain.browser_names import browser_name
from wpm_platform.organisations.permissions import Right

register = template.Library()


@register.simple_tag(takes_context=True)
def console_url(context: template.Context, name: str, **kwargs: Any) -> str:
    """The address of a console page in the organisation at hand: `{% console_url 'staff_list' %}`."""
    return reverse(name, kwargs={"slug": context["request"].place.slug, **kwargs})


@register.simple_tag
def lucide(name: str, *, size: int = 24, **attributes: Any) -> str:
    """An icon as inline SVG, drawn once: `{% lucide "house" size=20 aria_hidden="true" %}`."""
    return _icon(name, size, tuple(attributes.items()))


@lru_cache(maxsize=1_000)
def _icon(name: str, size: int, attributes: tuple[tuple[str, Any], ...]) -> str:
    return str(drawn_icon(name, size=size, **dict(attributes)))


@register.filter
def browser_words(user_agent: str) -> str:
    """The browser and device of a session, as people call them; empty when they are not recognised."""
    return browser_name(user_agent)


@dataclass(frozen=True, kw_only=True)
class Section:
    """One entry of the console's navigation; `names` are how the URL names of its pages begin."""

    url_name: str
    label: Promise
    icon: str
    right: Right
    names: tuple[str, ...]

    def holds_page(self, url_name: str) -> bool:
        return url_name.startswith(self.names)


SECTIONS = (
    Section(url_name="console_start", label=_("Start"), icon="house", right=Right.VIEW_START, names=("console_start",)),
    Section(
        url_name="staff_list", label=_("Staff"), icon="users", right=Right.VIEW_STAFF, names=("staff", "headcount")
    ),
    Section(
        url_name="campaign_list",
        label=_("Campaigns"),
        icon="send",
        right=Right.VIEW_CAMPAIGNS,
        names=("campaign",),
    ),
    Section(
        url_name="report_list",
        label=_("Report"),
        icon="file-text",
        right=Right.VIEW_REPORTS,
        names=("report", "business"),
    ),
    Section(
        url_name="settings_general",
        label=_("Settings"),
        icon="settings",
        right=Right.VIEW_SETTINGS,
        names=("settings",),
    ),
)


@register.inclusion_tag("console/_navigation.html", takes_context=True)
def console_navigation(context: template.Context) -> dict[str, Any]:
    """The sections that this person may enter, the current one marked."""
    request = context["request"]
    place = getattr(request, "place", None)
    if place is None:
        return {"entries": []}
    here = request.resolver_match.url_name if request.resolver_match else ""
    entries = [
        {
            "section": section,
            "address": reverse(section.url_name, kwargs={"slug": place.slug}),
            "is_current": section.holds_page(here or ""),
        }
        for section in SECTIONS
        if place.holds(section.right)
    ]
    return {"entries": entries}
