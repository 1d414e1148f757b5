"""The accessibility statement: what was tested and how, what is not known, and whom to tell."""

import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from surveys.views.employer.page import employer_or_404

# When somebody last read the statement beside the tests; a change of either asks for it again.
STATED_ON = datetime.date(2026, 11, 21)


@never_cache
@require_safe
def accessibility(request: HttpRequest, slug: str = "") -> HttpResponse:
    """For an employer's people with their employer's contact; without one for everybody, with the operator's."""
    context = {
        "organisation": employer_or_404(slug) if slug else None,
        "operator_contact": settings.ACCESSIBILITY_CONTACT,
        "stated_on": STATED_ON,
    }
    return render(request, "employer/accessibility.html", context)
