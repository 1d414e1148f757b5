"""What a stored report is compared with, and what stands out of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reporting.domain.plausibility.commute_checks import StaffDistances
from reporting.models import Report
from reporting.selectors.check_queries import USUAL_DAYS, far_people, staff_distances
from reporting.selectors.plausibility import answered_findings, earlier_figures
from reporting.selectors.reports import version_of
from reporting.services.report_versions import build_report
from surveys.domain.distance import Place, estimated_one_way_metres
from surveys.models import Campaign, DayAnswer, Employee, PopulationMember, PostcodePlace
from tests.factories import as_owner, make_employee
from tests.reporting.answered_cases import add_population_member
from tests.reporting.report_rows import fill_in, in_scope, make_report
from tests.reporting.reports import PARAMETERS
from tests.reporting.standing_out import make_report_that_stands_out, standing_out
from wpm_platform.organisations.models import Site
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db

PLACES = {
    "1011AB": (52.3725, 4.9050),
    "1011": (52.3730, 4.9030),
    "2611": (52.0110, 4.3590),
    "3511AD": (52.0930, 5.1120),
    "3512": (52.0900, 5.1230),
    "5911AB": (51.3700, 6.1700),
}


def keys(report):
    return [row.finding.key for row in standing_out(report)]


def people_from(report, *, homes, work, days_per_week=None):
    """Whoever was asked lives there and works here; everybody else of the staff list has no postcode."""
    with as_owner(report.organisation):
        PostcodePlace.objects.bulk_create(
            [
                PostcodePlace(postcode=code, latitude=lat, longitude=lon, source="test")
                for code, (lat, lon) in PLACES.items()
            ],
            ignore_conflicts=True,
        )
        Site.objects.update(postcode=work)
        members = PopulationMember.objects.filter(campaign=report.campaign, is_invited=True).order_by("pk")
        asked = list(Employee.objects.filter(pk__in=members.values("employee")).order_by("pk"))
        for employee, home in zip(asked, homes, strict=False):
            employee.home_postcode, employee.days_per_week = home, days_per_week
            employee.save()
    return asked


def ask(report, employee):
    with as_owner(report.organisation):
        campaign = Campaign.objects.select_related("organisation").get(pk=report.campaign_id)
    add_population_member(campaign, employee)


def distances(report):
    with organisation_scope(report.organisation):
        return staff_distances(organisation=report.organisation, report=report)


def expected_metres(home, work, days):
    def place(code):
        found = code if code in PLACES else code[:4]
        return Place(postcode=found, latitude=PLACES[found][0], longitude=PLACES[found][1])

    return 2 * estimated_one_way_metres(place(home), place(work)) * days


@pytest.mark.parametrize("work", ["1011AB", "1011ZZ", "3511AD", "5911AB", "2611XX"])
def test_postgresql_estimates_distances_as_the_survey_does(work):
    report = make_report()
    homes = ["1011AB", "1011ZZ", "2611AA", "3511AD", "3512ZZ"]
    asked = people_from(report, homes=homes, work=work, days_per_week=3)
    found = distances(report)
    used = homes[: len(asked)]
    assert (found.people, found.known) == (len(asked), len(used))
    assert found.week_metres == sum(expected_metres(home, work, 3) for home in used)


def test_who_has_no_known_postcode_is_not_known_and_who_has_no_days_counts_with_the_usual_ones():
    report = make_report()
    asked = people_from(report, homes=["3511AD", "9999ZZ", ""], work="5911AB")
    assert distances(report) == StaffDistances(
        people=len(asked), known=1, week_metres=expected_metres("3511AD", "5911AB", USUAL_DAYS)
    )


def test_people_who_were_not_asked_are_not_compared_with():
    report = make_report()
    asked = people_from(report, homes=["3511AD"], work="5911AB")
    outsider = make_employee(
        report.organisation, legal_entity=report.legal_entity, home_postcode="1011AB", has_fixed_workplace=False
    )
    ask(report, outsider)
    assert distances(report).people == len(asked)


def test_far_answers_are_counted_per_person_and_mode():
    report = make_report()
    with as_owner(report.organisation):
        DayAnswer.objects.filter(mode="bicycle").update(return_metres=80_000)
    with organisation_scope(report.organisation):
        assert far_people(organisation=report.organisation, report=report, parameters=PARAMETERS) == {}
    with as_owner(report.organisation):
        people = DayAnswer.objects.filter(mode="bicycle").values("employee").distinct().count()
        DayAnswer.objects.filter(mode="bicycle").update(return_metres=80_001)
    with organisation_scope(report.organisation):
        found = far_people(organisation=report.organisation, report=report, parameters=PARAMETERS)
    assert people >= 1
    assert {mode.value: count for mode, count in found.items()} == {"bicycle": people}


def test_another_organisations_answers_do_not_stand_out_here():
    report, other = make_report(), make_report()
    with as_owner(other.organisation):
        DayAnswer.objects.filter(mode="bicycle", organisation=other.organisation).update(return_metres=300_000)
    with organisation_scope(report.organisation):
        assert far_people(organisation=report.organisation, report=report, parameters=PARAMETERS) == {}
        assert far_people(organisation=report.organisation, report=other, parameters=PARAMETERS) == {}


def test_a_plain_report_has_nothing_that_stands_out():
    report = make_report()
    fill_in(report)
    assert standing_out(report) == []


def test_a_report_is_compared_with_last_year_and_with_what_is_possible():
    assert keys(make_report_that_stands_out()) == [
        "impossible_distance:4/bicycle",
        "change:1",
        "change:1/car_petrol",
        "change:4",
        "zero_line:4/moped_petrol",
    ]


def test_few_people_are_told_as_few():
    [row] = [row for row in standing_out(make_report_that_stands_out()) if row.finding.mode]
    assert dict(row.finding.figures) == {"people": "<5", "limit_km": "40"}


def test_last_years_draft_is_nothing_to_compare_with():
    report = make_report(reporting_year=2024)
    later = Report(organisation=report.organisation, legal_entity=report.legal_entity, reporting_year=2025)
    with organisation_scope(report.organisation):
        assert earlier_figures(organisation=report.organisation, report=later) is None


def test_last_years_report_of_another_legal_entity_is_nothing_to_compare_with():
    report, other = make_report_that_stands_out(), make_report()
    with organisation_scope(report.organisation):
        found = earlier_figures(organisation=report.organisation, report=report)
        assert (found.reporting_year, found.headcount) == (2024, found.headcount)
        assert earlier_figures(organisation=report.organisation, report=other) is None


def test_of_a_survey_among_few_people_nothing_is_told():
    report = make_report(case="one_person")
    with as_owner(report.organisation):
        DayAnswer.objects.exclude(mode="").update(return_metres=900_000)
    with in_scope(report) as where:
        build_report(**where)
    assert [key for key in keys(report) if not key.startswith("public_transport")] == []


def test_the_number_of_queries_does_not_depend_on_the_people():
    report = make_report_that_stands_out()

    def queries():
        with (
            organisation_scope(report.organisation),
            CaptureQueriesContext(
                connection,
            ) as caught,
        ):
            answered_findings(organisation=report.organisation, report=report, version=version_of(report=report))
        return len(caught)

    before = queries()
    for number in range(20):
        employee = make_employee(report.organisation, legal_entity=report.legal_entity, staff_number=f"erbij-{number}")
        ask(report, employee)
    assert queries() == before


def test_a_survey_among_joiners_stands_out_and_a_lot_does_not():
    report = make_report()
    assert "asked_some:4" not in keys(report)
    with as_owner(report.organisation):
        campaign = Campaign.objects.select_related("organisation").get(pk=report.campaign_id)
        invited = PopulationMember.objects.filter(campaign=campaign, is_invited=True).count()
    for reason in ("not_drawn", "not_drawn", "on_leave"):
        add_population_member(campaign, make_employee(report.organisation), reason=reason)
    with as_owner(report.organisation):
        Campaign.objects.filter(pk=campaign.pk).update(asks="anchor", anchor_size=50)
    with as_owner(report.organisation):
        report.campaign.refresh_from_db()
    assert "asked_some:4" not in keys(report)
    with as_owner(report.organisation):
        Campaign.objects.filter(pk=campaign.pk).update(asks="joiners", anchor_size=None, asked_since=campaign)
    with as_owner(report.organisation):
        report.campaign.refresh_from_db()
    finding = next(row.finding for row in standing_out(report) if row.finding.key == "asked_some:4")
    assert finding.figures == {"asked": str(invited), "staff": str(invited + 2)}
