"""What the frame of employees' pages shows in every language."""

import datetime
from collections.abc import Iterable
from functools import lru_cache
from typing import Protocol

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from surveys.domain.calendar import AMSTERDAM
from surveys.domain.dates_in_words import day_in_words

register = template.Library()


@register.simple_tag
def employee_languages() -> list[tuple[str, str]]:
    """Code and own name of each language, in the order of the settings."""
    return list(settings.EMPLOYEE_LANGUAGES)


@register.simple_tag
def own_language_name() -> str:
    """The language of this page in its own words."""
    return dict(settings.EMPLOYEE_LANGUAGES).get(get_language() or settings.LANGUAGE_CODE, "")


@register.filter
def closing_day(moment: datetime.datetime) -> str:
    """maandag 16 maart: the day of a moment on the Dutch clock."""
    return day_in_words(moment.astimezone(AMSTERDAM).date(), language=get_language() or settings.LANGUAGE_CODE)


class ShownTile(Protocol):
    """A tile as `surveys/views/respond/tiles.py` makes it."""

    value: str
    label: object
    icon: str
    is_chosen: bool


@register.simple_tag
def tile_buttons(tiles: Iterable[ShownTile]) -> SafeString:
    """Tiles that are submit buttons. The same few in every language, so each row of them is made once."""
    return _tile_buttons(get_language() or settings.LANGUAGE_CODE, tuple(tiles))


@lru_cache(maxsize=1_000)
def _tile_buttons(_language: str, tiles: tuple[ShownTile, ...]) -> SafeString:
    """In the language at hand, which the cache tells apart."""
    return format_html_join("", "{}", ((render_to_string("respond/_tile.html", {"tile": tile}),) for tile in tiles))


@register.simple_tag
def language_buttons() -> SafeString:
    """A button for each language, the one at hand marked."""
    return _language_buttons(get_language() or settings.LANGUAGE_CODE)


@lru_cache
def _language_buttons(language: str) -> SafeString:
    return render_to_string("respond/_language_buttons.html", {"languages": employee_languages(), "current": language})
