"""A person's mail history and the work list, in words."""

from django import template

from surveys.selectors import history_labels
from surveys.selectors.history_labels import HISTORY_LABELS, WORK_HINTS, WORK_LABELS, WORK_LOOKS, Look
from surveys.selectors.invitation_history import Moment

register = template.Library()
register.filter("moment_label", history_labels.moment_label)
register.filter("moment_reason", history_labels.moment_words)
register.filter("server_words", history_labels.server_words)


@register.filter
def moment_look(moment: Moment) -> Look:
    return HISTORY_LABELS[moment.kind]


@register.filter
def work_label(kind: str) -> str:
    return str(WORK_LABELS[kind])


@register.filter
def work_hint(kind: str) -> str:
    return str(WORK_HINTS[kind])


@register.filter
def work_icon(kind: str) -> str:
    return WORK_LOOKS[kind][0]


@register.filter
def work_tone(kind: str) -> str:
    return WORK_LOOKS[kind][1]
