"""One person: facts, what they were asked, and the little that is corrected by hand."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from surveys.enums import ReadPage
from surveys.forms.staff import EmployeeForm
from surveys.forms.work_patterns import PatternChoiceForm
from surveys.models import Employee
from surveys.selectors.exclusion_labels import exclusion_label
from surveys.selectors.invitation_history import exclusions_of, invitation_history
from surveys.selectors.person_mail import mail_standing
from surveys.selectors.staff import person
from surveys.selectors.work_patterns import cycle_of, weeks_of, work_patterns
from surveys.services.staff_changes import change_employee
from surveys.views.staff.reading import note_reading
from wpm_platform import clock
from wpm_platform.organisations.door.addresses import console_redirect
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right


@needs(Right.VIEW_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def staff_person(request: ConsoleRequest, code: UUID) -> HttpResponse:
    organisation = request.organisation
    employee = person(organisation=organisation, code=code, site_id=request.place.site_id)
    if employee is None:
        raise Http404
    may_change = request.place.holds(Right.MANAGE_STAFF)
    if request.method == "POST" and not may_change:
        raise PermissionDenied
    form = EmployeeForm(request.POST if request.method == "POST" else None, instance=employee)
    if request.method == "POST" and form.is_valid():
        changed = change_employee(employee=employee, actor=request.user, now=clock.now(), **form.cleaned_data)
        if changed:
            messages.success(request, _("Saved. A next file with this column may overwrite it."))
        return console_redirect(request, "staff_person", code=code)
    note_reading(request, ReadPage.PERSON, [employee.pk])
    context = {
        "employee": employee,
        "form": form if may_change else None,
        "pattern_form": _pattern_form(employee) if may_change else None,
        "pattern_weeks": weeks_of(cycle_of(employee.work_pattern)) if employee.work_pattern else (),
        "history": invitation_history(organisation=organisation, employee=employee, now=clock.now()),
        "standing": mail_standing(organisation=organisation, employee=employee, now=clock.now()),
        "exclusions": [
            (member, exclusion_label(member.exclusion_reason))
            for member in exclusions_of(organisation=organisation, employee=employee)
        ],
    }
    return render(request, "staff/staff_person.html", context, status=422 if form.errors else 200)


def _pattern_form(employee: Employee) -> PatternChoiceForm:
    patterns = list(work_patterns(organisation=employee.organisation))
    current = employee.work_pattern
    return PatternChoiceForm(patterns=patterns, initial=str(current.code) if current else "")
