"""What the page of an estimate promises of its interval is what its method can."""

import pytest
from django.urls import reverse

from tests.factories import make_member
from tests.reporting.services.estimation.estimating import estimated, result_of
from tests.reporting.surveyed_employer import make_surveyed_report

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("people", "answered", "method", "told"),
    [
        (30, 18, "post_stratified_distance", "is het interval dus te smal"),
        (200, 120, "doubly_robust", "tot 2 keer zo makkelijk antwoorden als automobilisten"),
    ],
)
def test_a_small_surveys_page_does_not_promise_95_of_100(client, people, answered, method, told):
    report = make_surveyed_report(people=people, answered=answered)
    run = estimated(report)
    assert result_of(run).estimate["method"] == method
    client.force_login(make_member(report.organisation))
    where = {"slug": report.organisation.slug, "code": report.code, "run": run.code}
    shown = " ".join(client.get(reverse("report_estimation_run", kwargs=where)).content.decode().split())
    assert told in shown
    assert ("ligt bij ongeveer 95" in shown) is (method == "doubly_robust")
