"""The report as a table of 44 rows for a spreadsheet: `;`, byte order mark, Dutch decimals."""

from collections.abc import Iterator, Sequence

from reporting.exports.estimate import estimate_columns, estimate_values
from reporting.exports.exported_report import ExportedReport, ReportLabels
from wpm_platform.spreadsheets.cells import CellValue, csv_bytes


def report_csv(report: ExportedReport, *, labels: ReportLabels) -> bytes:
    """One heading and one row per cell, in the form's order; an undetermined cell has an empty value.

    A report of an estimate has five columns more: guidance, observed, estimate, interval.
    """
    return csv_bytes(_rows(report, labels))


def _rows(report: ExportedReport, labels: ReportLabels) -> Iterator[Sequence[CellValue]]:
    yield [
        labels.kvk_number,
        labels.reporting_year,
        labels.headcount,
        labels.block,
        labels.block,
        labels.line,
        labels.line,
        labels.value,
        labels.unit,
        labels.origin,
        labels.method,
        *(estimate_columns(labels) if report.estimate else ()),
    ]
    for cell in report.matrix.cells:
        yield [
            report.kvk_number,
            report.reporting_year,
            report.headcount,
            cell.block.value,
            labels.blocks[cell.block],
            cell.line.number,
            labels.lines[cell.line],
            cell.value,
            labels.units[cell.unit],
            labels.origins[cell.origin],
            labels.methods[cell.derivation.method],
            *(estimate_values(cell) if report.estimate else ()),
        ]
