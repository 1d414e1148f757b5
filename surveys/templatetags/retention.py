"""The kinds of rows that a run of retention counts, in words."""

from dataclasses import dataclass

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.models import RetentionRun

register = template.Library()

KINDS: dict[str, Promise] = {
    "answers": _("Weeks that people answered"),
    "days": _("Days of them"),
    "remembered": _("Remembered for next time: distance, vehicle"),
    "invitations": _("Invitations"),
    "people": _("The list of who was invited and who was not"),
    "mails": _("Mails"),
    "list_lines": _("Lines of the lists that mails were sent by"),
    "paper_codes": _("Codes on slips"),
    "trail_names": _("Staff numbers in the audit trail"),
}


@dataclass(frozen=True, kw_only=True)
class KindLine:
    """after: None while the run is under way."""

    label: Promise
    before: int
    removed: int
    after: int | None


@register.filter
def kinds(run: RetentionRun) -> list[KindLine]:
    """What there was, what went and what was left, per kind in a fixed order."""
    return [
        KindLine(
            label=label,
            before=run.before.get(kind, 0),
            removed=run.removed.get(kind, 0),
            after=run.after.get(kind) if run.finished_at else None,
        )
        for kind, label in KINDS.items()
    ]
