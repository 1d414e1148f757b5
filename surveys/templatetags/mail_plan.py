"""Mails of the plan in words: their name, their icon, their state."""

import datetime
from typing import NamedTuple

from babel.dates import format_date
from django import template
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy

from surveys import mail_sentences
from surveys.domain.calendar import AMSTERDAM
from surveys.enums import MailStepKind, MailStepState
from surveys.models import MailStep
from surveys.selectors.campaign_timeline import TimelineStep
from surveys.selectors.mail_reason_labels import mail_reason_label, step_reason_label
from wpm_platform.mailing.enums import MailState

register = template.Library()
register.filter("count_sentence", mail_sentences.count_sentence)
register.filter("school_holiday_words", mail_sentences.school_holiday_words)
register.filter("mail_reason", mail_reason_label)
register.filter("step_reason", step_reason_label)


class Look(NamedTuple):
    """tone: success, warning, info or empty."""

    label: Promise
    icon: str
    tone: str = ""


KIND_ICONS = {
    MailStepKind.ANNOUNCEMENT: "megaphone",
    MailStepKind.INVITATION: "mail",
    MailStepKind.REMINDER: "bell",
    MailStepKind.THANKS: "heart-handshake",
}
STATE_LOOKS = {
    MailStepState.PLANNED: Look(pgettext_lazy("mail of the plan", "Planned"), "calendar-clock"),
    MailStepState.PREPARED: Look(pgettext_lazy("mail of the plan", "Ready to leave"), "hourglass", "warning"),
    MailStepState.RELEASED: Look(pgettext_lazy("mail of the plan", "Sent"), "check", "success"),
    MailStepState.UNDONE: Look(pgettext_lazy("mail of the plan", "Undone"), "undo-2", "warning"),
    MailStepState.EXPIRED: Look(pgettext_lazy("mail of the plan", "Expired"), "clock-alert"),
    MailStepState.SKIPPED: Look(pgettext_lazy("mail of the plan", "Left out"), "circle-slash"),
}


@register.filter
def step_name(step: MailStep | TimelineStep) -> str:
    """Announcement, Reminder 2 …"""
    name = str(MailStepKind(step.kind).label)
    return f"{name} {step.number}" if step.number else name


@register.filter
def step_icon(step: MailStep | TimelineStep) -> str:
    return KIND_ICONS[MailStepKind(step.kind)]


@register.filter
def state_look(state: str) -> Look:
    return STATE_LOOKS[MailStepState(state)]


@register.filter
def mail_state(state: str) -> str:
    """What became of a mail, within a sentence: delivered."""
    return str(MailState(state).label).lower()


@register.filter
def clock_words(moment: datetime.datetime) -> str:
    """09:00 — on the Dutch clock."""
    return f"{moment.astimezone(AMSTERDAM):%H:%M}"


@register.filter
def short_day(day: datetime.date) -> str:
    """ma 16 mrt."""
    return _formatted(day, "EEE d MMM")


@register.filter
def day_month(day: datetime.date) -> str:
    """16 mrt."""
    return _formatted(day, "d MMM")


@register.filter
def language_word(code: str) -> str:
    """Dutch, English; the code itself for a language without a name here."""
    return str(dict(settings.LANGUAGES).get(code, code))


def _formatted(day: datetime.date, pattern: str) -> str:
    return str(format_date(day, format=pattern, locale="en_GB" if get_language() == "en" else "nl_NL"))
