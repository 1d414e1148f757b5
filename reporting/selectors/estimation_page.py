"""What the pages of an estimation show: what there is to estimate from, and what was found."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from reporting.broad_survey_sentences import BROAD_SURVEY
from reporting.domain.commute_estimate import ChosenEstimate, EstimatedFigures
from reporting.domain.rvo import RvoLine
from reporting.domain.staff_features import StaffFeature
from reporting.estimation_sentences import METHOD_EXPLANATIONS, Advice, advice, method_name
from reporting.labels import LINE_LABELS
from reporting.mode_groups import GROUP_COLOURS, GROUP_OF_LINE
from reporting.models import EstimationRun, Report
from reporting.selectors.estimated_lines import found_result, shown_estimate
from reporting.selectors.inputs import guidance_inputs
from reporting.selectors.parameters import parameters_of
from reporting.selectors.survey_facts import survey_people
from surveys.models import Invitation, PopulationMember
from surveys.selectors.postcode_places import nearest_places
from wpm_platform.organisations.models import Organisation

# As in `domain.estimation.guard_rails`, which needs numpy.
FEWEST_ANSWERS = 10
DISTANCE_KNOWN_FOR = 0.9
NO_ESTIMATE = frozenset({"guidance_only", "everybody_answered"})
# Methods whose interval also holds when silence has to do with the vehicle.
HOLDS_FOR_READY = frozenset({"doubly_robust", "prior_offset", "prior_only"})
# The widest interval ends a little before the edge of the drawing.
EDGE = 96.0
# When the staff list holds a fact of somebody; everybody has a site.
HELD: Mapping[StaffFeature, Q] = {
    StaffFeature.DEPARTMENT: ~Q(department=""),
    StaffFeature.FUNCTION: ~Q(employee__function=""),
    StaffFeature.HOURS: Q(employee__monthly_hours__isnull=False),
    StaffFeature.PROVISION: Q(employee__has_mobility_provision__isnull=False),
    StaffFeature.TENURE: Q(employee__employed_from__isnull=False),
    StaffFeature.AGE: Q(employee__birth_year__isnull=False),
}


@dataclass(frozen=True, kw_only=True)
class StartPage:
    """People invited, those who answered, and of the silent those whose distance to work cannot be known.

    absent: facts that the staff list holds of nobody, so that choosing them adds nothing.
    """

    invited: int
    answered: int
    without_distance: int
    absent: frozenset[str] = frozenset()

    @property
    def silent(self) -> int:
        return self.invited - self.answered

    @property
    def with_distance(self) -> int:
        return self.silent - self.without_distance

    @property
    def lacks_distances(self) -> bool:
        """Whether the estimate can look at sites only."""
        return self.with_distance < DISTANCE_KNOWN_FOR * self.silent

    @property
    def percentage(self) -> int:
        return self.answered * 100 // self.invited if self.invited else 0

    @property
    def is_complete(self) -> bool:
        return bool(self.invited) and not self.silent

    @property
    def has_too_few(self) -> bool:
        return self.answered < FEWEST_ANSWERS and not self.is_complete


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
    def holds_for_ready(self) -> bool:
        return self.estimate.method in HOLDS_FOR_READY

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


def start_page(*, organisation: Organisation, report: Report) -> StartPage | None:
    """None without a survey. Counts that HR's pages show anyway: who answered, and what the staff list holds."""
    if report.campaign is None:
        return None
    named: dict[str, Any] = {
        "organisation": organisation,
        "campaign": report.campaign,
        "legal_entity": report.legal_entity,
    }
    invited, answered = survey_people(**named)
    told = Invitation.objects.filter(
        organisation=organisation, campaign=report.campaign, answered_at__isnull=False
    ).values("employee")
    addresses = list(
        PopulationMember.objects.filter(**named, is_invited=True)
        .exclude(employee__in=told)
        .values_list("employee__home_postcode", "site__postcode")
    )
    places = nearest_places({postcode for pair in addresses for postcode in pair})
    unknown = sum(home not in places or work not in places for home, work in addresses)
    return StartPage(invited=invited, answered=answered, without_distance=unknown, absent=_absent(named))


def _absent(named: Mapping[str, Any]) -> frozenset[str]:
    """In one query: of which facts nobody who was invited has one."""
    counts = PopulationMember.objects.filter(**named, is_invited=True).aggregate(
        **{feature.value: Count("pk", filter=held) for feature, held in HELD.items()}
    )
    return frozenset(name for name, people in counts.items() if not people)


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
    total = found.estimate["guidance_total"]
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
