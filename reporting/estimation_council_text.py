"""The text about an estimate that HR can hand to the works council: which data, why, and what never."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from reporting.estimation_sentences import ALWAYS_USED, FEATURE_LABELS, FEATURE_REASONS
from reporting.models import Report


def council_text(*, report: Report, features: Iterable[str], note: str) -> str:
    """Plain text with a line per fact, ready for a letter or an agenda."""
    named = [(str(label), str(reason)) for label, reason in ALWAYS_USED]
    named += [(str(FEATURE_LABELS[name]), str(FEATURE_REASONS[name])) for name in features if name in FEATURE_LABELS]
    parts = [
        _("Estimating how people who did not answer travel to work"),
        _("%(entity)s (KvK %(kvk)s), report about %(year)s")
        % {
            "entity": report.legal_entity.name,
            "kvk": report.legal_entity.kvk_number,
            "year": report.reporting_year,
        },
        "",
        _(
            "The government wants to know how many kilometres our people travel to work. Not everybody answered the"
            " survey. Beside the sum that the government prescribes we make an estimate of who did not answer. It is"
            " about totals: nobody sees an estimate about one person, and nothing is decided about anybody with it."
        ),
        "",
        _("These data of the staff list are used:"),
        *(f"- {label}: {reason}" for label, reason in named),
        "",
        _(
            "Never used: nationality, origin, language, health, leave, gender, religion, family, names and addresses,"
            " and columns of our own about such things."
        ),
        _("Groups of fewer than five people are not shown. The estimate is computed on our own platform."),
    ]
    if note.strip():
        parts += ["", _("Note: %(note)s") % {"note": note.strip()}]
    return "\n".join(parts) + "\n"
