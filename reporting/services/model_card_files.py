"""The files of a model card."""

from django.utils.text import slugify
from django.utils.translation import gettext as _

from reporting.algorithm_register import RegisterField, register_fields
from reporting.exports.model_card import card_json, card_pdf, register_json
from reporting.models import Report
from reporting.selectors.model_card import StoredCard
from reporting.services.exports import ExportFormatUnknown, ReportFile

JSON_TYPE = "application/json"


def card_register(report: Report, stored: StoredCard) -> list[RegisterField]:
    """The record for the algorithm register; the estimate is found again by its run."""
    return register_fields(stored.card, organisation_name=report.organisation.name, source_id=str(stored.run.code))


def card_file(report: Report, stored: StoredCard, *, file_format: str) -> ReportFile:
    """pdf, json, or register for the algorithm register. Raises `ExportFormatUnknown`."""
    name = f"wpm-{report.reporting_year}-{report.legal_entity.kvk_number}-{slugify(_('model card'))}"
    if file_format == "json":
        return ReportFile(name=f"{name}.json", content_type=JSON_TYPE, content=card_json(stored.card))
    if file_format == "register":
        content = register_json(card_register(report, stored))
        return ReportFile(name=f"{name}-algoritmeregister.json", content_type=JSON_TYPE, content=content)
    if file_format == "pdf":
        content = card_pdf(
            stored.card,
            fields=card_register(report, stored),
            employer=report.legal_entity.name,
            about=card_subject(report),
        )
        return ReportFile(name=f"{name}.pdf", content_type="application/pdf", content=content)
    raise ExportFormatUnknown(file_format)


def card_subject(report: Report) -> str:
    return _("Model card of the estimate of commuting, WPM report %(year)s") % {"year": str(report.reporting_year)}
