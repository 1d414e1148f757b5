"""One import: a page per state, and the steps that HR takes on it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from surveys.domain.staff_file import StaffFileUnreadable
from surveys.domain.staff_file.columns import column_for_header
from surveys.enums import ImportState
from surveys.exports.staff import errors_workbook
from surveys.forms.staff import LayoutForm
from surveys.forms.staff_columns import ColumnsForm
from surveys.models import StaffImport
from surveys.selectors.staff_imports import staff_import_by_code
from surveys.services import staff_import as services
from surveys.services.staff_import_errors import staff_import_errors as all_errors
from surveys.services.staff_import_progress import import_progress
from surveys.staff_file_sentences import file_sentence, mapping_sentence
from surveys.views.staff.download import workbook_response
from surveys.views.staff.outcome import failure_sentence, outcome_of
from wpm_platform import clock
from wpm_platform.organisations.door.addresses import console_redirect
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right
from wpm_platform.organisations.selectors.places import legal_entities

WORKING = (ImportState.CHECKING, ImportState.APPLYING)


@needs(Right.MANAGE_STAFF)
@require_safe
def staff_import(request: ConsoleRequest, code: UUID) -> HttpResponse:
    found = _found(request, code)
    wants_columns = "columns" in request.GET and found.state in services.OPEN_STATES
    if found.state == ImportState.UPLOADED or wants_columns:
        return _columns_page(request, found)
    context: dict[str, Any] = {"import": found}
    if found.state in WORKING:
        context["progress"] = import_progress(found.code)
        return render(request, "staff/staff_import_working.html", context)
    if found.state in (ImportState.CHECKED, ImportState.APPLIED):
        context["outcome"] = outcome_of(found)
    if found.state == ImportState.FAILED:
        context["failure"] = failure_sentence(found)
    return render(request, f"staff/staff_import_{found.state}.html", context)


@needs(Right.MANAGE_STAFF)
@require_safe
def staff_import_progress(request: ConsoleRequest, code: UUID) -> HttpResponse:
    """The part of the page that changes while a worker is busy; tells htmx to load the page when it is done."""
    found = _found(request, code)
    if found.state not in WORKING:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "staff/_progress.html", {"import": found, "progress": import_progress(found.code)})


@needs(Right.MANAGE_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def staff_import_layout(request: ConsoleRequest, code: UUID) -> HttpResponse:
    found = _found(request, code)
    if request.method != "POST":
        # Whoever reloads or switches the language on a page with mistakes begins again from the file's page.
        return console_redirect(request, "staff_import", code=code)
    form = LayoutForm(request.POST, layout=found.layout)
    if not form.is_valid():
        return _columns_page(request, found, layout_form=form)
    try:
        services.choose_layout(staff_import=found, options=form.options())
    except StaffFileUnreadable as unreadable:
        form.add_error(None, file_sentence(code=unreadable.code, detail=unreadable.detail))
        return _columns_page(request, found, layout_form=form)
    except services.StaffImportNotOpen:
        return _not_open(request, code)
    return console_redirect(request, "staff_import", code=code)


@needs(Right.MANAGE_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def staff_import_columns(request: ConsoleRequest, code: UUID) -> HttpResponse:
    found = _found(request, code)
    if request.method != "POST":
        # Whoever reloads or switches the language on a page with mistakes begins again from the file's page.
        return console_redirect(request, "staff_import", code=code)
    form = _columns_form(request, found, data=request.POST)
    if not form.is_valid():
        return _columns_page(request, found, form=form)
    try:
        services.choose_mapping(
            staff_import=found,
            mapping=form.mapping(),
            legal_entity=form.cleaned_data.get("legal_entity"),
            marks_leavers=form.cleaned_data["marks_leavers"],
        )
    except services.MappingNotUsable as unusable:
        for problem in unusable.problems:
            form.add_error(None, mapping_sentence(problem))
        return _columns_page(request, found, form=form)
    except services.LegalEntityMissing:
        field = "legal_entity" if form.entities else None
        form.add_error(field, _("Choose a KvK number, or the column that holds it."))
        return _columns_page(request, found, form=form)
    except services.StaffImportNotOpen:
        return _not_open(request, code)
    return console_redirect(request, "staff_import", code=code)


@needs(Right.MANAGE_STAFF)
@require_POST
def staff_import_apply(request: ConsoleRequest, code: UUID) -> HttpResponse:
    try:
        services.confirm_staff_import(
            staff_import=_found(request, code),
            actor=request.user,
            skips_wrong_rows=request.POST.get("skips_wrong_rows") == "on",
            now=clock.now(),
        )
    except services.RowsWithErrors:
        messages.error(request, _("Tick that the rows with errors may be skipped, or send in a corrected file."))
    except services.StaffImportNotOpen:
        return _not_open(request, code)
    return console_redirect(request, "staff_import", code=code)


@needs(Right.MANAGE_STAFF)
@require_POST
def staff_import_cancel(request: ConsoleRequest, code: UUID) -> HttpResponse:
    try:
        services.cancel_staff_import(staff_import=_found(request, code), actor=request.user, now=clock.now())
    except services.StaffImportNotOpen:
        return _not_open(request, code)
    messages.success(request, _("The file is deleted. Your staff list has not changed."))
    return console_redirect(request, "staff_import_new")


@needs(Right.MANAGE_STAFF)
@require_safe
def staff_import_errors(request: ConsoleRequest, code: UUID) -> HttpResponse:
    """Every error of the file as a workbook."""
    found = _found(request, code)
    if found.state not in (ImportState.CHECKED, ImportState.APPLIED):
        raise Http404
    return workbook_response(errors_workbook(all_errors(staff_import=found)), filename="errors.xlsx")


def _found(request: ConsoleRequest, code: UUID) -> StaffImport:
    found = staff_import_by_code(organisation=request.organisation, code=code)
    if found is None:
        raise Http404
    return found


def _not_open(request: ConsoleRequest, code: UUID) -> HttpResponse:
    messages.warning(request, _("This file is already being worked on, applied or cancelled. Here is how it stands."))
    return console_redirect(request, "staff_import", code=code)


def _columns_form(request: ConsoleRequest, found: StaffImport, *, data: Any = None) -> ColumnsForm:
    return ColumnsForm(
        data,
        staff_import=found,
        entities=list(legal_entities(organisation=request.organisation)),
        kept=services.storable_fields(request.organisation),
    )


def _columns_page(
    request: ConsoleRequest,
    found: StaffImport,
    *,
    form: ColumnsForm | None = None,
    layout_form: LayoutForm | None = None,
) -> HttpResponse:
    if found.state not in services.OPEN_STATES:
        return _not_open(request, found.code)
    form = form or _columns_form(request, found)
    sample = found.layout.get("sample", [])
    columns = [
        (form[name], [cells[index] for _line, cells in sample if index < len(cells) and cells[index]][:3])
        for index, name in enumerate(form.column_names())
    ]
    context = {
        "import": found,
        "form": form,
        "layout_form": layout_form or LayoutForm(layout=found.layout),
        "columns": columns,
        "personal": _not_kept(request, found),
        "rows_at_most": found.layout["last_line"] - found.layout["header_line"],
    }
    has_errors = bool(form.errors or (layout_form and layout_form.errors))
    return render(request, "staff/staff_import_columns.html", context, status=422 if has_errors else 200)


def _not_kept(request: ConsoleRequest, found: StaffImport) -> list[str]:
    """Headers of names and birth years, while the organisation does not keep these."""
    kept = services.storable_fields(request.organisation)
    known = [(header, column_for_header(header)) for header in found.headers if header]
    return [header for header, column in known if column and column.name not in kept]
