"""The figures of the printed report: header, the form's overview, bars, and each cell's derivation."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from reporting.domain.cell import Cell, Derivation
from reporting.domain.rounding import round_half_up
from reporting.domain.rvo import RvoBlock, RvoLine, Unit
from reporting.exports.co2 import co2_part
from reporting.exports.estimate import guidance_km
from reporting.exports.evidence import Evidence
from reporting.exports.exported_report import ExportedReport, ExportedStatus, ReportLabels
from reporting.exports.pdf_estimate import estimate_header, estimate_part
from reporting.source_labels import source_label

NONE = "–"
COLOURS = {"car": "#5b6770", "motorcycle": "#8a5a00", "moped": "#8a5a00", "bicycle": "#0b6b5d", "public": "#0b5cad"}


def figure_parts(evidence: Evidence, labels: ReportLabels) -> dict[str, Any]:
    """What the template's first pages show, as words and finished numbers."""
    report = evidence.report
    return {
        "title": _("WPM report %(year)s") % {"year": report.reporting_year},
        "employer": report.legal_entity_name,
        "draft": _("Draft: these figures can still change.") if report.status is ExportedStatus.DRAFT else "",
        "footer": _("WPM report %(year)s, KvK %(kvk)s, version %(version)s")
        % {"year": report.reporting_year, "kvk": report.kvk_number, "version": report.version},
        "page_of": _("page {page} of {pages}"),
        "header": _header(evidence, labels),
        "figures_title": _("The figures, in the order of the form of RVO"),
        "figures_say": _("Kilometres in the year; public transport on expense claims in euros. A dash: no figure yet."),
        "blocks": [f"{block.value}. {labels.blocks[block]}" for block in RvoBlock],
        "line_word": labels.line,
        "total_word": labels.total,
        "lines": [
            {
                "label": f"{line.number}. {labels.lines[line]}",
                "values": [_value(report.matrix.cell(block=block, line=line), labels) for block in RvoBlock],
            }
            for line in RvoLine
        ],
        "totals": [_total(report, block, labels) for block in RvoBlock],
        "bars": _bars(report, labels),
        "estimate": estimate_part(report, labels),
        "commute": _commute(evidence, labels),
        "business": _business(report, labels),
        "co2": co2_part(report, labels),
    }


def _header(evidence: Evidence, labels: ReportLabels) -> list[list[str]]:
    report = evidence.report
    facts = [
        [labels.legal_entity, report.legal_entity_name],
        [labels.kvk_number, report.kvk_number],
        [labels.reporting_year, str(report.reporting_year)],
        [f"{labels.headcount} ({date_format(report.reference_date)})", number_format(report.headcount)],
        [f"{labels.method} ({labels.blocks[RvoBlock.COMMUTE].lower()})", labels.methods[report.matrix.commute_method]],
        [labels.status, f"{labels.statuses[report.status]}, {labels.version.lower()} {report.version}"],
    ]
    facts += estimate_header(report)
    if report.choice.reason:
        facts.append([labels.chosen_method, f"{labels.choices[report.choice.method]}: {report.choice.reason}"])
    if evidence.frozen_on is not None:
        facts.append([_("Frozen on"), date_format(evidence.frozen_on)])
    if report.filed_on is not None:
        facts.append([labels.filed_on, f"{date_format(report.filed_on)}, {report.filing_reference}"])
    return facts


def shown_value(cell: Cell) -> str:
    """As Dutch readers write it; euros with cents."""
    if cell.value is None:
        return NONE
    return number_format(cell.value, decimal_pos=2 if cell.unit is Unit.EURO else 0)


def _value(cell: Cell, labels: ReportLabels) -> str:
    is_euro = cell.unit is Unit.EURO and cell.value is not None
    return f"{shown_value(cell)} {labels.units[Unit.EURO]}" if is_euro else shown_value(cell)


def _total(report: ExportedReport, block: RvoBlock, labels: ReportLabels) -> list[str]:
    total = next(total for total in report.matrix.totals() if total.block is block)
    shown = [NONE if total.kilometres is None else number_format(total.kilometres)]
    if total.euro is not None:
        shown.append(f"{number_format(total.euro, decimal_pos=2)} {labels.units[Unit.EURO]}")
    return shown


def _bars(report: ExportedReport, labels: ReportLabels) -> dict[str, Any] | None:
    """Commuting per line, largest first; None as long as a line has no figure, for shares of a part mislead."""
    cells = [cell for cell in report.matrix.block(RvoBlock.COMMUTE) if cell.value]
    total = sum((cell.value or 0 for cell in cells), Decimal(0))
    if not total or any(cell.value is None for cell in report.matrix.block(RvoBlock.COMMUTE)):
        return None
    cells.sort(key=lambda cell: (-Decimal(cell.value or 0), cell.line.number))
    rows = [
        {
            "label": labels.lines[cell.line],
            "value": f"{shown_value(cell)} {labels.units[Unit.KILOMETRES]}",
            "share": _share(Decimal(cell.value or 0) / total),
            "part": float(Decimal(cell.value or 0) / Decimal(cells[0].value or 1)),
            "colour": COLOURS[cell.line.value.split("_")[0]],
        }
        for cell in cells
    ]
    listed = "; ".join(f"{row['label']}: {row['value']}, {row['share']}" for row in rows)
    return {
        "title": _("Commuting per vehicle"),
        "alt": _("Bars of commuting kilometres a year, largest first. %(bars)s.") % {"bars": listed},
        "rows": rows,
    }


def _share(part: Decimal) -> str:
    return f"{number_format(Decimal(round_half_up(Fraction(part) * 1000)) / 10, decimal_pos=1)} %"


def _commute(evidence: Evidence, labels: ReportLabels) -> dict[str, Any]:
    """The derivation per line, with how many people's kilometres are in it where that was counted."""
    survey = (evidence.facts or {}).get("survey") or {}
    people = {row["line"]: str(row["people"]).replace("<", "< ") for row in survey.get("contributors", ())}
    cells = evidence.report.matrix.block(RvoBlock.COMMUTE)
    first = next((cell.derivation for cell in cells if cell.derivation.exact_km is not None), None)
    return {
        "title": _("Commuting by the guidance, computed per line")
        if evidence.report.estimate
        else _("Commuting, computed per line"),
        "say": "" if first is None else _sum_in_words(first),
        "source": "" if first is None else f"{labels.source}: {source_label(first.source)}",
        "head": [
            labels.line,
            labels.week_km,
            labels.exact_km,
            labels.guidance_km if evidence.report.estimate else _("In the report (km)"),
            _("People"),
        ],
        "people_say": _("People: whose kilometres are in the line. Fewer than five are shown as “< 5”."),
        "rows": [
            [
                labels.lines[cell.line],
                _exact(cell.derivation.week_metres, divided_by=1000),
                _exact(cell.derivation.exact_km),
                _by_guidance(cell) if evidence.report.estimate else shown_value(cell),
                people.get(cell.line.value, NONE),
            ]
            for cell in cells
        ],
        "notes": [
            {"label": labels.lines[cell.line], "text": cell.derivation.note} for cell in cells if cell.derivation.note
        ],
        "notes_title": _("Entered by hand in place of the computed figure"),
    }


def _by_guidance(cell: Cell) -> str:
    km = guidance_km(cell)
    return NONE if km is None else number_format(km)


def _sum_in_words(derivation: Derivation) -> str:
    """How the lines of block 4 are computed, with this report's numbers."""
    people = number_format(derivation.headcount or 0)
    if derivation.respondents:
        return _("Week kilometres × %(weeks)s ÷ %(respondents)s respondents × %(people)s employees.") % {
            "weeks": derivation.weeks_per_year,
            "respondents": number_format(derivation.respondents),
            "people": people,
        }
    if derivation.with_rhythm:
        return _(
            "Kilometres of a standard week × %(days)s days ÷ 5 ÷ %(known)s employees whose rhythm is known × %(people)s"
            " employees."
        ) % {
            "days": derivation.days_per_year,
            "known": number_format(derivation.with_rhythm),
            "people": people,
        }
    return _("Kilometres of the year as the trip registration gives them.")


def _exact(value: Fraction | None, *, divided_by: int = 1, decimals: int = 1) -> str:
    if value is None:
        return NONE
    scale = 10**decimals
    rounded = Decimal(round_half_up(value / divided_by * scale)) / scale
    return number_format(rounded, decimal_pos=decimals).replace("-", "−")


def _business(report: ExportedReport, labels: ReportLabels) -> dict[str, Any]:
    """Where every business figure that is not zero comes from, and each zero that somebody explained."""
    rows = []
    for cell in report.matrix.cells:
        derivation = cell.derivation
        if cell.block is RvoBlock.COMMUTE or not (cell.value or derivation.note or derivation.steps):
            continue
        decimals = 2 if cell.unit is Unit.EURO else 1
        said = [derivation.note] if derivation.note else []
        if derivation.undetermined_reason is not None:
            said.append(labels.reasons[derivation.undetermined_reason])
        said += [f"{labels.steps[step.kind]}: {_exact(step.amount, decimals=decimals)}" for step in derivation.steps]
        rows.append(
            [
                f"{cell.block.value}.{cell.line.number} {labels.lines[cell.line]}",
                _value(cell, labels),
                labels.methods[derivation.method],
                "\n".join(said) or NONE,
            ]
        )
    return {
        "title": _("Business travel: where each figure comes from"),
        "head": [_("Block and line"), labels.value, labels.method, _("Where it comes from")],
        "rows": rows,
        "none": _("All figures of business travel are 0."),
    }
