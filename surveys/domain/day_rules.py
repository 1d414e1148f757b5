"""How far a day's travel counts, and what looks unlikely enough to ask about.

The day rules are our own derivation where the guidance is silent; docs/calculation.md explains them.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

COMMUTING = ("workplace", "other_site")
UNKNOWN = "unknown"
NOT_WORKED = "not_worked"

# One way, in metres. Beyond these an answer is possible but worth a second look.
FAR_BY_MODE = {"bicycle": 40_000, "walking": 15_000, "speed_pedelec": 60_000, "moped": 60_000}
FAR_ANYHOW = 150_000
# A distance is doubted beside an estimate when one is so many times the other, and so many metres apart: the way there
# and back instead of one way, a comma forgotten. [D]
FACTOR_FROM_ESTIMATE, METRES_FROM_ESTIMATE = 1.8, 5_000


@dataclass(frozen=True, kw_only=True)
class DayDistance:
    """return_metres: home to work and back. uses_usual_distance: the usual distance stands in for an unknown one."""

    return_metres: int
    uses_usual_distance: bool


@dataclass(frozen=True, kw_only=True)
class TravelDay:
    """A day as answered; one_way_metres: the day's own distance, 0 when nobody travelled to a workplace."""

    date: datetime.date
    whereabouts: str
    mode: str
    one_way_metres: int


class Doubt(StrEnum):
    """What a soft warning is about; it never blocks."""

    FAR_FOR_MODE = "far_for_mode"
    FAR = "far"
    FAR_FROM_ESTIMATE = "far_from_estimate"
    ALL_UNKNOWN = "all_unknown"
    EVERY_DAY = "every_day"


@dataclass(frozen=True, kw_only=True)
class SoftWarning:
    doubt: Doubt
    mode: str = ""
    one_way_metres: int = 0
    estimated_metres: int = 0


def day_distance(*, whereabouts: str, usual_one_way_metres: int, other_one_way_metres: int | None) -> DayDistance:
    """The return distance of one day, in metres.

    Workplace: twice the usual distance. Other site: twice that site's distance, else the usual one, flagged. At
    home, at a client, not worked, not known: 0 (a client day is business travel, outside of the survey; the report
    gives an unknown day the mean of the person's other worked days).
    """
    if whereabouts == "other_site":
        own = other_one_way_metres
        metres = usual_one_way_metres if own is None else own
        return DayDistance(return_metres=2 * metres, uses_usual_distance=own is None)
    metres = usual_one_way_metres if whereabouts == "workplace" else 0
    return DayDistance(return_metres=2 * metres, uses_usual_distance=False)


def is_far_from(estimated_metres: int, one_way_metres: int) -> bool:
    """Whether two distances differ so much that one of them may be a mistake."""
    short, long = sorted((estimated_metres, one_way_metres))
    return long >= FACTOR_FROM_ESTIMATE * short and long - short >= METRES_FROM_ESTIMATE


def soft_warnings(
    days: Sequence[TravelDay], *, usual_one_way_metres: int, estimated_metres: int | None = None
) -> tuple[SoftWarning, ...]:
    """What somebody may want to look at again before sending, each thing once.

    estimated_metres: our own estimate of the usual distance, where the person did not take that over.
    """
    warnings = []
    if estimated_metres is not None and is_far_from(estimated_metres, usual_one_way_metres):
        warnings.append(
            SoftWarning(
                doubt=Doubt.FAR_FROM_ESTIMATE, one_way_metres=usual_one_way_metres, estimated_metres=estimated_metres
            )
        )
    elif usual_one_way_metres > FAR_ANYHOW:
        warnings.append(SoftWarning(doubt=Doubt.FAR, one_way_metres=usual_one_way_metres))
    for mode, limit in FAR_BY_MODE.items():
        farthest = max((day.one_way_metres for day in days if day.mode == mode), default=0)
        if farthest > limit:
            warnings.append(SoftWarning(doubt=Doubt.FAR_FOR_MODE, mode=mode, one_way_metres=farthest))
    if days and all(day.whereabouts == UNKNOWN for day in days):
        warnings.append(SoftWarning(doubt=Doubt.ALL_UNKNOWN))
    if sum(day.whereabouts not in (UNKNOWN, NOT_WORKED) for day in days) == 7:
        warnings.append(SoftWarning(doubt=Doubt.EVERY_DAY))
    return tuple(warnings)
