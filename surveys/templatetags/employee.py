"""What the frame of employees' pages shows in every language."""

import datetime

from django import template
from django.conf import settings
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
