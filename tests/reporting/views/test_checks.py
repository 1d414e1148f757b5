"""What stands out, on its page and on the page that freezes; and the CO2 indication."""

import pytest
from django.urls import reverse

from reporting.models import FindingAnswer, ParameterOverride, ReportVersion
from reporting.selectors.parameters import parameters_of
from reporting.services.emission_factors import FactorsRejected, enter_factors
from tests.factories import make_member, make_organisation
from tests.reporting.business_file_examples import EXAMPLES
from tests.reporting.business_imports import applied
from tests.reporting.report_rows import NOW, events, fill_in, freeze, make_report
from tests.reporting.standing_out import make_report_that_stands_out, standing_out
from wpm_platform.organisations.enums import MemberRole
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db

EN = {"accept-language": "en"}


@pytest.fixture
def report():
    return make_report_that_stands_out()


@pytest.fixture
def hr(client, report):
    client.force_login(make_member(report.organisation))
    return client


def address(report, name):
    return reverse(name, kwargs={"slug": report.organisation.slug, "code": report.code})


def page(client, report, name, **kwargs):
    return client.get(address(report, name), headers=EN, **kwargs)


def state(report):
    with organisation_scope(report.organisation):
        return ReportVersion.objects.filter(report=report).first().state


def test_the_report_leads_to_what_stands_out_and_to_co2(hr, report):
    text = page(hr, report, "report").text
    assert "5 stand out" in text
    assert address(report, "report_checks") in text
    assert address(report, "report_co2") in text


def test_every_finding_shows_its_figure_what_it_is_compared_with_why_and_where_to_look(hr, report):
    text = page(hr, report, "report_checks").text
    assert "5 figures stand out" in text
    assert "Car, petrol (business travel with the fleet): 1,000 km, in 2024 30,000 km (−96.7\xa0%)." in text
    assert "Stands out from 25\xa0%." in text
    assert "Whoever compares two years will ask." in text
    assert f'href="{address(report, "report")}#block-1"' in text
    assert "Moped or scooter, petrol (commuting): 0, in 2024 4,321 km." in text


def test_the_thresholds_stand_with_their_source(hr, report):
    text = page(hr, report, "report_checks").text
    assert "Bicycle, one way" in text
    assert "40&nbsp;km" in text
    assert text.count("<td>Own check</td>") == 13


def test_no_finding_tells_a_count_under_five_or_a_distance(hr, report):
    text = page(hr, report, "report_checks").text
    assert "Fewer than five people answered farther than 40 km one way:" in text
    assert "60 km" not in text


def test_an_answer_is_kept_shown_and_taken_back(hr, report):
    row = standing_out(report)[0]
    response = hr.post(
        address(report, "report_finding_answer"),
        {"fingerprint": row.finding.fingerprint, "reason": "Verhuisd naar <b>Venlo</b>"},
        follow=True,
        headers=EN,
    )
    assert "4 figures stand out" in response.text
    assert "Verhuisd naar &lt;b&gt;Venlo&lt;/b&gt;" in response.text
    with organisation_scope(report.organisation):
        code = FindingAnswer.objects.get(report=report).code
    response = hr.post(address(report, "report_finding_reopen"), {"answer": code}, follow=True, headers=EN)
    assert "5 figures stand out" in response.text
    assert "taken back since" in response.text
    assert events(report)[-2:] == ["report.finding_answered", "report.finding_reopened"]


def test_an_answer_without_a_reason_is_asked_again(hr, report):
    row = standing_out(report)[0]
    response = hr.post(address(report, "report_finding_answer"), {"fingerprint": row.finding.fingerprint, "reason": ""})
    assert response.status_code == 422
    assert standing_out(report)[0].is_open


@pytest.mark.parametrize("name", ["report_finding_answer", "report_finding_reopen"])
def test_a_form_without_its_fields_is_no_page(hr, report, name):
    assert hr.post(address(report, name)).status_code == 404


def test_a_figure_that_changed_meanwhile_is_said_so(hr, report):
    response = hr.post(
        address(report, "report_finding_answer"), {"fingerprint": "0" * 64, "reason": "x"}, follow=True, headers=EN
    )
    assert "its figures changed" in response.text


def test_a_reader_sees_findings_and_no_form(client, report):
    client.force_login(make_member(report.organisation, role=MemberRole.READER))
    text = page(client, report, "report_checks").text
    assert "5 figures stand out" in text
    assert "<textarea" not in text


def test_another_organisation_finds_nothing(client, report):
    client.force_login(make_member(make_organisation()))
    for name in ("report_checks", "report_co2", "report_co2_factors"):
        assert page(client, report, name).status_code == 404


def test_freezing_asks_for_every_reason_at_once(hr, report):
    text = page(hr, report, "report_freeze").text
    assert text.count("<textarea") == 5
    fields = {f"reason_{row.finding.fingerprint[:16]}": "Klopt" for row in standing_out(report)}
    missing = {**fields, next(iter(fields)): " "}
    response = hr.post(address(report, "report_freeze"), missing, headers=EN)
    assert (response.status_code, state(report)) == (422, "draft")
    hr.post(address(report, "report_freeze"), fields)
    assert state(report) == "frozen"


def test_a_frozen_report_shows_what_was_kept_and_takes_no_answers(hr, report):
    fields = {f"reason_{row.finding.fingerprint[:16]}": "Klopt, nagevraagd" for row in standing_out(report)}
    hr.post(address(report, "report_freeze"), fields)
    text = page(hr, report, "report_checks").text
    assert text.count("Klopt, nagevraagd") == 5
    assert "Take this answer back" not in text
    assert "stand out</span>" not in page(hr, report, "report").text


def test_a_plain_report_says_that_nothing_stands_out(client):
    report = make_report()
    fill_in(report)
    client.force_login(make_member(report.organisation))
    assert "Nothing stands out." in page(client, report, "report_checks").text
    assert "Nothing stands out in these figures." in page(client, report, "report_freeze").text
    assert "Your files hold nothing that had to be left out." in page(client, report, "report_checks").text


def test_what_files_hold_and_the_report_does_not_count_is_shown_with_its_reason(client):
    report = make_report()
    for example in EXAMPLES.values():
        applied(report, example)
    client.force_login(make_member(report.organisation))
    text = page(client, report, "report_checks").text
    assert "Noted, and not counted" in text
    assert "Grey licence plate" in text


@pytest.mark.parametrize("name", ["report_business", "report_checks"])
def test_what_does_not_count_is_said_where_figures_are_given_and_checked(hr, report, name):
    text = page(hr, report, name).text
    for words in ("grey plate", "Emergency services on duty.", "Drivers and ticket inspectors", "Flights and ships."):
        assert words in text


def test_co2_of_2025_is_shown_per_line_with_its_source(hr, report):
    text = page(hr, report, "report_co2").text
    assert "RVO computes it from your kilometres" in text
    assert "Source: Emission factors per passenger kilometre, tank-to-wheel, set for 2025" in text
    assert "unknown" in text


def test_a_year_without_a_set_is_unknown_until_somebody_enters_one_with_a_source(client):
    report = make_report(reporting_year=2026)
    freeze(report)
    with organisation_scope(report.organisation):
        version = ReportVersion.objects.get(report=report)
    client.force_login(make_member(report.organisation))
    assert "For 2026 we know no set of factors" in page(client, report, "report_co2").text
    fields = {"emission_car_petrol": "140", "source": ""}
    assert client.post(address(report, "report_co2_factors"), fields).status_code == 422
    client.post(address(report, "report_co2_factors"), {**fields, "source": "List of 2026, table 3"})
    # A frozen version keeps the factors that it was frozen with.
    assert "For 2026 we know no set of factors" in page(client, report, "report_co2").text
    with organisation_scope(report.organisation):
        parameters = parameters_of(organisation=report.organisation, reporting_year=2026)
    assert parameters.whole("emission_car_petrol") == 140
    assert parameters.values["emission_car_petrol"].source == "List of 2026, table 3"
    assert version.parameter_version != parameters.version


def test_a_draft_takes_the_factors_of_today(client):
    report = make_report(reporting_year=2026)
    fill_in(report)
    client.force_login(make_member(report.organisation))
    client.post(address(report, "report_co2_factors"), {"emission_car_petrol": "140", "source": "List of 2026"})
    text = page(client, report, "report_co2").text
    assert "Source: List of 2026" in text
    assert events(report)[-1] == "report.factors_entered"


@pytest.mark.parametrize(
    ("year", "factors", "source"),
    [
        (2025, {"emission_car_petrol": 100}, "A list"),
        (2026, {"weeks_per_year": 44}, "A list"),
        (2026, {"emission_car_petrol": -1}, "A list"),
        (2026, {"emission_car_petrol": 1001}, "A list"),
        (2026, {"emission_car_petrol": 140}, "  "),
    ],
)
def test_factors_of_the_shipped_set_and_impossible_ones_are_refused(year, factors, source):
    organisation = make_organisation()
    with organisation_scope(organisation), pytest.raises(FactorsRejected):
        enter_factors(
            organisation=organisation, actor=None, now=NOW, reporting_year=year, factors=factors, source=source
        )


def test_factors_twice_change_nothing_and_none_takes_one_away():
    organisation = make_organisation()
    given = {"organisation": organisation, "actor": None, "now": NOW, "reporting_year": 2026, "source": "A list"}
    with organisation_scope(organisation):
        for _ in range(2):
            enter_factors(**given, factors={"emission_car_petrol": 140, "emission_car_diesel": 130})
        enter_factors(**given, factors={"emission_car_petrol": 140, "emission_car_diesel": None})
        assert list(ParameterOverride.objects.values_list("name", "value")) == [("emission_car_petrol", "140")]
