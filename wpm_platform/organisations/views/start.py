"""The first page after login: the way to the person's organisation."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from wpm_platform.organisations.selectors.memberships import places_of


@require_safe
@login_required
def start_page(request: HttpRequest) -> HttpResponse:
    """Goes to the only organisation, or lists them; explains when there is none."""
    places = places_of(user_id=request.user.pk or 0)
    if len(places) == 1:
        return redirect("console_start", slug=places[0].slug)
    return render(request, "organisations/start_page.html", {"places": places})
