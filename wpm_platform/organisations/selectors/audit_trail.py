"""The audit trail, filtered."""

from django.db.models import QuerySet

from wpm_platform.organisations.models import AuditEvent, Organisation


def audit_trail(*, organisation: Organisation, action: str = "", person_email: str = "") -> QuerySet[AuditEvent]:
    """Events, the newest first. action: exactly this one; person_email: by this person only; "" for all."""
    events = AuditEvent.objects.filter(organisation=organisation).select_related("actor").defer("actor__password")
    if action:
        events = events.filter(action=action)
    if person_email:
        events = events.filter(actor__email=person_email)
    return events


def audited_actions(*, organisation: Organisation) -> list[str]:
    """The actions that occur, by name."""
    events = AuditEvent.objects.filter(organisation=organisation).order_by("action")
    return list(events.values_list("action", flat=True).distinct())


def audited_people(*, organisation: Organisation) -> list[tuple[str, str]]:
    """Address and name of everybody who did something, by name."""
    events = AuditEvent.objects.filter(organisation=organisation, actor__isnull=False)
    pairs = events.order_by("actor__name", "actor__email").values_list("actor__email", "actor__name").distinct()
    return [(email, name or email) for email, name in pairs]
