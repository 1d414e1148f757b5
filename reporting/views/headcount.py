"""Who counts on the reference date, with the reason for everybody who does not."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting.domain.headcount import HeadcountReason
from reporting.selectors.headcount_page import chosen_entity, chosen_year, headcount_page
from reporting.selectors.reports import legal_entities
from reporting.selectors.yearly_path import current_reporting_year
from reporting.staff_labels import HEADCOUNT_LABELS
from wpm_platform import clock
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right

PER_PAGE = 50


@needs(Right.VIEW_REPORTS)
@require_safe
def headcount(request: ConsoleRequest) -> HttpResponse:
    """Counts for everybody who may see reports; the people behind them for who may see the staff list."""
    entities = legal_entities(organisation=request.organisation)
    entity = chosen_entity(entities, code=request.GET.get("entity", ""))
    if entity is None:
        return render(request, "reporting/headcount_empty.html")
    year = chosen_year(request.GET.get("year", ""), default=current_reporting_year(today=clock.today()))
    page = headcount_page(
        organisation=request.organisation,
        legal_entity=entity,
        reporting_year=year,
        reason=request.GET.get("reason", ""),
    )
    people = None
    if request.place.holds(Right.VIEW_STAFF):
        people = Paginator(page.people, PER_PAGE).get_page(request.GET.get("page"))
    rows = [(person, HEADCOUNT_LABELS[HeadcountReason(person.reason_code)]) for person in people or ()]
    context = {"page": page, "entities": entities, "people": people, "rows": rows}
    return render(request, "reporting/headcount.html", context)
