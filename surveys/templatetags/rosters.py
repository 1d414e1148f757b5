"""Rosters in words."""

from django import template
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def shift_words(shift: str | None) -> str:
    """One day of a pattern: "06:00", "works" or "off"."""
    if shift is None:
        return _("off")
    return shift or _("works")


@register.filter
def asked_days_words(asked_days: str) -> str:
    """ISO numbers as names: "1467" → "monday, thursday, saturday, sunday"."""
    return ", ".join(str(WEEKDAYS[int(number) - 1]).lower() for number in asked_days)


@register.simple_tag
def weekday_names() -> list[tuple[str, str]]:
    """Short and whole name of each day, Monday first."""
    return [(str(WEEKDAYS_ABBR[number]), str(WEEKDAYS[number])) for number in range(7)]
