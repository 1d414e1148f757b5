"""The ladder of methods: the best estimate that these answers can carry, beside the guidance's."""

from dataclasses import dataclass

import numpy as np

from reporting.domain.estimation.doubly_robust import DoublyRobust
from reporting.domain.estimation.follow_up import OddsRatioRange, odds_ratio_range
from reporting.domain.estimation.fuel_split import LineAnswers, split_over_lines, within_modes
from reporting.domain.estimation.guard_rails import Caution, Method, cautions, rung, why_not_doubly_robust
from reporting.domain.estimation.intervals import Bounds, bounds, with_total
from reporting.domain.estimation.outcome import VERSION, CommuteEstimate, Figure
from reporting.domain.estimation.people import Floats, Integers, People, WeekTotals
from reporting.domain.estimation.pooled_prior import PooledPrior, PriorOffset
from reporting.domain.estimation.post_stratification import PostStratification
from reporting.domain.estimation.ratio import GuidanceRatio
from reporting.domain.estimation.sensitivity import LARGEST_ODDS_RATIO, ResponseOddsSensitivity


class NothingToEstimate(ValueError):
    """Nobody answered and no prior knows better."""


@dataclass(frozen=True, kw_only=True)
class Fitted:
    """Week totals by one method. `shares` of everybody where the method predicts them; `weights` of the respondents."""

    method: Method
    totals: WeekTotals
    weights: Floats
    shares: Floats | None = None


def estimate_commute(
    *,
    people: People,
    answers: LineAnswers,
    headcount: int,
    weeks_per_year: int,
    ready_modes: tuple[str, ...],
    prior: PooledPrior | None = None,
    site: str | None = None,
    odds_ratio: float = LARGEST_ODDS_RATIO,
    random_state: int = 0,
    usual_modes: Integers | None = None,
) -> CommuteEstimate:
    """Kilometres a year per line and in total, by the highest rung that these answers can carry.

    Parameters
    ----------
    answers : the same week by line of the form.
    headcount : employees that the guidance multiplies with; estimates scale by headcount ÷ people.
    ready_modes : modes whose travellers may answer more readily than drivers.
    prior : pooled over consenting employers; None when fewer than five consented.
    site : name of the category to stratify by where distances are unknown; without one there is no estimate then.
    odds_ratio : the largest response odds ratio that is assumed possible.
    usual_modes : per person the mode told in a follow-up among the silent (`follow_up`); narrows the odds ratio.

    Raises `NothingToEstimate` when nobody answered and there is no prior, `PeopleUnusable` for arrays that do not
    belong together. The order of the rows does not matter.
    """
    answers.check(people)
    if not people.respondents and prior is None:
        raise NothingToEstimate("nobody answered")
    order = people.canonical_order(also=answers.week_km)
    people, answers = people.rows(order), answers.rows(order)
    fitted, told = climb(people, prior=prior, site=site, random_state=random_state)
    asked = None if usual_modes is None else _follow_up(fitted, people, usual_modes[order], ready_modes, odds_ratio)
    odds_ratio = odds_ratio if asked is None else asked.upper
    found = cautions(people, has_prior=prior is not None) | told
    if asked is not None or fitted.shares is None:
        found -= {Caution.FOLLOW_UP_ADVISED}
    return commute_estimate(
        fitted,
        people,
        answers,
        found,
        headcount=headcount,
        weeks_per_year=weeks_per_year,
        ready_modes=ready_modes,
        odds_ratio=odds_ratio,
        random_state=random_state,
        follow_up=asked,
    )


def commute_estimate(
    fitted: Fitted,
    people: People,
    answers: LineAnswers,
    told: set[Caution],
    *,
    headcount: int,
    weeks_per_year: int,
    ready_modes: tuple[str, ...] = (),
    odds_ratio: float = 1.0,
    random_state: int = 0,
    follow_up: OddsRatioRange | None = None,
    broad_survey: tuple[str, ...] = (),
) -> CommuteEstimate:
    """The figures of a fitted method beside the guidance's; the rows are in their canonical order."""
    scale = weeks_per_year * headcount / people.size
    lines, total, unknown = _figures(fitted, people, answers, ready_modes, odds_ratio, scale)
    guidance = _guidance(people)
    guidance_lines, guidance_total, _ = (
        _figures(guidance, people, answers, (), 1.0, scale) if guidance is not None else ((), None, False)
    )
    return CommuteEstimate(
        method=fitted.method,
        version=VERSION,
        random_state=random_state,
        population=people.size,
        answers=people.respondents,
        headcount=headcount,
        effective_answers=round(fitted.totals.effective_answers, 1),
        odds_ratio=odds_ratio,
        lines=lines,
        total=total,
        guidance_lines=guidance_lines,
        guidance_total=guidance_total,
        cautions=tuple(sorted(told | ({Caution.FUEL_UNKNOWN} if unknown else set()))),
        follow_up=follow_up,
        broad_survey=broad_survey,
    )


def _follow_up(
    fitted: Fitted, people: People, usual_modes: Integers, ready_modes: tuple[str, ...], odds_ratio: float
) -> OddsRatioRange | None:
    """The odds ratios that the follow-up leaves; None where the method predicts no shares or too few answered."""
    if fitted.shares is None:
        return None
    return odds_ratio_range(
        people,
        shares=fitted.shares,
        usual_modes=usual_modes,
        ready_modes=ready_modes,
        assumed=odds_ratio,
        effective_answers=fitted.totals.effective_answers,
    )


def climb(
    people: People, *, prior: PooledPrior | None = None, site: str | None = None, random_state: int = 0
) -> tuple[Fitted, set[Caution]]:
    """Week totals by the highest rung that holds, and why a higher one did not. Raises `NothingToEstimate`."""
    method = rung(people, has_prior=prior is not None, site=site)
    if method is Method.DOUBLY_ROBUST:
        estimator = DoublyRobust(random_state=random_state).fit(people)
        against = why_not_doubly_robust(estimator, people)
        if not against:
            totals = estimator.predict(people)
            shares, weights = estimator.shares_, estimator.weights_
            return Fitted(method=method, totals=totals, weights=weights, shares=shares), set()
        return _post_stratified(people, Method.POST_STRATIFIED_DISTANCE, site=None), against
    if method in (Method.PRIOR_OFFSET, Method.PRIOR_ONLY) and prior is not None:
        return _by_prior(people, method, prior), set()
    if method in (Method.POST_STRATIFIED_DISTANCE, Method.POST_STRATIFIED_SITE):
        return _post_stratified(people, method, site=site), set()
    ratio = _guidance(people)
    if ratio is None:
        raise NothingToEstimate("nobody answered, and distances are unknown")
    return Fitted(method=method, totals=ratio.totals, weights=ratio.weights), set()


def _guidance(people: People) -> Fitted | None:
    if not people.respondents:
        return None
    totals = GuidanceRatio().fit(people).predict(people)
    return Fitted(method=Method.GUIDANCE_ONLY, totals=totals, weights=equal_weights(people))


def _post_stratified(people: People, method: Method, *, site: str | None) -> Fitted:
    has_distance = method is Method.POST_STRATIFIED_DISTANCE
    estimator = PostStratification(has_distance=has_distance, by=None if has_distance else site).fit(people)
    return Fitted(method=method, totals=estimator.predict(people), weights=estimator.weights_)


def _by_prior(people: People, method: Method, prior: PooledPrior) -> Fitted:
    estimator = PriorOffset(prior=prior)
    if method is Method.PRIOR_ONLY:
        estimator = PriorOffset(prior=prior, precision=None)
    estimator.fit(people)
    totals = estimator.predict(people)
    return Fitted(method=method, totals=totals, weights=equal_weights(people), shares=estimator.shares_)


def equal_weights(people: People) -> Floats:
    return np.full(people.respondents, people.size / max(1, people.respondents))


def _figures(
    fitted: Fitted,
    people: People,
    answers: LineAnswers,
    ready_modes: tuple[str, ...],
    odds_ratio: float,
    scale: float,
) -> tuple[tuple[Figure, ...], Figure, bool]:
    """Figures per line and of the total, and whether kilometres of a mode have no known fuel."""
    split = split_over_lines(totals=fitted.totals, people=people, answers=answers, weights=fitted.weights)
    plain_modes, plain = bounds(fitted.totals), bounds(split.totals)
    honest_modes, honest = plain_modes, plain
    if fitted.shares is not None and odds_ratio > 1.0:
        sensitivity = ResponseOddsSensitivity(ready_modes=ready_modes, odds_ratio=odds_ratio)
        sensitivity.fit(people, shares=fitted.shares)
        honest_modes, honest = sensitivity.predict(fitted.totals), sensitivity.over_lines(split, answers.modes)
    plain = within_modes(plain, of_modes=plain_modes, split=split, modes=answers.modes)
    honest = within_modes(honest, of_modes=honest_modes, split=split, modes=answers.modes)
    silent = (fitted.totals.km - fitted.totals.observed_km)[answers.modes]
    unknown = np.isnan(split.fractions) & (silent > 0.0)
    lines = tuple(
        _figure(name, split.totals, place, plain=plain, honest=honest, scale=scale)
        if not unknown[place]
        else _open_figure(
            name,
            observed=split.totals.observed_km[place],
            upper=honest_modes.upper[answers.modes[place]],
            scale=scale,
        )
        for place, name in enumerate(answers.lines)
    )
    total = _figure("total", fitted.totals, -1, plain=plain_modes, honest=honest_modes, scale=scale)
    return lines, total, bool(unknown.any())


def _figure(name: str, totals: WeekTotals, place: int, *, plain: Bounds, honest: Bounds, scale: float) -> Figure:
    km, observed = with_total(totals.km), with_total(totals.observed_km)
    return Figure(
        name=name,
        km=_whole_km(km[place], scale),
        observed=_whole_km(observed[place], scale),
        lower=_whole_km(honest.lower[place], scale),
        upper=_whole_km(honest.upper[place], scale),
        plain_lower=_whole_km(plain.lower[place], scale),
        plain_upper=_whole_km(plain.upper[place], scale),
    )


def _open_figure(name: str, *, observed: float, upper: float, scale: float) -> Figure:
    """Of a line whose fuel nobody told: anything up to all of its mode."""
    least, most = _whole_km(observed, scale), _whole_km(upper, scale)
    return Figure(name=name, km=None, observed=least, lower=least, upper=most, plain_lower=least, plain_upper=most)


def _whole_km(week_km: float, scale: float) -> int:
    return int(np.floor(float(week_km) * scale + 0.5))
