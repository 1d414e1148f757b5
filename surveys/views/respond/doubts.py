"""What somebody may want to look at again before sending. It never blocks."""

from surveys.domain.day_rules import TravelDay, soft_warnings
from surveys.enums import DistanceSource
from surveys.models import DayAnswer
from surveys.selectors.response_state import RespondentWeek
from surveys.views.respond.facts_form import estimate_of
from surveys.views.respond.wording import warning_text


def doubts(respondent: RespondentWeek) -> list[str]:
    """Each doubt as a question, in words."""
    response = respondent.response
    if response is None:
        return []
    days = respondent.week_days(is_normal_week=response.gives_normal_week)
    # Who took the estimate over, or a route, does not differ from it.
    estimate = estimate_of(respondent) if response.distance_source == DistanceSource.PERSON else None
    found = soft_warnings(
        [_travel_day(day) for day in days],
        usual_one_way_metres=response.one_way_metres or 0,
        estimated_metres=estimate.one_way_metres if estimate else None,
    )
    return [warning_text(warning) for warning in found]


def _travel_day(day: DayAnswer) -> TravelDay:
    return TravelDay(date=day.date, whereabouts=day.whereabouts, mode=day.mode, one_way_metres=day.return_metres // 2)
