"""The audit trail: who did what and when."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wpm_platform.organisations.action_labels import action_label, detail_lines
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.forms.audit import AuditFilterForm
from wpm_platform.organisations.permissions import Right
from wpm_platform.organisations.selectors.audit_trail import audit_trail, audited_actions, audited_people

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
    context = {
        "form": form,
        "page": page,
        "rows": [(event, action_label(event.action), detail_lines(event.detail)) for event in page],
    }
    return render(request, "organisations/settings_audit.html", context)
