"""The report as a workbook: the form's overview, and a sheet that tells how each figure came about."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from reporting.domain.business.steps import Step
from reporting.domain.cell import Cell
from reporting.domain.commute_estimate import ChosenEstimate
from reporting.domain.matrix import BlockTotal
from reporting.domain.rounding import round_half_up
from reporting.domain.rvo import RvoBlock, Unit
from reporting.domain.survey_sums import SIGN_FLAGS
from reporting.exports.co2 import co2_rows, co2_sums, kilograms
from reporting.exports.estimate import estimate_rows
from reporting.exports.exported_report import ExportedReport, ReportLabels
from wpm_platform.spreadsheets.cells import CellValue, Heading
from wpm_platform.spreadsheets.workbook import Sheet, xlsx_bytes

Row = Sequence[CellValue]


def report_xlsx(report: ExportedReport, *, labels: ReportLabels) -> bytes:
    """The form's overview, the derivations and CO2; the same report and words always give the same bytes."""
    return xlsx_bytes(
        [
            Sheet(title=labels.overview, rows=_overview(report, labels), widths=(8, 34, 8, 34, 16, 8, 16)),
            Sheet(
                title=labels.derivation,
                rows=_derivations(report, labels),
                widths=(28, 28, 16, 24, 16, 12, 14, 14, 16, 48, 48),
            ),
            *([] if report.estimate is None else [estimate_sheet(report, report.estimate, labels)]),
            *([] if report.co2 is None else [co2_sheet(report, labels)]),
        ]
    )


def estimate_sheet(report: ExportedReport, estimate: ChosenEstimate, labels: ReportLabels) -> Sheet:
    """Guidance, observed and estimated side by side, with the interval and why HR chose the estimate."""
    rows = estimate_rows(report, estimate, labels)
    return Sheet(title=labels.estimate, rows=rows, widths=(44, 20, 16, 16, 18, 18, 24, 24, 40))


def co2_sheet(report: ExportedReport, labels: ReportLabels) -> Sheet:
    """The indication per line and per purpose, with the factor set beside it."""
    return Sheet(title=labels.co2, rows=_co2(report, labels), widths=(36, 34, 16, 16, 16))


def _co2(report: ExportedReport, labels: ReportLabels) -> Iterator[Row]:
    yield [labels.co2_say]
    sources = "; ".join(report.co2.sources if report.co2 else ()) or labels.unknown
    yield [f"{labels.source} ({report.reporting_year}): {sources}"]
    yield []
    yield [Heading(text) for text in (labels.block, labels.line, labels.kilometres, labels.grams, labels.kilograms)]
    yield from co2_rows(report, labels)
    for word, row in co2_sums(report, labels):
        average, amount = row.grams_per_km, kilograms(row)
        yield [
            Heading(word),
            None,
            row.kilometres,
            labels.unknown if average is None else Decimal(round_half_up(average * 10)) / 10,
            labels.unknown if amount is None else amount,
        ]


def _overview(report: ExportedReport, labels: ReportLabels) -> Iterator[Row]:
    yield from _header(report, labels)
    yield []
    yield [Heading(text) for text in ("", labels.block, "", labels.line, labels.value, labels.unit, labels.origin)]
    totals = {total.block: total for total in report.matrix.totals()}
    for block in RvoBlock:
        for cell in report.matrix.block(block):
            yield [
                block.value,
                labels.blocks[block],
                cell.line.number,
                labels.lines[cell.line],
                cell.value,
                labels.units[cell.unit],
                labels.origins[cell.origin],
            ]
        yield from _totals(totals[block], labels)


def _header(report: ExportedReport, labels: ReportLabels) -> Iterator[Row]:
    matrix = report.matrix
    facts: list[tuple[str, CellValue]] = [
        (labels.legal_entity, report.legal_entity_name),
        (labels.kvk_number, report.kvk_number),
        (labels.reporting_year, str(report.reporting_year)),
        (labels.headcount, report.headcount),
        (labels.reference_date, report.reference_date),
        (labels.version, report.version),
        (labels.status, labels.statuses[report.status]),
        (labels.method, labels.methods[matrix.commute_method]),
        (labels.survey_weeks, ", ".join(week.strftime("%d-%m-%Y") for week in report.survey_weeks)),
        (labels.respondents, report.respondents),
        (labels.form_version, report.form_version),
        (labels.parameter_version, report.parameter_version),
        (labels.inputs_hash, report.inputs_hash),
    ]
    if report.filed_on is not None:
        facts += [(labels.filed_on, report.filed_on), (labels.filing_reference, report.filing_reference)]
    if report.choice.reason:
        facts.append((labels.chosen_method, f"{labels.choices[report.choice.method]}: {report.choice.reason}"))
    if report.estimate is not None:
        facts.append((labels.reason, report.estimate.reason))
    if matrix.is_commute_mixed:
        facts.append((labels.remarks, labels.mixed_methods))
    for label, value in facts:
        yield [None, Heading(label), None, value]


def _totals(total: BlockTotal, labels: ReportLabels) -> Iterator[Row]:
    heading, block = Heading(labels.total), Heading(labels.blocks[total.block])
    yield [total.block.value, block, None, heading, total.kilometres, labels.units[Unit.KILOMETRES], None]
    if total.block is RvoBlock.EXPENSE_CLAIM:
        yield [total.block.value, block, None, heading, total.euro, labels.units[Unit.EURO], None]


def _derivations(report: ExportedReport, labels: ReportLabels) -> Iterator[Row]:
    yield [
        Heading(text)
        for text in (
            labels.block,
            labels.line,
            labels.origin,
            labels.method,
            labels.week_km,
            labels.weeks_per_year,
            labels.respondents,
            labels.headcount,
            labels.exact_km,
            labels.remarks,
            labels.source,
        )
    ]
    for cell in report.matrix.cells:
        if cell.block is RvoBlock.COMMUTE or cell.derivation.note or cell.derivation.steps:
            yield _derivation(cell, labels)


def _derivation(cell: Cell, labels: ReportLabels) -> Row:
    derivation = cell.derivation
    week_km = None if derivation.week_metres is None else derivation.week_metres / 1000
    remarks = [
        labels.flags[flag] if flag in SIGN_FLAGS else f"{labels.flags[flag]}: {count}"
        for flag, count in derivation.flags.items()
    ]
    remarks = [_step(step, labels) for step in derivation.steps] + remarks
    if derivation.days_per_year is not None:
        remarks = [
            f"{labels.days_per_year}: {derivation.days_per_year}",
            f"{labels.with_rhythm}: {derivation.with_rhythm}",
            *remarks,
        ]
    if derivation.undetermined_reason is not None:
        remarks.insert(0, labels.reasons[derivation.undetermined_reason])
    if derivation.note:
        remarks.insert(0, derivation.note)
    return [
        labels.blocks[cell.block],
        labels.lines[cell.line],
        labels.origins[cell.origin],
        labels.methods[derivation.method],
        _shown(week_km),
        derivation.weeks_per_year,
        derivation.respondents,
        derivation.headcount,
        _shown(derivation.exact_km),
        "; ".join(remarks),
        derivation.source,
    ]


def _step(step: Step, labels: ReportLabels) -> str:
    counted = f" ({step.count})" if step.count else ""
    return f"{labels.steps[step.kind]}{counted}: {_shown(step.amount):f}"


def _shown(value: Fraction | None) -> Decimal | None:
    """To the metre, for reading; the exact fraction is in the JSON export."""
    return None if value is None else Decimal(round_half_up(value * 1000)) / 1000
