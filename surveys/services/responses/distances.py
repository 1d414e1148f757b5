"""Keeps every day's distance in step with the usual one."""

from surveys.domain.day_rules import day_distance
from surveys.models import DayAnswer
from surveys.services.responses.locking import LockedWeek


def recompute_distances(week: LockedWeek) -> None:
    """Give all days of a response the distance that follows from its usual one."""
    changed = [day for day in week.days.values() if _follow(day, usual=week.response.one_way_metres or 0)]
    if changed:
        DayAnswer.objects.bulk_update(changed, ["return_metres", "uses_usual_distance"])


def _follow(day: DayAnswer, *, usual: int) -> bool:
    """Whether the day's distance became another one."""
    before = (day.return_metres, day.uses_usual_distance)
    distance = day_distance(
        whereabouts=day.whereabouts,
        usual_one_way_metres=usual,
        other_one_way_metres=day.other_site_one_way_metres,
    )
    day.return_metres, day.uses_usual_distance = distance.return_metres, distance.uses_usual_distance
    return before != (day.return_metres, day.uses_usual_distance)
