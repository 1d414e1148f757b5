"""What the page of a finished estimation shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from reporting.broad_survey_sentences import BROAD_SURVEY
from reporting.domain.commute_estimate import ChosenEstimate, EstimatedFigures
from reporting.domain.rvo import RvoLine
from reporting.estimation_sentences import METHOD_EXPLANATIONS, Advice, advice, how_sure, method_name
from reporting.labels import LINE_LABELS
from reporting.mode_groups import GROUP_COLOURS, GROUP_OF_LINE
from reporting.models import EstimationRun, Report
from reporting.selectors.estimated_lines import found_result, shown_estimate
from reporting.selectors.inputs import guidance_inputs
from reporting.selectors.parameters import parameters_of
from wpm_platform.organisations.models import Organisation

NO_ESTIMATE = frozenset({"guidance_only", "everybody_answered"})
# The widest interval ends a little before the edge of the drawing.
EDGE = 96.0


@dataclass(frozen=True, kw_only=True)
class Bar:
    """Of a drawing: parts of its width, in percent. `whisker`: from and to; None where no interval is shown."""

    observed: float
    estimated: float
    whisker: tuple[float, float] | None
    guidance: float | None

    @property
    def whisker_width(self) -> float:
        return self.whisker[1] - self.whisker[0] if self.whisker else 0.0


@dataclass(frozen=True, kw_only=True)
class LineShown:
    """One line of the form, or the total. `guidance`: kilometres by the guidance; None where it knows none."""

    label: Promise
    colour: str
    figures: EstimatedFigures
    guidance: int | None
    bar: Bar


@dataclass(frozen=True, kw_only=True)
class ResultPage:
    """One estimate, ready to be read. `follow_up`: what a few of the silent changed, as `OddsRatioRange`.

    broad_survey: why everybody should be asked again, in words.
    """

    estimate: ChosenEstimate
    method: Promise | str
    explanation: Promise | str
    cautions: tuple[Advice, ...]
    lines: tuple[LineShown, ...]
    unused: tuple[Promise, ...]
    total: LineShown
    follow_up: Mapping[str, Any] | None = None
    broad_survey: tuple[Promise | str, ...] = ()
    is_year_two: bool = False

    @property
    def colours(self) -> tuple[str, ...]:
        """Names of the patterns that the drawings need, each once."""
        return tuple(sorted({self.total.colour, *(line.colour for line in self.lines)}))

    @property
    def is_estimated(self) -> bool:
        return self.estimate.method not in NO_ESTIMATE

    @property
    def how_sure(self) -> str:
        """What the interval of this method is worth."""
        return how_sure(self.estimate.method, odds_ratio=self.estimate.odds_ratio)

    @property
    def observed_share(self) -> int | None:
        """Of the kilometres, how many per cent were told."""
        figures = self.estimate.total
        return figures.observed * 100 // figures.km if figures.observed is not None and figures.km else None

    @property
    def guidance_difference(self) -> int | None:
        """Kilometres that the guidance's sum has more than the estimate; negative for fewer."""
        return None if self.total.guidance is None else self.total.guidance - (self.estimate.total.km or 0)

    @property
    def guidance_distance(self) -> int:
        return abs(self.guidance_difference or 0)

    @property
    def is_guidance_likely(self) -> bool:
        """Whether the guidance's figure lies in the interval."""
        figures, guidance = self.estimate.total, self.total.guidance
        if guidance is None or figures.lower is None or figures.upper is None:
            return False
        return figures.lower <= guidance <= figures.upper

    @property
    def has_hidden(self) -> bool:
        return any(line.figures.is_hidden for line in self.lines)


def result_page(*, organisation: Organisation, report: Report, run: EstimationRun) -> ResultPage | None:
    """What a run found, without anything about lines of fewer than five people; None without a result."""
    found = found_result(organisation=organisation, run=run)
    if found is None or not found.estimate:
        return None
    parameters = parameters_of(organisation=organisation, reporting_year=report.reporting_year)
    estimate = shown_estimate(
        found,
        organisation=organisation,
        report=report,
        inputs=guidance_inputs(organisation=organisation, report=report, parameters=parameters),
        parameters=parameters,
    )
    guidance = {row["name"]: row["km"] for row in found.estimate["guidance_lines"]}
    # Less the guidance's lines, its total would be the kilometres of the lines that are left open.
    total = None if estimate.open_lines else found.estimate["guidance_total"]
    used = [line for line in RvoLine if _is_used(estimate.lines[line], guidance.get(line.value))]
    widest = max((_reach(estimate.lines[line], guidance.get(line.value)) for line in used), default=1)
    whole = None if total is None else int(total["km"])
    return ResultPage(
        estimate=estimate,
        method=method_name(estimate.method),
        explanation=METHOD_EXPLANATIONS.get(estimate.method, ""),
        cautions=tuple(known for code in estimate.cautions if (known := advice(code)) is not None),
        lines=tuple(_line(line, estimate, guidance, widest=widest) for line in used),
        follow_up=found.estimate.get("follow_up"),
        broad_survey=tuple(BROAD_SURVEY[code] for code in found.estimate.get("broad_survey", ())),
        is_year_two=estimate.method == "year_two",
        unused=tuple(LINE_LABELS[line] for line in RvoLine if line not in used),
        total=LineShown(
            label=gettext_lazy("Total"),
            colour="total",
            figures=estimate.total,
            guidance=whole,
            bar=_bar(estimate.total, whole, widest=_reach(estimate.total, whole)),
        ),
    )


def _is_used(figures: EstimatedFigures, guidance: int | None) -> bool:
    return figures.km is None or bool(figures.km or figures.observed or guidance)


def _reach(figures: EstimatedFigures, guidance: int | None) -> int:
    return max(figures.km or 0, figures.upper or 0, guidance or 0, 1)


def _line(line: RvoLine, estimate: ChosenEstimate, guidance: Mapping[str, Any], *, widest: int) -> LineShown:
    figures, by_guidance = estimate.lines[line], guidance.get(line.value)
    return LineShown(
        label=LINE_LABELS[line],
        colour=GROUP_COLOURS[GROUP_OF_LINE[line]],
        figures=figures,
        guidance=by_guidance,
        bar=_bar(figures, by_guidance, widest=widest),
    )


def _bar(figures: EstimatedFigures, guidance: int | None, *, widest: int) -> Bar:
    def part(km: int | None) -> float:
        return round((km or 0) * EDGE / widest, 2)

    is_interval = figures.lower is not None and figures.upper is not None
    observed = min(part(figures.observed), part(figures.km)) if figures.km is not None else 0.0
    return Bar(
        observed=observed,
        estimated=round(part(figures.km) - observed, 2),
        whisker=(part(figures.lower), part(figures.upper)) if is_interval else None,
        guidance=None if guidance is None else part(guidance),
    )
