"""Fixed working days as files and people write them: "ma di do", "1,2,4", "mon-thu"."""

import re
from collections.abc import Iterable

NAMES = ("ma", "di", "wo", "do", "vr", "za", "zo")
"""How a pattern of fixed days is named; Monday first."""

_SPELLINGS = (
    "1 ma maa mnd maandag maandags mo mon monday mondays",
    "2 di din dinsdag dinsdags tu tue tues tuesday tuesdays",
    "3 wo woe woensdag woensdags we wed weds wednesday wednesdays",
    "4 do don donderdag donderdags th thu thur thurs thursday thursdays",
    "5 vr vrij vrijdag vrijdags fr fri friday fridays",
    "6 za zat zaterdag zaterdags sa sat saturday saturdays",
    "7 zo zon zondag zondags su sun sunday sundays",
)
_NUMBERS = {word: number for number, words in enumerate(_SPELLINGS, start=1) for word in words.split()}
_UNTIL = re.compile(r"\s*(?:[-–—]|\bt\s*/\s*m\b|\btm\b|\btot\s+en\s+met\b|\bto\b|\bthrough\b)\s*")
_BETWEEN = re.compile(r"[\s,;.+&/|]+|\ben\b|\band\b")
_LONGEST = 120


def weekdays_of(text: str) -> tuple[int, ...] | None:
    """ISO numbers of the days (1 for Monday), in order; None when the text is anything else.

    One digit alone says nothing: it may just as well be a number of days.
    """
    if len(text) > _LONGEST:
        return None
    parts = [part for part in _BETWEEN.split(_UNTIL.sub("-", text.casefold().strip())) if part]
    if not parts or (len(parts) == 1 and parts[0].isdecimal()):
        return None
    days: set[int] = set()
    for part in parts:
        found = _days(part)
        if found is None:
            return None
        days |= found
    return tuple(sorted(days))


def weekdays_name(days: Iterable[int]) -> str:
    """The one name for these ISO numbers, which `weekdays_of` reads: "ma di do"."""
    return " ".join(NAMES[day - 1] for day in sorted(days))


def _days(part: str) -> set[int] | None:
    """The days of one word or of a range; a range may go over Sunday. Three days with hyphens are a list."""
    numbers = [_NUMBERS.get(word) for word in part.split("-")]
    known = [number for number in numbers if number is not None]
    if len(known) < len(numbers):
        return None
    if len(known) == 2:
        first, last = known
        return {(first - 1 + step) % 7 + 1 for step in range((last - first) % 7 + 1)}
    return set(known)
