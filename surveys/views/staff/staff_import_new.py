"""Choosing a file, the example to fill in, and earlier files."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from surveys.domain.staff_file import StaffFileUnreadable, example_table
from surveys.exports.staff import example_workbook
from surveys.forms.staff import StaffFileForm
from surveys.selectors.staff_imports import staff_imports
from surveys.services.staff_import import upload_staff_file
from surveys.staff_file_sentences import field_meanings, file_sentence
from surveys.views.staff.download import workbook_response
from wpm_platform import clock
from wpm_platform.organisations.door.addresses import console_redirect
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right
from wpm_platform.organisations.selectors.places import legal_entities

EARLIER = 20


@needs(Right.MANAGE_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def staff_import_new(request: ConsoleRequest) -> HttpResponse:
    organisation = request.organisation
    form = StaffFileForm(request.POST, request.FILES) if request.method == "POST" else StaffFileForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            staff_import = upload_staff_file(
                organisation=organisation,
                actor=request.user,
                filename=file.name,
                content=file.read(),
                now=clock.now(),
            )
        except StaffFileUnreadable as unreadable:
            form.add_error("file", file_sentence(code=unreadable.code, detail=unreadable.detail))
        else:
            return console_redirect(request, "staff_import", code=staff_import.code)
    context = {
        "form": form,
        "fields": field_meanings(),
        "earlier": staff_imports(organisation=organisation)[:EARLIER],
        "has_legal_entity": legal_entities(organisation=organisation).exists(),
    }
    return render(request, "staff/staff_import_new.html", context, status=422 if form.errors else 200)


@needs(Right.MANAGE_STAFF)
@require_safe
def staff_example(request: ConsoleRequest, language: str) -> HttpResponse:
    """The filled-in example in Dutch or English."""
    names = {"nl": "voorbeeld-medewerkers.xlsx", "en": "example-staff.xlsx"}
    return workbook_response(example_workbook(example_table(language)), filename=names.get(language, names["en"]))
