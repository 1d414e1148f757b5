"""What an estimation returns: whole kilometres a year with their intervals, and how they came about."""

import json
from dataclasses import asdict, dataclass

from reporting.domain.estimation.follow_up import OddsRatioRange
from reporting.domain.estimation.guard_rails import Caution, Method

VERSION = "1"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """Kilometres a year. `observed` is the part that respondents told; the interval never lies below it.

    `plain_lower`, `plain_upper`: if silence has nothing to do with the mode itself; `lower`, `upper` hold for every
    response odds ratio up to the largest, where the method knows it, and are the plain ones elsewhere.
    `km` is None where kilometres are expected and nobody told their fuel.
    """

    name: str
    km: int | None
    observed: int
    lower: int
    upper: int
    plain_lower: int
    plain_upper: int


@dataclass(frozen=True, kw_only=True)
class CommuteEstimate:
    """The estimate beside the guidance's figures.

    With `GUIDANCE_ONLY` there is no estimate: `lines` are the guidance's own. `odds_ratio` is the largest that the
    intervals hold for; `follow_up` says where it comes from when a few of the silent were asked.
    `broad_survey`: why everybody should be asked again (`year_two.BroadSurveyReason`).
    """

    method: Method
    version: str
    random_state: int
    population: int
    answers: int
    headcount: int
    effective_answers: float
    odds_ratio: float
    lines: tuple[Figure, ...]
    total: Figure
    guidance_lines: tuple[Figure, ...]
    guidance_total: Figure | None
    cautions: tuple[Caution, ...]
    follow_up: OddsRatioRange | None = None
    broad_survey: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Sorted keys, whole kilometres: the same inputs, seed and version give the same bytes."""
        return json.dumps(asdict(self), sort_keys=True, allow_nan=False)
