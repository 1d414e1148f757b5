"""The page on which HR chooses between guidance and estimate, and the report that shows both."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.html import escape

from reporting.domain.rvo import RvoBlock
from reporting.enums import EstimationState
from reporting.models import EstimationRun
from reporting.services.reports import open_report
from tests.factories import as_owner, make_member, make_organisation
from tests.reporting.report_rows import NOW, freeze, in_scope
from tests.reporting.services.choosing import WHY, back, choose, commute, few_by_train, newest, stored
from tests.reporting.services.estimation.estimating import estimated, result_of
from tests.reporting.surveyed_employer import make_surveyed_report
from wpm_platform.organisations.enums import MemberRole

pytestmark = pytest.mark.django_db

NL, EN = {"Accept-Language": "nl"}, {"Accept-Language": "en"}


def address(report, name="report_estimate_choice", **kwargs):
    return reverse(name, kwargs={"slug": report.organisation.slug, "code": report.code, **kwargs})


def km(value):
    """As Dutch readers write it."""
    return f"{value:,}".replace(",", ".")


@pytest.fixture
def report():
    return make_surveyed_report(people=60, answered=40)


@pytest.fixture
def hr(client, report):
    client.force_login(make_member(report.organisation))
    return client


def test_guidance_and_estimate_stand_beside_each_other(hr, report):
    run = estimated(report)
    response = hr.get(address(report), headers=NL)
    page = response.context["page"]
    assert page.run == run
    assert page.guidance_total == sum(commute(report).values())
    total = page.estimate.total
    for value in (page.guidance_total, total.km, total.observed, total.lower, total.upper):
        assert km(value) in response.text
    assert page.guidance_lower <= page.guidance_total <= page.guidance_upper


def test_hr_takes_the_estimate_with_a_reason_and_goes_back(hr, report):
    run, guidance = estimated(report), commute(report)
    answer = hr.post(address(report), {"figures": "estimate", "reason": WHY, "run": run.code})
    assert answer.url == address(report, "report")
    assert (stored(report).estimation, stored(report).estimation_reason) == (run, WHY)
    answer = hr.post(address(report), {"figures": "guidance", "reason": "Zo hoort het"})
    assert (answer.url, commute(report)) == (address(report, "report"), guidance)
    text = hr.get(address(report, "report"), headers=NL).text
    assert "Zo hoort het" in text


@pytest.mark.parametrize("data", [{"figures": "estimate"}, {"reason": "x"}, {"figures": "best", "reason": "x"}])
def test_an_incomplete_choice_is_shown_again(hr, report, data):
    estimated(report)
    assert hr.post(address(report), data).status_code == 422
    assert stored(report).estimation is None


def test_a_refusal_is_said_and_the_page_stays(hr, report):
    choose(report, estimated(report))
    freeze(report)
    answer = hr.post(address(report), {"figures": "guidance", "reason": "Toch"}, headers=EN)
    assert answer.status_code == 422
    assert "Reopen it" in answer.text
    assert stored(report).estimation is not None


def test_without_an_estimate_the_way_leads_to_making_one(hr, report):
    assert hr.get(address(report)).url == address(report, "report_estimation")


def test_the_address_can_name_an_earlier_estimate(hr, report):
    first, second = estimated(report), estimated(report, features=("site",))
    assert hr.get(address(report)).context["page"].run == second
    assert hr.get(address(report) + f"?estimate={first.code}").context["page"].run == first
    for unknown in ("x", uuid4()):
        assert hr.get(address(report) + f"?estimate={unknown}").status_code == 404
    other = estimated(make_surveyed_report(people=60, answered=40, organisation=make_organisation()))
    assert hr.get(address(report) + f"?estimate={other.code}").status_code == 404


def test_the_estimate_that_was_on_the_page_is_reported_also_when_another_is_ready_since(hr, report):
    seen = estimated(report)
    page = hr.get(address(report))
    assert f'<input type="hidden" name="run" value="{seen.code}">' in page.text
    estimated(report, features=("site",))
    hr.post(address(report), {"figures": "estimate", "reason": WHY, "run": str(seen.code)})
    assert stored(report).estimation == seen


@pytest.mark.parametrize("run", ["", "8f0a4d9c-1111-4222-8333-444455556666"])
@pytest.mark.parametrize("reason", ["", WHY])
def test_an_estimate_that_was_not_on_the_page_is_not_reported(hr, report, run, reason):
    now = estimated(report)
    data = {"figures": "estimate", "reason": reason, "run": run}
    answer = hr.post(address(report), data, headers=EN)
    assert (answer.status_code, stored(report).estimation) == (422, None)
    assert "The estimate that you saw is no longer here" in answer.text
    assert answer.context["page"].run == now
    assert "no longer here" not in hr.post(address(report), {**data, "figures": "guidance"}, headers=EN).text


def test_an_estimate_that_became_unready_is_refused_in_words(hr, report):
    run = estimated(report)
    with as_owner(report.organisation):
        EstimationRun.objects.filter(pk=run.pk).update(state=EstimationState.FAILED)
    second = estimated(report, features=("site",))
    answer = hr.post(address(report), {"figures": "estimate", "reason": WHY, "run": str(run.code)}, headers=NL)
    assert (answer.status_code, stored(report).estimation) == (422, None)
    assert "De schatting die je zag, is er niet meer." in answer.text
    assert answer.context["page"].run == second


def test_the_report_shows_observed_and_estimated_and_the_guidance_one_click_away(hr, report):
    guidance = commute(report)
    choose(report, estimated(report))
    response = hr.get(address(report, "report"), headers=NL)
    cells = newest(report)[1].block(RvoBlock.COMMUTE)
    for cell in cells:
        figures = cell.derivation.estimate
        if figures.km:
            wanted = (figures.km, figures.observed, figures.lower, figures.upper, guidance[cell.line.value])
            assert [value for value in wanted if km(value) not in response.text] == []
    assert "Geschat" in response.text
    assert escape(WHY) in response.text
    page = hr.get(address(report, "report_cell", block="commute", line="car_petrol"), headers=NL)
    assert km(guidance["car_petrol"]) in page.text


def test_a_report_of_the_guidance_looks_as_before(hr, report):
    estimated(report)
    text = hr.get(address(report, "report"), headers=NL).text
    assert "line-beside" not in text
    choose(report, estimated(report))
    back(report)
    assert "line-beside" not in hr.get(address(report, "report"), headers=NL).text


def test_lines_of_few_people_show_no_observed_kilometres_and_no_interval(client):
    report = make_surveyed_report(people=60, answered=40, trip=few_by_train)
    client.force_login(make_member(report.organisation))
    run = estimated(report)
    page = client.get(address(report), headers=NL)
    assert page.context["page"].has_hidden
    choose(report, run)
    texts = [page.text, client.get(address(report, "report"), headers=NL).text]
    (train,) = (row for row in result_of(run).estimate["lines"] if row["name"] == "public_transport")
    for text in texts:
        for name in ("observed", "lower", "upper", "plain_lower", "plain_upper"):
            assert km(train[name]) not in text
        assert km(train["km"]) in text


def test_who_may_only_read_sees_the_report_and_cannot_choose(client, report):
    choose(report, estimated(report))
    client.force_login(make_member(report.organisation, role=MemberRole.READER))
    text = client.get(address(report, "report"), headers=NL).text
    assert "line-beside" in text
    assert address(report) not in text
    assert client.get(address(report)).status_code == 403
    assert client.post(address(report), {"figures": "guidance", "reason": "x"}).status_code == 403


def test_another_organisation_finds_nothing(client, report):
    estimated(report)
    other = make_organisation()
    client.force_login(make_member(other))
    where = reverse("report_estimate_choice", kwargs={"slug": other.slug, "code": report.code})
    assert client.get(where).status_code == 404
    assert client.post(where, {"figures": "estimate", "reason": "x"}).status_code == 404
    assert stored(report).estimation is None


def test_the_years_beside_each_other_say_which_figures_are_estimated(hr, report):
    where = reverse("report_years", kwargs={"slug": report.organisation.slug, "code": report.legal_entity.code})
    with in_scope(report) as scope:
        open_report(
            organisation=scope["organisation"],
            actor=None,
            now=NOW,
            legal_entity=report.legal_entity,
            reporting_year=2024,
        )
    choose(report, estimated(report))
    assert ">geschat<" in hr.get(where, headers=NL).text
    back(report)
    assert ">geschat<" not in hr.get(where, headers=NL).text
