"""Every file of a report: the exports, the report to print, and the evidence."""

from django.utils.text import slugify
from django.utils.translation import gettext as _

from reporting.exports.pdf import report_pdf
from reporting.models import ReportVersion
from reporting.services.evidence import EVIDENCE_TYPE, evidence_file, evidence_of
from reporting.services.exports import CONTENT_TYPES, ReportFile, export_labels, report_file

PDF_TYPE = "application/pdf"
FILE_TYPES = {**CONTENT_TYPES, "pdf": PDF_TYPE, "zip": EVIDENCE_TYPE}


def version_file(version: ReportVersion, *, file_format: str) -> ReportFile:
    """xlsx, csv, json, pdf, or zip for the evidence. The same version and language always give the same bytes.

    Raises `ExportFormatUnknown`, and `EvidenceNotReady` for the evidence of a draft.
    """
    if file_format == "zip":
        return evidence_file(version)
    if file_format == "pdf":
        return _report_pdf(version)
    return report_file(version, file_format=file_format)


def _report_pdf(version: ReportVersion) -> ReportFile:
    evidence = evidence_of(version)
    report = evidence.report
    version_word = slugify(_("version"))
    name = f"wpm-{report.reporting_year}-{report.kvk_number}-{version_word}-{report.version}.pdf"
    return ReportFile(name=name, content_type=PDF_TYPE, content=report_pdf(evidence, labels=export_labels()))
