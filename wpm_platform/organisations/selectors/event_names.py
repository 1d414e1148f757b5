"""Names of what an audit event is about: people know their campaign by its name, not by its code."""

from collections.abc import Iterable
from uuid import UUID

from django.apps import apps

from wpm_platform.organisations.models import AuditEvent, Organisation

# Model → what its name is made of. The parts above this one are named, not imported.
NAMED = {
    "surveys.Campaign": ("name",),
    "reporting.Report": ("legal_entity__name", "reporting_year"),
}


def event_names(*, organisation: Organisation, events: Iterable[AuditEvent]) -> dict[str, str]:
    """Code → name, of every campaign and report that these events mention; one query for each model."""
    codes = {code for event in events for code in _codes(event)}
    names: dict[str, str] = {}
    for model, fields in NAMED.items() if codes else ():
        rows = apps.get_model(model).objects.filter(organisation=organisation, code__in=codes)
        names |= {str(code): " ".join(map(str, parts)) for code, *parts in rows.values_list("code", *fields)}
    return names


def _codes(event: AuditEvent) -> set[str]:
    mentioned = [event.subject, *event.detail.values()]
    return {text for text in mentioned if isinstance(text, str) and _is_code(text)}


def _is_code(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
