"""The summary for the works council, to read and to print; in Dutch."""

import datetime
from dataclasses import asdict
from pathlib import Path

from django.utils import translation
from django.utils.text import slugify

from reporting.council_summary import CouncilSummary, council_summary
from reporting.selectors.council_facts import council_facts
from reporting.services.exports import ReportFile
from wpm_platform.organisations.models import Organisation
from wpm_platform.printing import pdf_of

TEMPLATE = Path(__file__).parent.parent / "exports" / "typst" / "council.typ"


def dutch_summary(*, organisation: Organisation, today: datetime.date) -> CouncilSummary:
    """In Dutch, whatever the reader's language: the council reads it, and it is kept with its papers."""
    with translation.override("nl"):
        return council_summary(council_facts(organisation=organisation, today=today))


def council_file(*, organisation: Organisation, today: datetime.date) -> ReportFile:
    """PDF/UA-1. The same settings and day always give the same bytes."""
    summary = dutch_summary(organisation=organisation, today=today)
    with translation.override("nl"):
        words = {"language": "nl", "page_of": translation.gettext("page {page} of {pages}")}
    return ReportFile(
        name=f"reisenquete-{slugify(organisation.slug)}-ondernemingsraad.pdf",
        content_type="application/pdf",
        content=pdf_of(TEMPLATE, summary={**asdict(summary), **words}),
    )
