"""Observed beside estimated kilometres, as the files of a report show them; only where HR chose an estimate."""

from collections.abc import Iterator, Sequence
from typing import Any

from reporting.domain.cell import Cell
from reporting.domain.commute_estimate import ChosenEstimate, EstimatedFigures
from reporting.domain.rounding import round_half_up
from reporting.domain.rvo import RvoBlock
from reporting.estimate_labels import estimate_method
from reporting.exports.exported_report import ExportedReport, ReportLabels
from wpm_platform.spreadsheets.cells import CellValue, Heading

Row = Sequence[CellValue]


def estimate_document(estimate: ChosenEstimate) -> dict[str, Any]:
    """The estimate as a whole, by the published schema; its lines stand with their cells."""
    return {name: value for name, value in estimate.to_json().items() if name != "lines"}


def guidance_km(cell: Cell) -> int | None:
    """What the guidance gives for a cell of block 4, whatever it states."""
    return None if cell.derivation.exact_km is None else round_half_up(cell.derivation.exact_km)


def guidance_total(report: ExportedReport) -> int | None:
    """The guidance's lines added up; None while one of them has no figure."""
    found = [guidance_km(cell) for cell in report.matrix.block(RvoBlock.COMMUTE)]
    return None if None in found else sum(km or 0 for km in found)


def estimate_columns(labels: ReportLabels) -> tuple[str, ...]:
    return (labels.guidance_km, labels.observed_km, labels.estimated_km, labels.lower, labels.upper)


def estimate_values(cell: Cell) -> Row:
    """One cell's guidance, observed, estimate and interval; empty where there is no estimate, or too few people."""
    figures = cell.derivation.estimate
    if figures is None:
        return [None] * 5
    return [guidance_km(cell), figures.observed, figures.km, figures.lower, figures.upper]


def estimate_rows(report: ExportedReport, estimate: ChosenEstimate, labels: ReportLabels) -> Iterator[Row]:
    """The sheet of the workbook: what it rests on, and the lines side by side."""
    for label, value in estimate_facts(estimate, labels):
        yield [Heading(label), value]
    yield []
    yield [
        Heading(text)
        for text in (labels.line, *estimate_columns(labels), labels.plain_lower, labels.plain_upper, labels.remarks)
    ]
    for cell in report.matrix.block(RvoBlock.COMMUTE):
        figures = cell.derivation.estimate
        yield [labels.lines[cell.line], *estimate_values(cell), *_plain(figures), _remark(figures, labels)]
    total = estimate.total
    yield [
        Heading(labels.total),
        guidance_total(report),
        total.observed,
        total.km,
        total.lower,
        total.upper,
        *_plain(total),
        _remark(total, labels),
    ]


def estimate_facts(estimate: ChosenEstimate, labels: ReportLabels) -> list[tuple[str, CellValue]]:
    """What the estimate is and why it was chosen, label and value."""
    return [
        (labels.method, str(estimate_method(estimate.method))),
        (labels.reason, estimate.reason),
        (labels.chosen_on, estimate.chosen_on),
        (labels.asked, estimate.population),
        (labels.respondents, estimate.answers),
        (labels.odds_ratio, estimate.odds_ratio),
        (labels.method_version, f"{estimate.version} ({labels.seed} {estimate.random_state})"),
        (labels.run_hash, estimate.run_hash),
        (labels.card_hash, estimate.card_hash),
    ]


def _plain(figures: EstimatedFigures | None) -> Row:
    return [None, None] if figures is None else [figures.plain_lower, figures.plain_upper]


def _remark(figures: EstimatedFigures | None, labels: ReportLabels) -> str | None:
    return labels.few_people if figures is not None and figures.is_hidden else None
