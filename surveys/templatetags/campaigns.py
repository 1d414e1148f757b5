"""Dates and counts of campaigns, as the reader writes them."""

import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from surveys.domain.calendar import AMSTERDAM
from surveys.domain.dates_in_words import (
    date_in_words,
    day_in_words,
    first_day_in_words,
    moment_in_words,
    week_in_words,
)
from surveys.domain.small_groups import STEP, GroupCount

register = template.Library()


@register.filter
def week_words(monday: datetime.date) -> str:
    """The week that begins on this Monday: 9–15 maart 2026."""
    return week_in_words(monday, language=get_language() or "nl")


@register.filter
def week_start_words(monday: datetime.date) -> str:
    """The Monday in a sentence that goes on to name the Sunday: 9, or 30 maart."""
    return first_day_in_words(monday, language=get_language() or "nl")


@register.filter
def date_words(day: datetime.date) -> str:
    """6 april 2026."""
    return date_in_words(day, language=get_language() or "nl")


@register.filter
def day_words(day: datetime.date) -> str:
    """maandag 6 april."""
    return day_in_words(day, language=get_language() or "nl")


@register.filter
def moment_words(moment: datetime.datetime) -> str:
    """maandag 16 maart, 09:00 — on the Dutch clock."""
    return moment_in_words(moment.astimezone(AMSTERDAM), language=get_language() or "nl")


@register.filter
def breakable(address: str) -> SafeString:
    """An e-mail address that breaks before its @ rather than in the middle of a word."""
    name, at, domain = address.rpartition("@")
    return format_html("{}<wbr>{}{}", name, at, domain)


@register.filter
def digits(number: int) -> str:
    """The bare digits: a year or an attribute's value takes no thousands separator."""
    return str(number)


@register.filter
def answered_words(group: GroupCount, is_exact: bool) -> str:  # noqa: FBT001  # a template filter's argument
    """A group's answers: exact, or "from 10" while they are rounded down, or "under 5"."""
    if is_exact:
        return str(group.answered)
    if group.answered == 0:
        return _("under %(step)s") % {"step": STEP}
    return _("%(answered)s or more") % {"answered": group.answered}
