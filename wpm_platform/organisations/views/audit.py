"""The audit trail: who did what and when."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wpm_platform.organisations.action_labels import action_label, is_about_staff
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.event_facts import event_facts
from wpm_platform.organisations.forms.audit import AuditFilterForm
from wpm_platform.organisations.models import AuditEvent
from wpm_platform.organisations.permissions import Right
from wpm_platform.organisations.selectors.audit_trail import audit_trail, audited_actions, audited_people
from wpm_platform.organisations.selectors.event_names import event_names

PER_PAGE = 50


@needs(Right.VIEW_SETTINGS)
@require_safe
def settings_audit(request: ConsoleRequest) -> HttpResponse:
    form = AuditFilterForm(
        request.GET or None,
        actions=audited_actions(organisation=request.organisation),
        people=audited_people(organisation=request.organisation),
    )
    chosen = form.cleaned_data if form.is_valid() else {}
    events = audit_trail(
        organisation=request.organisation,
        action=chosen.get("action", ""),
        person_email=chosen.get("person", ""),
    )
    page = Paginator(events, PER_PAGE).get_page(request.GET.get("page"))
    names = event_names(organisation=request.organisation, events=page)
    sees_staff = request.place.holds(Right.VIEW_STAFF)
    rows = [_row(event, names=names, is_told=sees_staff or not is_about_staff(event.action)) for event in page]
    context = {"form": form, "page": page, "rows": rows}
    return render(request, "organisations/settings_audit.html", context)


def _row(event: AuditEvent, *, names: dict[str, str], is_told: bool) -> dict[str, object]:
    """An event as it is read; about staff, only that it happened, for who may not see staff."""
    return {
        "event": event,
        "action": action_label(event.action),
        "subject": names.get(event.subject, event.subject) if is_told else "",
        "facts": event_facts(event.detail if is_told else {}, names=names),
    }
