"""The CO2 indication in the files: as JSON by the report's schema, as a sheet, and for the printed report."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from reporting.domain.co2 import CellCo2, Co2Indication, Co2Sum
from reporting.domain.rounding import round_half_up
from reporting.exports.exported_report import ExportedReport, ReportLabels
from reporting.source_labels import source_label

BASIS = "tank_to_wheel"


def co2_document(indication: Co2Indication) -> dict[str, Any]:
    """JSON-ready: exact kilograms as text `n/d`, null where nothing is known."""
    return {
        "basis": BASIS,
        "year": indication.reporting_year,
        "sources": list(indication.sources),
        "lines": [
            {
                "block": row.block.value,
                "line_code": row.line.value,
                "kilometres": row.kilometres,
                "grams_per_passenger_km": row.grams,
                "kilograms": None if row.kilograms is None else str(row.kilograms),
            }
            for row in indication.cells
        ],
        "business": _sum_document(indication.business),
        "commute": _sum_document(indication.commute),
        "total": _sum_document(indication.total),
    }


def co2_rows(report: ExportedReport, labels: ReportLabels) -> Iterator[list[Any]]:
    """Per line with kilometres: block, line, kilometres, grams and kilograms as words and figures."""
    for row in _travelled(report):
        yield [
            labels.blocks[row.block],
            labels.lines[row.line],
            row.kilometres,
            labels.unknown if row.grams is None else row.grams,
            labels.unknown if row.kilograms is None else round_half_up(row.kilograms),
        ]


def co2_sums(report: ExportedReport, labels: ReportLabels) -> list[tuple[str, Co2Sum]]:
    """The purposes and the total, with their words."""
    if report.co2 is None:
        return []
    return [
        (labels.business_travel, report.co2.business),
        (labels.commuting, report.co2.commute),
        (labels.total, report.co2.total),
    ]


def kilograms(row: Co2Sum) -> int | None:
    """Whole kilograms; None where nothing of the kilometres is known."""
    return None if row.kilometres and not row.known_km else round_half_up(row.kilograms)


def co2_part(report: ExportedReport, labels: ReportLabels) -> dict[str, Any] | None:
    """The part of the printed report; None without an indication."""
    if report.co2 is None:
        return None
    sources = "; ".join(str(source_label(source)) for source in report.co2.sources)
    return {
        "title": labels.co2,
        "say": labels.co2_say,
        "source": f"{labels.source} ({report.co2.reporting_year}): {sources or labels.unknown}",
        "head": [_("Block and line"), "km", labels.grams, labels.kilograms],
        "rows": [
            [f"{cell.block.value}.{cell.line.number} {row[1]}", *(_shown(value) for value in row[2:])]
            for cell, row in zip(_travelled(report), co2_rows(report, labels), strict=True)
        ],
        "sums": [[word, _sum_words(row, labels)] for word, row in co2_sums(report, labels)],
        "none": _("There are no kilometres yet, so there is nothing to compute."),
    }


def _travelled(report: ExportedReport) -> list[CellCo2]:
    return [row for row in report.co2.cells if row.kilometres] if report.co2 else []


def _sum_words(row: Co2Sum, labels: ReportLabels) -> str:
    amount = kilograms(row)
    if amount is None:
        return labels.unknown
    shown = f"{number_format(amount)} kg"
    share = row.known_share
    if share is not None and share < 1:
        known = _("Known for %(points)s %% of %(km)s km.") % {
            "points": int(share * 100),
            "km": number_format(row.kilometres),
        }
        shown = f"{shown}. {known}"
    if row.has_euros:
        shown = f"{shown.rstrip('.')}. {_('Without public transport in euros.')}"
    return shown


def _shown(value: str | int) -> str:
    return value if isinstance(value, str) else number_format(value)


def _sum_document(row: Co2Sum) -> dict[str, Any]:
    return {
        "kilometres": row.kilometres,
        "known_kilometres": row.known_km,
        "kilograms": str(row.kilograms) if row.known_km or not row.kilometres else None,
        "grams_per_passenger_km": _exact(row.grams_per_km),
        "has_euros": row.has_euros,
    }


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else str(value)
