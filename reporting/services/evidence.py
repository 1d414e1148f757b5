"""The evidence file of a frozen version: how the figures came about, to be handed to the environmental agency."""

from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.domain.least_inputs import least_inputs
from reporting.enums import ReportState
from reporting.exports.csv import report_csv
from reporting.exports.evidence import EarlierVersion, Evidence, coarse_report, evidence_json, evidence_schema_bytes
from reporting.exports.evidence_zip import (
    DOCUMENT,
    DOCUMENT_SCHEMA,
    HASHES,
    READ_ME,
    REPORT_CSV,
    REPORT_PDF,
    REPORT_SCHEMA,
    REPORT_XLSX,
    evidence_zip,
)
from reporting.exports.exported_report import ExportedReport
from reporting.exports.json import report_schema_bytes
from reporting.exports.pdf import report_pdf
from reporting.exports.xlsx import report_xlsx
from reporting.method_statement import method_statement
from reporting.models import ReportVersion
from reporting.selectors.versions import stored_card, stored_facts, stored_source_of
from reporting.services.exports import ReportFile, export_labels, exported_report
from surveys.domain.calendar import local_date
from wpm_platform.organisations.services.refusal import Refused

EVIDENCE_TYPE = "application/zip"


class EvidenceNotReady(Refused):
    """Only a frozen or filed version has evidence: a draft can still change."""

    sentence = gettext_lazy("Freeze the report first. A draft can still change, so there is nothing yet to stand for.")


def evidence_file(version: ReportVersion) -> ReportFile:
    """The ZIP, in Dutch. The same version always gives the same bytes, also after its answers are gone.

    `version.report.legal_entity` is read. Raises `EvidenceNotReady` for a draft.
    """
    if version.state == ReportState.DRAFT:
        raise EvidenceNotReady
    with translation.override("nl"):
        evidence = evidence_of(version)
        report, labels = coarse_report(evidence.report), export_labels()
        members = {
            READ_ME: _read_me(evidence).encode(),
            REPORT_PDF: report_pdf(evidence, labels=labels),
            REPORT_XLSX: report_xlsx(report, labels=labels),
            REPORT_CSV: report_csv(report, labels=labels),
            DOCUMENT: evidence_json(evidence),
            DOCUMENT_SCHEMA: evidence_schema_bytes(),
            REPORT_SCHEMA: report_schema_bytes(),
        }
        words = slugify(_("version")), slugify(_("evidence"))
        name = f"wpm-{report.reporting_year}-{report.kvk_number}-{words[0]}-{report.version}-{words[1]}.zip"
    return ReportFile(name=name, content_type=EVIDENCE_TYPE, content=evidence_zip(members))


def evidence_of(version: ReportVersion) -> Evidence:
    """A version with all that its figures follow from, in the language at hand; facts are None for a draft."""
    inputs, parameters = stored_source_of(version)
    report = exported_report(version)
    return Evidence(
        report=report,
        inputs=least_inputs(inputs, parameters),
        parameters=parameters,
        software_version=version.software_version,
        frozen_on=local_date(version.frozen_at) if version.frozen_at else None,
        earlier=_earlier_versions(version),
        statement=method_statement(inputs=inputs, parameters=parameters, matrix=report.matrix),
        facts=stored_facts(version),
        model_card=stored_card(version),
    )


def _earlier_versions(version: ReportVersion) -> tuple[EarlierVersion, ...]:
    """Oldest first; each was reopened before this version began, so none of them changes any more."""
    rows = ReportVersion.objects.filter(
        organisation_id=version.organisation_id, report=version.report_id, number__lt=version.number
    )
    return tuple(
        EarlierVersion(
            number=row.number,
            inputs_hash=row.inputs_hash,
            filed_on=row.filed_on,
            filing_reference=row.filing_reference,
            reopened_on=local_date(row.reopened_at),
            reason=row.reopened_reason,
        )
        for row in rows.order_by("number")
        if row.reopened_at
    )


def _read_me(evidence: Evidence) -> str:
    report = evidence.report
    lines = [
        _("Evidence of the WPM report %(year)s of %(employer)s, KvK %(kvk)s, version %(version)s")
        % {
            "year": report.reporting_year,
            "employer": report.legal_entity_name,
            "kvk": report.kvk_number,
            "version": report.version,
        },
        "",
        *(f"{names}: {meaning}" for names, meaning in _meanings()),
        "",
        *_estimate_said(report),
        _("This file holds no personal data: totals of the employer only, and groups of five people and more."),
        _("Whoever runs the platform computes every figure again, from this file alone, with:"),
        "  manage.py verify_evidence FILE",
        "",
    ]
    return "\n".join(lines)


def _estimate_said(report: ExportedReport) -> list[str]:
    if report.estimate is None:
        return []
    return [
        _(
            "Block 4 is an estimate of those who did not answer, not a measurement. %(document)s holds it with its"
            " intervals, the figures by the guidance, and the model card: how it was made and what it cannot do."
        )
        % {"document": DOCUMENT}
    ]


def _meanings() -> tuple[tuple[str, str], ...]:
    return (
        (REPORT_PDF, _("the report to read: figures, method, response, parameters")),
        (f"{REPORT_XLSX}, {REPORT_CSV}", _("the 44 figures in the order of the form of RVO")),
        (DOCUMENT, _("the same for machines: what every figure is computed from, and how")),
        (f"{DOCUMENT_SCHEMA}, {REPORT_SCHEMA}", _("what each field of it means (JSON Schema)")),
        (HASHES, _("the hash of each file; check them with: sha256sum --check SHA256SUMS")),
    )
