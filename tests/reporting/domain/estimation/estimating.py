"""One call of the estimation, as the tests make it."""

from reporting.domain.estimation.ladder import estimate_commute
from tests.reporting.domain.estimation.made_up import READY, answers_of


def estimate(people, *, answers=None, headcount=None, **options):
    return estimate_commute(
        people=people,
        answers=answers if answers is not None else answers_of(people),
        headcount=headcount or people.size,
        weeks_per_year=45,
        ready_modes=READY,
        **options,
    )


def figures_of(result):
    """Every figure of it, the total and the guidance's included."""
    own = [*result.lines, result.total, *result.guidance_lines]
    return [*own, result.guidance_total] if result.guidance_total is not None else own


def assert_sensible(result):
    """Whole figures, none negative, each inside its interval, the honest interval around the plain one."""
    for figure in figures_of(result):
        assert figure.observed >= 0
        assert figure.lower <= figure.plain_lower <= figure.plain_upper <= figure.upper
        if figure.km is not None:
            assert figure.plain_lower <= figure.km <= figure.plain_upper
            assert figure.observed <= figure.lower + 1
    assert "NaN" not in result.to_json()
