"""The bare view: writes one row and says so."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.urls import path
from django.views.decorators.http import require_http_methods

from tests.benchmarks.bench_journey.bare.models import Row

FORM = '<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="{}"></form>'


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        row = Row.objects.create(choice=request.POST["choice"])
        return HttpResponse(f"row {row.pk}")
    return HttpResponse(FORM.format(get_token(request)))


urlpatterns = [path("bare/", write)]
