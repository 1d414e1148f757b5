"""Puts a worked case into the database, as if its people had been imported, invited and had answered."""

import datetime
from collections.abc import Mapping
from typing import Any

from surveys.enums import CampaignKind, CampaignState
from surveys.models import Campaign, DayAnswer, Employee, PopulationMember, Response, SurveyWeek
from tests.factories import (
    NOW,
    as_owner,
    make_campaign,
    make_employee,
    make_invitation,
    make_legal_entity,
    make_response,
    make_week,
)
from tests.reporting.case_files import Case
from wpm_platform.organisations.models import LegalEntity, Organisation

TRAVELLED = {"workplace", "other_site"}


def make_answered_case(
    organisation: Organisation, case: Case, *, legal_entity: LegalEntity | None = None
) -> tuple[LegalEntity, Campaign]:
    """The case's legal entity, or the given one, with its whole staff, and a closed campaign with its answers."""
    legal_entity = legal_entity or make_legal_entity(organisation)
    year = case["reporting_year"]
    kind = CampaignKind.ONE_WEEK if len(case["survey_weeks"]) == 1 else CampaignKind.WEEKLY_PANEL
    campaign = make_campaign(
        organisation, state=CampaignState.CLOSED, reporting_year=year, kind=kind, closed_at=NOW, started_at=NOW
    )
    weeks = {row["week_from"]: make_week(campaign, monday=row["week_from"]) for row in case["survey_weeks"]}
    for person in case["persons"]:
        employee = make_employee(
            organisation, legal_entity=legal_entity, has_fixed_workplace=person.get("has_fixed_workplace", True)
        )
        add_population_member(campaign, employee)
        for week in person["weeks"]:
            add_answered_week(weeks[week["week_from"]], employee, person, week)
    add_silent_colleagues(organisation, legal_entity, case)
    return legal_entity, campaign


def add_population_member(campaign: Campaign, employee: Employee, *, reason: str = "") -> None:
    reason = reason or ("" if employee.has_fixed_workplace else "no_fixed_workplace")
    with as_owner(campaign.organisation):
        PopulationMember.objects.create(
            organisation=campaign.organisation,
            campaign=campaign,
            employee=employee,
            legal_entity=employee.legal_entity,
            site=employee.site,
            is_invited=not reason,
            exclusion_reason=reason,
        )


def add_answered_week(
    week: SurveyWeek, employee: Employee, person: Mapping[str, Any], answers: Mapping[str, Any]
) -> Response:
    gives_normal_week = "alternative_days" in answers
    response = make_response(
        make_invitation(week, employee),
        one_way_metres=person["one_way_m"],
        was_normal_week=answers["is_normal"],
        gives_normal_week=gives_normal_week,
    )
    rows = [(day, False) for day in answers["days"]]
    rows += [(day, True) for day in answers.get("alternative_days", ())]
    with as_owner(employee.organisation):
        DayAnswer.objects.bulk_create(
            day_answer(response, person, day, is_normal_week=is_normal_week) for day, is_normal_week in rows
        )
    return response


def day_answer(
    response: Response, person: Mapping[str, Any], day: Mapping[str, Any], *, is_normal_week: bool = False
) -> DayAnswer:
    """The row that the employee's page would have saved."""
    mode = day.get("main_mode", "") if day["whereabouts"] in TRAVELLED else ""
    one_way_metres = day.get("other_site_one_way_m", person["one_way_m"])
    return DayAnswer(
        organisation=response.organisation,
        response=response,
        employee=response.employee,
        date=day["date"],
        is_normal_week=is_normal_week,
        whereabouts=day["whereabouts"],
        mode=mode,
        fuel=person.get("fuels", {}).get(mode, ""),
        is_employer_provided=person.get("provided", {}).get(mode),
        other_site_one_way_metres=day.get("other_site_one_way_m"),
        return_metres=2 * one_way_metres if mode else 0,
        uses_usual_distance=day["whereabouts"] == "other_site" and "other_site_one_way_m" not in day,
        is_copied=day.get("is_copied", False),
    )


def add_silent_colleagues(organisation: Organisation, legal_entity: LegalEntity, case: Case) -> None:
    """Everybody else who counts on the reference date, so that the headcount is the case's."""
    population = case["population"]
    without = population["without_fixed_workplace"]
    named_without = sum(not person.get("has_fixed_workplace", True) for person in case["persons"])
    named_with = len(case["persons"]) - named_without
    missing = [False] * (without - named_without) + [True] * (population["headcount"] - without - named_with)
    first = make_employee(organisation, legal_entity=legal_entity, monthly_hours=1)
    with as_owner(organisation):
        Employee.objects.bulk_create(
            Employee(
                organisation=organisation,
                staff_number=f"zonder-antwoord-{first.staff_number}-{number}",
                legal_entity=legal_entity,
                site=first.site,
                contract_kind="permanent",
                monthly_hours=160,
                employed_from=datetime.date(2015, 1, 1),
                has_fixed_workplace=has_fixed_workplace,
            )
            for number, has_fixed_workplace in enumerate(missing)
        )
