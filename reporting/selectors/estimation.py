"""What an estimation is made from: everybody who was invited, and the travelled days of those who answered.

Read under `wpm_reporting`, person by person but without name, number or address; nothing of it leaves the
estimation but sums with their intervals. Distances come from the staff list's postcodes, never from an answer, so that
they mean the same for who answered and who did not.
"""

import datetime
import json
from dataclasses import replace
from decimal import Decimal

import numpy as np
from django.db import connection
from django.db.models import Q

from reporting.domain.estimation.survey_people import StaffFacts, SurveyPeople, TravelSum, survey_people
from reporting.domain.parameters import Parameters
from reporting.domain.staff_features import StaffFeature, age_band, tenure_band
from reporting.selectors.follow_up import usual_modes
from reporting.selectors.survey_statement import USED_DAYS
from surveys.domain.calendar import local_date
from surveys.domain.distance import Place, estimated_one_way_metres
from surveys.domain.population import MODELLED
from surveys.enums import AskedBecause, Asks, CampaignState
from surveys.models import Campaign, PopulationMember
from surveys.selectors.postcode_places import nearest_places
from wpm_platform.organisations.models import LegalEntity, Organisation
from wpm_platform.scoping import Role, organisation_scope

TRAVEL = (
    USED_DAYS
    + """
    , respondents AS (
        SELECT id, employee_id,
               count(*) FILTER (WHERE whereabouts IN ('workplace', 'home', 'other_site', 'client')) AS worked_days,
               count(*) FILTER (WHERE whereabouts = 'unknown') AS unknown_days
        FROM used GROUP BY id, employee_id
        HAVING count(*) FILTER (WHERE whereabouts IN ('workplace', 'home', 'other_site', 'client')) > 0
    ), travelled AS (
        SELECT r.employee_id, r.id, u.mode, u.fuel, r.worked_days, r.unknown_days,
               COALESCE(sum(u.return_metres), 0)::bigint AS metres, count(u.id) AS days
        FROM respondents r
        LEFT JOIN used u ON u.id = r.id AND u.whereabouts IN ('workplace', 'other_site')
        GROUP BY r.employee_id, r.id, u.mode, u.fuel, r.worked_days, r.unknown_days
    )
    SELECT (SELECT COALESCE(json_agg(travelled), '[]')::text FROM travelled),
           (SELECT COALESCE(json_object_agg(w.employee_id, w.weeks), '{}')::text
            FROM (SELECT employee_id, count(*) AS weeks FROM respondents GROUP BY employee_id) w)
"""
)
FACTS = (
    *("employee_id", "site__name", "site__postcode", "department"),
    *("employee__home_postcode", "employee__days_per_week", "employee__monthly_hours"),
    *("employee__has_mobility_provision", "employee__function", "employee__birth_year", "employee__employed_from"),
)


def estimation_people(
    *,
    organisation: Organisation,
    campaign: Campaign | None,
    legal_entity: LegalEntity,
    parameters: Parameters,
    now: datetime.datetime | None = None,
) -> SurveyPeople | None:
    """The arrays of one legal entity's survey; None without a campaign, until it is closed, or with nobody invited.

    now: takes in a follow-up whose time to answer is over by then; None for none. Five queries at most.
    """
    if campaign is None or campaign.state != CampaignState.CLOSED:
        return None
    with organisation_scope(organisation, role=Role.REPORTING):
        members = list(
            PopulationMember.objects.filter(
                # Who could have been asked and was not is silent as well: the estimate speaks for everybody.
                Q(is_invited=True) | Q(exclusion_reason__in=[reason.value for reason in MODELLED]),
                organisation=organisation,
                campaign=campaign,
                legal_entity=legal_entity,
            )
            .order_by("employee_id")
            .values_list(*FACTS, "asked_because")
        )
        named = {"organisation": organisation.pk, "campaign": campaign.pk, "legal_entity": legal_entity.pk}
        with connection.cursor() as cursor:
            cursor.execute(TRAVEL, named)
            travelled, weeks = (json.loads(rows) for rows in cursor.fetchone())
        numbers = {row[0]: number for number, row in enumerate(members)}
        told = usual_modes(organisation=organisation, campaign=campaign, numbers=numbers, form=parameters.form, now=now)
    if not members:
        return None
    # Public facts, which the role of the answers may not read: it needs none of them.
    with organisation_scope(organisation, role=Role.HR):
        places = nearest_places({postcode for row in members for postcode in (row[2], row[4])})
    found = survey_people(
        staff=[_facts(row[:-1], places, on=_asked_on(campaign)) for row in members],
        travel=[_travel(row, numbers) for row in travelled if row["employee_id"] in numbers],
        weeks={numbers[int(person)]: count for person, count in weeks.items() if int(person) in numbers},
        form=parameters.form,
    )
    drawn = np.array([row[-1] == AskedBecause.ANCHOR for row in members], dtype=np.bool_)
    return replace(found, usual_modes=told, anchor=None if campaign.asks == Asks.EVERYBODY else drawn)


def _asked_on(campaign: Campaign) -> datetime.date:
    """The day to which age and years of service are reckoned."""
    return (
        datetime.date(campaign.reporting_year, 7, 1) if campaign.started_at is None else local_date(campaign.started_at)
    )


def _facts(row: tuple, places: dict[str, Place], *, on: datetime.date) -> StaffFacts:
    _, site, work, department, home, days_per_week, monthly_hours, has_provision, function, birth_year, since = row
    known = home in places and work in places
    return StaffFacts(
        one_way_km=estimated_one_way_metres(places[home], places[work]) / 1000 if known else None,
        days_per_week=_number(days_per_week),
        monthly_hours=_number(monthly_hours),
        categories={
            StaffFeature.SITE: site,
            StaffFeature.DEPARTMENT: department,
            StaffFeature.FUNCTION: function,
            StaffFeature.PROVISION: None if has_provision is None else str(has_provision),
            StaffFeature.TENURE: tenure_band(since, on=on),
            StaffFeature.AGE: age_band(birth_year, year=on.year),
        },
    )


def _travel(row: dict, numbers: dict[int, int]) -> TravelSum:
    return TravelSum(
        person=numbers[row["employee_id"]],
        mode=row["mode"] or "",
        fuel=row["fuel"] or "",
        days=row["days"],
        metres=row["metres"],
        worked_days=row["worked_days"],
        unknown_days=row["unknown_days"],
    )


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
