"""The guidance's formula once more, written down without the product: one plain function."""

from collections.abc import Sequence

from tests.replay.survey_file import Person

LINES = {"car": "car_petrol", "public_transport": "public_transport", "bicycle": "bicycle_walking"}
WORKING_WEEKS = 45


def annual_kilometres(people: Sequence[Person], *, employees: int) -> dict[str, int]:
    """Kilometres a year per line: Σ days × return distance × 45 ÷ respondents × employees, half up.

    A respondent is whoever worked at least one day, at home included.
    """
    respondents = sum(1 for person in people if sum(person.days.values()) > 0)
    totals = {}
    for kind, line in LINES.items():
        week_metres = sum(person.days[kind] * 2 * person.one_way_metres for person in people)
        numerator = week_metres * WORKING_WEEKS * employees
        denominator = respondents * 1000
        totals[line] = (2 * numerator + denominator) // (2 * denominator)
    return totals
