"""Work patterns: the list, and the grid in which one is made or changed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from surveys.domain.work_pattern import MOST_WEEKS
from surveys.forms.work_patterns import (
    WorkPatternForm,
    new_pattern,
    pattern_as_filled_in,
    posted_values,
    posted_weeks,
    with_another_week,
)
from surveys.models import WorkPattern
from surveys.selectors.work_patterns import (
    coming_weeks,
    cycle_of,
    monday_of,
    pattern_by_code,
    pattern_lines,
    pattern_version,
    people_with,
    recent_changes,
)
from surveys.services.work_patterns import PatternInUse, PatternRefused, change_pattern, delete_pattern, make_pattern
from wpm_platform import clock
from wpm_platform.organisations.door.addresses import console_redirect
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right


@needs(Right.MANAGE_STAFF)
@require_safe
def staff_patterns(request: ConsoleRequest) -> HttpResponse:
    context = {
        "lines": pattern_lines(organisation=request.organisation),
        "changes": recent_changes(organisation=request.organisation, now=clock.now()),
    }
    return render(request, "staff/staff_patterns.html", context)


@needs(Right.MANAGE_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def staff_pattern_new(request: ConsoleRequest) -> HttpResponse:
    return _grid_page(request, pattern=None)


@needs(Right.MANAGE_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def staff_pattern(request: ConsoleRequest, code: UUID) -> HttpResponse:
    return _grid_page(request, pattern=_found(request, code))


@needs(Right.MANAGE_STAFF)
@require_POST
def staff_pattern_delete(request: ConsoleRequest, code: UUID) -> HttpResponse:
    pattern = _found(request, code)
    try:
        delete_pattern(pattern=pattern, actor=request.user, now=clock.now())
    except PatternInUse as in_use:
        messages.error(request, str(in_use))
        return console_redirect(request, "staff_pattern", code=code)
    messages.success(request, _("The work pattern “%(name)s” has been deleted.") % {"name": pattern.name})
    return console_redirect(request, "staff_patterns")


def _found(request: ConsoleRequest, code: UUID) -> WorkPattern:
    pattern = pattern_by_code(organisation=request.organisation, code=code)
    if pattern is None:
        raise Http404
    return pattern


def _grid_page(request: ConsoleRequest, *, pattern: WorkPattern | None) -> HttpResponse:
    """The grid: as it is stored, with a week more or less, with its mistakes; or saved."""
    if request.method != "POST":
        return _shown(request, _stored_form(pattern), pattern=pattern)
    weeks = posted_weeks(request.POST)
    form = WorkPatternForm(request.POST, weeks=weeks)
    if "add_week" in request.POST or "remove_week" in request.POST:
        return _shown(request, _other_length(request.POST, weeks=weeks), pattern=pattern)
    if not form.is_valid() or "preview" in request.POST:
        return _shown(request, form, pattern=pattern)
    try:
        _save(request, form, pattern=pattern)
    except PatternRefused as refused:
        form.add_error("name", str(refused))
        return _shown(request, form, pattern=pattern)
    return console_redirect(request, "staff_patterns")


def _stored_form(pattern: WorkPattern | None) -> WorkPatternForm:
    if pattern is None or cycle_of(pattern) is None:
        return WorkPatternForm(weeks=1, initial=new_pattern(today=clock.today()))
    return WorkPatternForm(weeks=len(pattern.weeks), initial=pattern_as_filled_in(pattern))


def _other_length(data: Any, *, weeks: int) -> WorkPatternForm:
    if "add_week" in data and weeks < MOST_WEEKS:
        return WorkPatternForm(weeks=weeks + 1, initial=with_another_week(data, weeks=weeks))
    fewer = max(1, weeks - 1) if "remove_week" in data else weeks
    return WorkPatternForm(weeks=fewer, initial=posted_values(data))


def _save(request: ConsoleRequest, form: WorkPatternForm, *, pattern: WorkPattern | None) -> None:
    """Raises PatternRefused."""
    values: dict[str, Any] = {"actor": request.user, "now": clock.now()}
    values |= {"name": form.cleaned_data["name"], "cycle": form.cycle()}
    if pattern is None:
        make_pattern(organisation=request.organisation, **values)
    else:
        change_pattern(pattern=pattern, seen=request.POST.get("seen", ""), **values)
    messages.success(request, _("Saved: %(name)s.") % {"name": form.cleaned_data["name"]})
    if form.moved_start and form.weeks > 1:
        day = date_format(form.moved_start, "j F Y")
        messages.info(request, _("A cycle begins on a Monday: we took %(day)s.") % {"day": day})


def _shown(request: ConsoleRequest, form: WorkPatternForm, *, pattern: WorkPattern | None) -> HttpResponse:
    monday = monday_of(clock.today())
    is_good = form.is_bound and form.is_valid()
    cycle = form.cycle() if is_good else (cycle_of(pattern) if pattern and not form.is_bound else None)
    context = {
        "form": form,
        "pattern": pattern,
        "seen": request.POST.get("seen") or (pattern_version(pattern) if pattern else ""),
        "people": people_with(pattern).count() if pattern else 0,
        "coming": coming_weeks(cycle, monday=monday),
        "moved_start": form.moved_start if is_good and form.weeks > 1 else None,
        "may_add": form.weeks < MOST_WEEKS,
    }
    return render(request, "staff/staff_pattern.html", context, status=422 if form.errors else 200)
