"""One employer with two KvK numbers: one staff file and one survey, two headcounts and two reports."""

import datetime

import pytest

from reporting.domain.rvo import RvoBlock, RvoLine
from reporting.models import Report, ReportCell
from reporting.selectors.versions import stored_source_of
from reporting.services.report_versions import build_report
from reporting.services.reports import open_report
from surveys.enums import CampaignState
from surveys.models import Campaign, DayAnswer, Employee
from tests.factories import as_owner, make_campaign, make_invitation, make_legal_entity, make_organisation, make_week
from tests.factories import make_response as make_answer
from tests.reporting.report_rows import NOW, file
from tests.surveys.staff_imports import applied, staff_file
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db
HEADERS = ("Personeelsnummer", "E-mail", "Vestiging", "KvK-nummer", "Uren per week", "Soort contract", "In dienst")
WHEELS, FRAMES = "90000001", "90000002"


def staff_of_two():
    """Eight people at the first KvK number, six at the second, at one site."""
    for number in range(14):
        kvk_number = WHEELS if number < 8 else FRAMES
        email = f"m{number}@voorbeeld.example"
        yield (f"{number:04}", email, "Utrecht", kvk_number, 36, "vast", "1-9-2019")


def answer(week, employee, *, mode, km, days):
    response = make_answer(make_invitation(week, employee))
    with as_owner(week.organisation):
        DayAnswer.objects.bulk_create(
            DayAnswer(
                organisation=week.organisation,
                response=response,
                employee=employee,
                date=week.monday + datetime.timedelta(days=day),
                whereabouts="workplace",
                mode=mode,
                return_metres=2000 * km,
            )
            for day in range(days)
        )


@pytest.fixture
def two_reports():
    """Of the first, five people cycled 10 km on five days; of the second, all six took the train over 15 km on four."""
    organisation = make_organisation()
    entities = [make_legal_entity(organisation, kvk_number=number) for number in (WHEELS, FRAMES)]
    applied(organisation, staff_file(list(staff_of_two()), headers=HEADERS))
    campaign = make_campaign(organisation)
    week = make_week(campaign)
    with as_owner(organisation):
        staff = {
            number: list(
                Employee.objects.filter(legal_entity__kvk_number=number).select_related("legal_entity", "site")
            )
            for number in (WHEELS, FRAMES)
        }
    assert {number: len(people) for number, people in staff.items()} == {WHEELS: 8, FRAMES: 6}
    for employee in staff[WHEELS][:5]:
        answer(week, employee, mode="bicycle", km=10, days=5)
    for employee in staff[WHEELS][5:]:
        make_invitation(week, employee)
    for employee in staff[FRAMES]:
        answer(week, employee, mode="public_transport", km=15, days=4)
    with as_owner(organisation):
        Campaign.objects.filter(pk=campaign.pk).update(state=CampaignState.CLOSED)
    with organisation_scope(organisation):
        return [
            open_report(organisation=organisation, actor=None, now=NOW, legal_entity=entity, reporting_year=2026)
            for entity in entities
        ]


def commute_of(report: Report) -> dict[str, int]:
    """Kilometres per line of block 4 that are not 0, of the newest version."""
    with organisation_scope(report.organisation):
        version = report.versions.order_by("-number").first()
        cells = ReportCell.objects.filter(version=version, block=RvoBlock.COMMUTE.value).exclude(value=0)
        return {cell.line: int(cell.value) for cell in cells}


def headcount_of(report: Report) -> int:
    with organisation_scope(report.organisation):
        inputs, _parameters = stored_source_of(report.versions.order_by("-number").first())
        assert inputs.kvk_number == report.legal_entity.kvk_number
    return inputs.headcount.counted


def test_each_has_its_own_people_answers_and_kilometres(two_reports):
    wheels, frames = two_reports
    assert [headcount_of(report) for report in two_reports] == [8, 6]
    # 100 km a week, × 45 weeks, for the five who answered and the three who did not.
    assert commute_of(wheels) == {RvoLine.BICYCLE_WALKING.value: 100 * 45 * 8}
    assert commute_of(frames) == {RvoLine.PUBLIC_TRANSPORT.value: 120 * 45 * 6}


def test_one_is_filed_while_the_other_stays_a_draft(two_reports):
    wheels, frames = two_reports
    file(frames)
    with organisation_scope(wheels.organisation):
        states = [report.versions.get().state for report in two_reports]
        build_report(organisation=wheels.organisation, actor=None, now=NOW, report=wheels)
    assert states == ["draft", "filed"]
    assert commute_of(wheels) == {RvoLine.BICYCLE_WALKING.value: 100 * 45 * 8}


def test_who_moves_to_the_other_number_afterwards_moves_no_kilometres(two_reports):
    """The survey counts people where they worked in that week."""
    wheels, frames = two_reports
    with as_owner(wheels.organisation):
        Employee.objects.filter(staff_number="0000").update(legal_entity=frames.legal_entity)
    for report in two_reports:
        with organisation_scope(report.organisation):
            build_report(organisation=report.organisation, actor=None, now=NOW, report=report)
    assert [headcount_of(report) for report in two_reports] == [7, 7]
    assert commute_of(wheels) == {RvoLine.BICYCLE_WALKING.value: 100 * 45 * 7}
    assert commute_of(frames) == {RvoLine.PUBLIC_TRANSPORT.value: 120 * 45 * 7}
