"""A year in which not everybody was asked: last year's model, and this year's joiners and anchor."""

from reporting.domain.estimation.fuel_split import LineAnswers
from reporting.domain.estimation.guard_rails import Caution, Method, cautions
from reporting.domain.estimation.ladder import Fitted, commute_estimate, equal_weights
from reporting.domain.estimation.outcome import CommuteEstimate
from reporting.domain.estimation.people import Booleans, People
from reporting.domain.estimation.pooled_prior import PooledPrior
from reporting.domain.estimation.year_two import YearTwo, broad_survey_reasons

# What is told of answers that must carry a model of their own; these move one that is there.
OF_AN_OWN_MODEL = frozenset(
    {Caution.TOO_FEW_ANSWERS, Caution.NO_POOLED_PRIOR, Caution.GROUP_SILENT, Caution.FOLLOW_UP_ADVISED}
)


def estimate_year_two(
    *,
    people: People,
    answers: LineAnswers,
    headcount: int,
    weeks_per_year: int,
    model: PooledPrior,
    anchor: Booleans,
    years: float,
    turnover: float,
    random_state: int = 0,
) -> CommuteEstimate:
    """Kilometres a year of everybody; `broad_survey` says why everybody should be asked again, if so.

    Parameters
    ----------
    people : everybody who could have been asked; who was not is silent.
    model : of the last survey among everybody (`own_model`), with the same features.
    anchor : who was drawn by lot over all staff; only these move the model.
    years : since that survey. turnover : the part of the staff that came since then.

    The order of the rows does not matter. `random_state` is kept with the result: nothing is drawn.
    """
    answers.check(people)
    order = people.canonical_order(also=answers.week_km)
    people, answers, anchor = people.rows(order), answers.rows(order), anchor[order]
    fitted = YearTwo(model=model, years=years).fit(people, anchor=anchor)
    reasons = broad_survey_reasons(fitted=fitted, turnover=turnover, is_relocated=False, has_new_policy=False)
    return commute_estimate(
        Fitted(method=Method.YEAR_TWO, totals=fitted.predict(people), weights=equal_weights(people)),
        people,
        answers,
        cautions(people, has_prior=True) - OF_AN_OWN_MODEL,
        headcount=headcount,
        weeks_per_year=weeks_per_year,
        random_state=random_state,
        broad_survey=tuple(reason.value for reason in reasons),
    )
