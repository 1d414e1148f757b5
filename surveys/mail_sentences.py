"""What people read about the mails of a campaign: who gets one and who does not, how many there are, what is near."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext

from surveys.domain.mail_language import language_name
from surveys.domain.mail_limit import PlannedCount
from surveys.domain.school_holidays import SchoolHoliday, SchoolHolidayKind, SchoolRegion
from surveys.selectors.exclusion_labels import exclusion_label
from surveys.selectors.mail_reason_labels import REASON_LABELS, mail_reason_label

SCHOOL_HOLIDAYS: dict[str, Promise] = {
    SchoolHolidayKind.AUTUMN: gettext_lazy("Autumn school holiday"),
    SchoolHolidayKind.CHRISTMAS: gettext_lazy("Christmas school holiday"),
    SchoolHolidayKind.SPRING: gettext_lazy("Spring school holiday"),
    SchoolHolidayKind.MAY: gettext_lazy("May school holiday"),
    SchoolHolidayKind.SUMMER: gettext_lazy("Summer school holiday"),
}
REGIONS: dict[str, Promise] = {
    SchoolRegion.NORTH: gettext_lazy("north"),
    SchoolRegion.MIDDLE: gettext_lazy("middle"),
    SchoolRegion.SOUTH: gettext_lazy("south"),
}

# ngettext needs its texts where it is called, so each reason is a function of the number of people.
CLAUSES: dict[str, Callable[[int], str]] = {
    "answered": lambda n: ngettext("%(number)s has answered already", "%(number)s have answered already", n),
    "on_leave": lambda n: ngettext("%(number)s is on leave", "%(number)s are on leave", n),
    "left": lambda n: ngettext("%(number)s is no longer employed", "%(number)s are no longer employed", n),
    "opted_out": lambda n: ngettext(
        "%(number)s wants no more mail about this campaign", "%(number)s want no more mail about this campaign", n
    ),
    "no_address": lambda n: ngettext("%(number)s has no e-mail address", "%(number)s have no e-mail address", n),
    "mail_stopped": lambda n: ngettext(
        "for %(number)s you stopped the mail", "for %(number)s people you stopped the mail", n
    ),
    "bounced": lambda n: ngettext(
        "%(number)s has an address that does not work", "%(number)s have an address that does not work", n
    ),
    "complained": lambda n: ngettext(
        "%(number)s marked a mail as unwanted", "%(number)s people marked a mail as unwanted", n
    ),
    "limit_reached": lambda n: ngettext(
        "%(number)s has had as many mails as were promised", "%(number)s have had as many mails as were promised", n
    ),
    "already_sent": lambda n: ngettext(
        "%(number)s has had this mail already", "%(number)s have had this mail already", n
    ),
    "not_invited": lambda n: ngettext(
        "%(number)s was not invited, or the invitation did not arrive",
        "%(number)s were not invited, or the invitation did not arrive",
        n,
    ),
    "just_mailed": lambda n: ngettext(
        "%(number)s gets another mail less than a day before", "%(number)s get another mail less than a day before", n
    ),
    "not_answered": lambda n: ngettext("%(number)s has not answered", "%(number)s have not answered", n),
    "no_working_day": lambda n: ngettext(
        "%(number)s does not work before this mail expires", "%(number)s do not work before this mail expires", n
    ),
    "withdrawn": lambda n: ngettext("%(number)s is no longer invited", "%(number)s are no longer invited", n),
    "text_missing": lambda n: ngettext(
        "for %(number)s there is no text in their language",
        "for %(number)s people there is no text in their language",
        n,
    ),
}


@dataclass(frozen=True, kw_only=True)
class ReasonInWords:
    """Why some people get no mail. code: what the list is filtered by."""

    code: str
    people: int
    text: str


@dataclass(frozen=True, kw_only=True)
class PeopleInWords:
    """“412 people get this mail. 23 do not:” with the reasons that follow it."""

    receiving: int
    getting: str
    not_getting: str
    reasons: tuple[ReasonInWords, ...]
    languages: str


def people_in_words(
    *,
    receiving: int,
    left_out: Sequence[tuple[str, int]],
    languages: Sequence[tuple[str, int]] = (),
    is_undone: bool = False,
) -> PeopleInWords:
    """Who gets a mail and who does not. left_out: people per reason; languages: people per language.

    is_undone: they would have got it.
    """
    total = sum(people for _code, people in left_out)
    getting = (
        ngettext(
            "%(number)s person would have got this mail.", "%(number)s people would have got this mail.", receiving
        )
        if is_undone
        else ngettext("%(number)s person gets this mail.", "%(number)s people get this mail.", receiving)
    )
    return PeopleInWords(
        receiving=receiving,
        getting=getting % {"number": _figure(receiving)},
        not_getting=ngettext("%(number)s does not:", "%(number)s do not:", total) % {"number": _figure(total)}
        if total
        else "",
        reasons=tuple(
            ReasonInWords(code=code, people=people, text=_reason(code, people=people)) for code, people in left_out
        ),
        languages=_languages(languages),
    )


def count_sentence(count: PlannedCount) -> str:
    """How many mails the plan comes to per person, beside what was promised."""
    values = {"planned": count.planned, "earlier": count.earlier, "limit": count.limit, "year": count.name}
    if count.name.startswith("panel:"):
        return (
            ngettext(
                "Your employees get at most %(planned)s mail of this campaign; the announcement says so.",
                "Your employees get at most %(planned)s mails of this campaign; the announcement says so.",
                count.planned,
            )
            % values
        )
    first = ngettext(
        "Your employees get at most %(planned)s mail of this campaign in %(year)s; the promise is %(limit)s a year.",
        "Your employees get at most %(planned)s mails of this campaign in %(year)s; the promise is %(limit)s a year.",
        count.planned,
    )
    if not count.earlier:
        return first % values
    second = ngettext(
        "Somebody gets %(earlier)s mail of other campaigns too.",
        "Somebody gets %(earlier)s mails of other campaigns too.",
        count.earlier,
    )
    return f"{first} {second}" % values


def school_holiday_words(holiday: SchoolHoliday) -> str:
    """“Spring school holiday (north, middle)”; without regions where every region has it."""
    name = str(SCHOOL_HOLIDAYS[holiday.kind])
    if len(holiday.regions) == len(SchoolRegion):
        return name
    return f"{name} ({', '.join(str(REGIONS[region]) for region in holiday.regions)})"


def _reason(code: str, *, people: int) -> str:
    clause = CLAUSES.get(code)
    if clause is not None:
        return clause(people) % {"number": _figure(people)}
    label = mail_reason_label(code) if code in REASON_LABELS else exclusion_label(code)
    return f"{label}: {_figure(people)}"


def _languages(languages: Sequence[tuple[str, int]]) -> str:
    """“Dutch: 380, English: 32”; nothing when everybody has the same language."""
    if len(languages) < 2:
        return ""
    reader = get_language() or settings.LANGUAGE_CODE
    return ", ".join(f"{language_name(code, reader=reader)}: {_figure(people)}" for code, people in languages)


def _figure(number: int) -> str:
    return str(number_format(number, use_l10n=True, force_grouping=True))
