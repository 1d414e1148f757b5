"""The staff list, and the same as a workbook."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from surveys.enums import ReadPage
from surveys.exports.staff import staff_workbook
from surveys.selectors import staff as selectors
from surveys.views.staff.download import workbook_response
from surveys.views.staff.filtering import filter_form
from surveys.views.staff.reading import note_reading
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right

PER_PAGE = 50


@needs(Right.VIEW_STAFF)
@require_safe
def staff_list(request: ConsoleRequest) -> HttpResponse:
    organisation, site_id = request.organisation, request.place.site_id
    form = filter_form(request)
    wanted = form.wanted()
    people = selectors.staff_list(organisation=organisation, wanted=wanted, site_id=site_id)
    here, without_email = selectors.staff_counts(organisation=organisation, site_id=site_id)
    context = {
        "form": form,
        "wanted": wanted,
        "page": Paginator(people, PER_PAGE).get_page(request.GET.get("page")),
        "here": here,
        "without_email": without_email,
        "has_patterns": "pattern" in form.fields,
        "is_empty": not wanted.is_narrow and here == 0,
        "shows_names": organisation.stores_names,
    }
    return render(request, "staff/staff_list.html", context)


@needs(Right.VIEW_STAFF)
@require_safe
def staff_export(request: ConsoleRequest) -> HttpResponse:
    """The people of the list as it is filtered."""
    people = selectors.staff_list(
        organisation=request.organisation, wanted=filter_form(request).wanted(), site_id=request.place.site_id
    )
    note_reading(request, ReadPage.EXPORT, people.values_list("pk", flat=True))
    return workbook_response(staff_workbook(people.iterator(chunk_size=2000)), filename="staff.xlsx")
