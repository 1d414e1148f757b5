"""The filters of the staff list, from the address."""

from surveys.forms.staff import StaffFilterForm
from surveys.selectors import staff as selectors
from surveys.selectors.work_patterns import work_patterns
from wpm_platform.organisations.door.request import ConsoleRequest


def filter_form(request: ConsoleRequest) -> StaffFilterForm:
    organisation, site_id = request.organisation, request.place.site_id
    return StaffFilterForm(
        request.GET,
        sites=list(selectors.staff_sites(organisation=organisation, site_id=site_id)),
        departments=selectors.departments(organisation=organisation, site_id=site_id),
        functions=selectors.functions(organisation=organisation, site_id=site_id),
        patterns=list(work_patterns(organisation=organisation)),
    )
