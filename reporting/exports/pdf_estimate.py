"""The printed page about an estimate: observed and estimated per line, with the interval, beside the guidance."""

from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from reporting.domain.commute_estimate import EstimatedFigures
from reporting.domain.rvo import RvoBlock
from reporting.estimate_labels import estimate_method
from reporting.exports.estimate import guidance_km, guidance_total
from reporting.exports.exported_report import ExportedReport, ReportLabels

NONE = "–"


def estimate_part(report: ExportedReport, labels: ReportLabels) -> dict[str, Any] | None:
    """Words and finished numbers; None for a report of the guidance's figures."""
    estimate = report.estimate
    if estimate is None:
        return None
    rows = [
        [labels.lines[cell.line], _km(guidance_km(cell)), *_figures(cell.derivation.estimate)]
        for cell in report.matrix.block(RvoBlock.COMMUTE)
    ]
    return {
        "title": _("Commuting: observed and estimated"),
        "say": _(
            "Block 4 states an estimate: who did not answer is estimated from what the staff list tells of everybody"
            " and from those who did answer. It is not a measurement. Beside it stand what was observed and what the"
            " guidance's own calculation gives."
        ),
        "facts": [
            [labels.reason, f"{estimate.reason} ({date_format(estimate.chosen_on)})" if estimate.chosen_on else ""],
            [labels.method, str(estimate_method(estimate.method))],
            [labels.asked, number_format(estimate.population)],
            [labels.respondents, number_format(estimate.answers)],
        ],
        "head": [
            labels.line,
            labels.guidance_km,
            labels.observed_km,
            labels.estimated_km,
            _("95 % interval (km)"),
        ],
        "rows": rows,
        "total": [labels.total, _km(guidance_total(report)), *_figures(estimate.total)],
        "hidden": _("Hidden: fewer than five people are behind it, or it would tell theirs by subtraction.")
        if any(figures.is_hidden for figures in (*estimate.lines.values(), estimate.total))
        else "",
        "proof": [[labels.run_hash, estimate.run_hash], [labels.card_hash, estimate.card_hash]],
    }


def estimate_header(report: ExportedReport) -> list[list[str]]:
    """The first page's line that block 4 is an estimate; nothing for the guidance's figures."""
    if report.estimate is None:
        return []
    total = report.estimate.total
    said = _("an estimate, not a measurement")
    if not total.is_hidden:
        said = _("an estimate, not a measurement: between %(lower)s and %(upper)s km in total") % {
            "lower": _km(total.lower),
            "upper": _km(total.upper),
        }
    return [[_("Block 4, commuting"), said]]


def _figures(figures: EstimatedFigures | None) -> list[str]:
    if figures is None:
        return [NONE, NONE, NONE]
    if figures.is_hidden:
        return [_("hidden"), _km(figures.km), _("hidden")]
    return [_km(figures.observed), _km(figures.km), f"{_km(figures.lower)} – {_km(figures.upper)}"]


def _km(value: int | None) -> str:
    return NONE if value is None else number_format(value)
