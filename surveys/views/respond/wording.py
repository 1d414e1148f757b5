"""Answers in words, for tiles and for the own week."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from surveys.domain.dates_in_words import day_in_words, weekday_in_words
from surveys.domain.day_rules import Doubt, SoftWarning
from surveys.enums import Fuel, Mode, Whereabouts
from surveys.models import DayAnswer

# As they stand in a sentence: "Same as Monday (bicycle)".
BRIEFLY: dict[str, Promise] = {
    Mode.BICYCLE: pgettext_lazy("briefly", "bicycle"),
    Mode.CAR: pgettext_lazy("briefly", "car"),
    Mode.PUBLIC_TRANSPORT: pgettext_lazy("briefly", "public transport"),
    Mode.WALKING: pgettext_lazy("briefly", "on foot"),
    Mode.MOPED: pgettext_lazy("briefly", "moped"),
    Mode.SPEED_PEDELEC: pgettext_lazy("briefly", "speed pedelec"),
    Mode.MOTORCYCLE: pgettext_lazy("briefly", "motorcycle"),
    Whereabouts.HOME: pgettext_lazy("briefly", "worked at home"),
    Whereabouts.CLIENT: pgettext_lazy("briefly", "at a client"),
    Whereabouts.NOT_WORKED: pgettext_lazy("briefly", "did not work"),
    Whereabouts.UNKNOWN: pgettext_lazy("briefly", "not known"),
}
# Between the parts of a row, where a language has a comma of its own.
COMMA = {"ar": "، "}


@dataclass(frozen=True, kw_only=True)
class AnswerLine:
    """One line of the own week; `address` is where it is changed."""

    term: str
    answer: str
    address: str = ""


def sunday_of(monday: datetime.date) -> datetime.date:
    return monday + datetime.timedelta(days=6)


def kilometres(metres: int) -> str:
    """14500 → 14,5 (as the reader's language writes it)."""
    return number_format((Decimal(metres) / 1000).normalize() + 0, use_l10n=True)


def day_name(date: datetime.date) -> str:
    return weekday_in_words(date, language=get_language() or "nl")


def day_title(date: datetime.date, *, is_normal_week: bool) -> str:
    """Monday 9 March; or: A normal Monday."""
    if is_normal_week:
        return _("A normal %(weekday)s") % {"weekday": day_name(date)}
    return capfirst(day_in_words(date, language=get_language() or "nl"))


def day_briefly(day: DayAnswer) -> str:
    """What somebody did on a day, within brackets."""
    if day.whereabouts == Whereabouts.OTHER_SITE:
        place = day.other_site.name if day.other_site else _("other site")
        return _row(place, str(BRIEFLY[day.mode]))
    return str(BRIEFLY[day.mode or day.whereabouts])


def day_in_full(day: DayAnswer) -> str:
    """What somebody did on a day, on a line of its own."""
    if day.whereabouts == Whereabouts.OTHER_SITE:
        place = day.other_site.name if day.other_site else _("Another site of my employer")
        words = f"{place}: {BRIEFLY[day.mode]}"
        if day.other_site_one_way_metres is None:
            return words
        return _row(words, _("%(km)s km one way") % {"km": kilometres(day.other_site_one_way_metres)})
    label = Mode(day.mode).label if day.mode else Whereabouts(day.whereabouts).label
    return str(label)


def vehicle_in_full(*, fuel: str, is_employer_provided: bool | None) -> str:
    """Diesel, my own."""
    parts = [str(Fuel(fuel).label)] if fuel else []
    if is_employer_provided is not None:
        parts.append(_("from my employer") if is_employer_provided else _("my own"))
    return capfirst(_row(*parts))


def _row(*words: str) -> str:
    """One, two: with the comma of the language at hand."""
    return COMMA.get(get_language() or "", ", ").join(words)


def warning_text(warning: SoftWarning) -> str:
    """A soft warning as a question, without blame."""
    distance = kilometres(warning.one_way_metres)
    if warning.doubt is Doubt.FAR_FOR_MODE:
        return _("%(km)s km one way, %(mode)s: that is far. Is it right?") % {
            "km": distance,
            "mode": BRIEFLY[warning.mode],
        }
    if warning.doubt is Doubt.FAR_FROM_ESTIMATE:
        return _("%(km)s km one way: from your postcode we estimate %(estimate)s km. Is it right?") % {
            "km": distance,
            "estimate": kilometres(warning.estimated_metres),
        }
    if warning.doubt is Doubt.FAR:
        return _("%(km)s km one way is far. Is that right?") % {"km": distance}
    if warning.doubt is Doubt.ALL_UNKNOWN:
        return _("You chose “I don't know any more” for every day. Your week then does not count.")
    return _("You worked on all seven days. Is that right?")
