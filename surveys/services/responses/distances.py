"""Keeps every day's distance in step with the usual one."""

from surveys.domain.day_rules import day_distance
from surveys.models import DayAnswer, Response


def recompute_distances(response: Response) -> None:
    """Give all days of a response the distance that follows from its usual one."""
    days = list(DayAnswer.objects.filter(organisation_id=response.organisation_id, response=response))
    for day in days:
        distance = day_distance(
            whereabouts=day.whereabouts,
            usual_one_way_metres=response.one_way_metres or 0,
            other_one_way_metres=day.other_site_one_way_metres,
        )
        day.return_metres, day.uses_usual_distance = distance.return_metres, distance.uses_usual_distance
    DayAnswer.objects.bulk_update(days, ["return_metres", "uses_usual_distance"])
