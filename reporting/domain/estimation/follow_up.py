"""What a question to a few of the silent says about how much more readily some travellers answer."""

from dataclasses import dataclass

import numpy as np

from reporting.domain.estimation.people import Floats, Integers, People

# Fewer say too little, and could say something about a person.
LEAST_ANSWERS = 15
# Half the largest log likelihood ratio of an interval that holds in 90 %, each end in 95 % (chi-square, one degree).
HALF_RATIO = 2.705543 / 2.0
# Odds ratios are looked at from ½ to 8, in steps of one hundredth of their logarithm.
LOWEST, HIGHEST, STEPS_PER_UNIT = 0.5, 8.0, 100
NO_ANSWER = -1


@dataclass(frozen=True, kw_only=True)
class OddsRatioRange:
    """How many times as readily travellers with the ready modes answered: most likely, and from where to where.

    answers: those that could tell it, of people who travel. is_beyond: even the lower end is more than was assumed.
    """

    answers: int
    lower: float
    likeliest: float
    upper: float
    is_beyond: bool = False


def odds_ratio_range(
    people: People,
    *,
    shares: Floats,
    usual_modes: Integers,
    ready_modes: tuple[str, ...],
    assumed: float,
    effective_answers: float,
) -> OddsRatioRange | None:
    """The response odds ratios from 1 to `assumed` that the follow-up leaves possible; None when it says too little.

    Parameters
    ----------
    shares : predicted shares of everybody as if silence had nothing to do with the mode (`DoublyRobust.shares_`).
    usual_modes : per person the number of the mode that they told in the follow-up, `NO_ANSWER` otherwise.
    effective_answers : behind the prediction; it is no surer than that.

    Notes
    -----
    Among the silent p(ready) ∝ p(ready | answered) ÷ ratio, by exponential tilting (`sensitivity`): each answer is a
    draw with known log odds less log(ratio). The profile of the likelihood over the ratio gives the interval (Pawitan
    2001, ch. 2). The prediction's own error weakens it as if answers were lost: n ÷ (n + answers). Where all that the
    answers leave possible lies beyond what was assumed, they outweigh it, and the range becomes wider.
    """
    asked = (usual_modes != NO_ANSWER) & ~people.answered
    if np.count_nonzero(asked) < LEAST_ANSWERS:
        return None
    is_ready = np.array([mode in ready_modes for mode in people.modes])
    moving = shares[asked][:, 1:]
    expected = moving[:, is_ready].sum(axis=1) / np.maximum(moving.sum(axis=1), 1e-12)
    expected = np.clip(expected, 0.01, 0.99)
    told = is_ready[usual_modes[asked]].astype(np.float64)
    # In one order whoever comes first: sums are the same to the last digit.
    order = np.lexsort((told, expected))
    logs = _log_ratios()
    likelihood = _log_likelihood(expected[order], told[order], logs)
    likelihood *= effective_answers / (effective_answers + len(told))
    return _range(likelihood, logs, assumed=assumed, answers=len(told))


def _log_ratios() -> Floats:
    first, last = (round(np.log(ratio) * STEPS_PER_UNIT) for ratio in (LOWEST, HIGHEST))
    return np.arange(first, last + 1, dtype=np.float64) / STEPS_PER_UNIT


def _log_likelihood(expected: Floats, told: Floats, logs: Floats) -> Floats:
    scores = np.log(expected / (1.0 - expected))[None, :] - logs[:, None]
    return np.asarray((told * scores - np.logaddexp(0.0, scores)).sum(axis=1), dtype=np.float64)


def _range(likelihood: Floats, logs: Floats, *, assumed: float, answers: int) -> OddsRatioRange:
    possible = np.exp(logs[likelihood >= likelihood.max() - HALF_RATIO])
    likeliest = float(np.exp(logs[int(likelihood.argmax())]))
    lower, upper = max(1.0, float(possible[0])), max(1.0, float(possible[-1]))
    is_beyond = lower > assumed
    if not is_beyond:
        upper = min(upper, assumed)
    return OddsRatioRange(
        answers=answers,
        lower=round(lower, 2),
        likeliest=round(likeliest, 2),
        upper=round(upper, 2),
        is_beyond=is_beyond,
    )
