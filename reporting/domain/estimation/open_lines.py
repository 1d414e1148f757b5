"""Lines of the form that an estimate must leave open, because no respondent of their mode knew the fuel."""

from collections.abc import Collection
from dataclasses import replace

from reporting.domain.estimation.guard_rails import Caution
from reporting.domain.estimation.outcome import CommuteEstimate, Figure


def leave_open(estimate: CommuteEstimate, open_lines: Collection[str]) -> CommuteEstimate:
    """The estimate without the made-up split of these lines; the total stays, for it needs no fuel.

    Each of them has no kilometres, and an interval from nothing to all of what they have together. The guidance has no
    total then, as its report has none: less its other lines it would be what the people of these lines told.
    """
    if not open_lines:
        return estimate
    return replace(
        estimate,
        lines=_opened(estimate.lines, open_lines),
        guidance_lines=_opened(estimate.guidance_lines, open_lines),
        guidance_total=None,
        cautions=tuple(sorted({*estimate.cautions, Caution.FUEL_UNKNOWN})),
    )


def _opened(figures: tuple[Figure, ...], open_lines: Collection[str]) -> tuple[Figure, ...]:
    together = [figure for figure in figures if figure.name in open_lines]
    upper, plain = sum(figure.upper for figure in together), sum(figure.plain_upper for figure in together)
    return tuple(
        Figure(name=figure.name, km=None, observed=0, lower=0, upper=upper, plain_lower=0, plain_upper=plain)
        if figure.name in open_lines
        else figure
        for figure in figures
    )
