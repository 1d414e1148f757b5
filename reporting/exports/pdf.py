"""The report to read and to print: PDF/UA-1, in the language at hand."""

from pathlib import Path

from django.utils.translation import get_language

from reporting.exports.evidence import Evidence
from reporting.exports.exported_report import ReportLabels
from reporting.exports.pdf_facts import facts_parts
from reporting.exports.pdf_figures import figure_parts
from wpm_platform.printing import pdf_of

TEMPLATE = Path(__file__).parent / "typst" / "report.typ"


def report_pdf(evidence: Evidence, *, labels: ReportLabels) -> bytes:
    """The figures in the form's order, how they came about, and who was counted and asked.

    Made from the stored version alone: the same version and language always give the same bytes. For a draft the part
    that is kept when a report is frozen is left out, and every page says that it is a draft.
    """
    parts = {"language": get_language() or "nl", **figure_parts(evidence, labels), **facts_parts(evidence, labels)}
    return pdf_of(TEMPLATE, report=parts)
