"""HR reads on the result what a follow-up changed."""

import pytest
from django.urls import reverse

from tests.factories import make_member
from tests.reporting.selectors.test_follow_up import CLOSES, answer
from tests.reporting.services.estimation.estimating import start, work
from tests.reporting.surveyed_employer import make_surveyed_report

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("modes", "said"),
    [
        (["car", "bicycle", "public_transport", "bicycle"] * 6, "antwoordden hooguit 1,"),
        (["car"] * 60, "Zij rijden vaker auto dan aangenomen: het interval is breder"),
    ],
)
def test_result_says_what_the_silent_told(client, modes, said):
    report = make_surveyed_report(people=200, answered=100)
    answer(report, modes)
    run = start(report)
    work(run, at=CLOSES)
    client.force_login(make_member(report.organisation))
    where = {"slug": report.organisation.slug, "code": report.code, "run": run.code}
    page = client.get(reverse("report_estimation_run", kwargs=where))
    shown = " ".join(page.content.decode().split())
    assert f"{len(modes)} mensen die niet hadden geantwoord, noemden in de navraag hun vervoermiddel." in shown
    assert said in shown
    assert "tot twee keer zo graag" not in shown


def test_result_without_a_follow_up_says_nothing_of_it(client):
    report = make_surveyed_report(people=200, answered=100)
    run = start(report)
    work(run, at=CLOSES)
    client.force_login(make_member(report.organisation))
    where = {"slug": report.organisation.slug, "code": report.code, "run": run.code}
    page = client.get(reverse("report_estimation_run", kwargs=where))
    assert page.context["page"].follow_up is None
    assert "noemden in de navraag" not in page.content.decode()
