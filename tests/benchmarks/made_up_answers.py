"""A made-up employer with one closed campaign week, of as many people as asked, written by PostgreSQL itself."""

from uuid import uuid4

from django.db import connection

from reporting.models import Report
from surveys.enums import CampaignState
from tests.factories import (
    NOW,
    as_owner,
    make_campaign,
    make_legal_entity,
    make_organisation,
    make_site,
    make_week,
)
from wpm_platform.organisations.models import Organisation

SITES = 12
TABLES = (
    "surveys_employee",
    "surveys_populationmember",
    "surveys_invitation",
    "surveys_response",
    "surveys_dayanswer",
)

# Everything follows from the person's number, so that two runs hold the same rows.
STAFF = """
    INSERT INTO surveys_employee (organisation_id, legal_entity_id, site_id, code, staff_number, name, email, language,
        department, function, home_postcode, monthly_hours, contract_kind, employed_from, is_on_leave,
        has_mobility_provision, has_fixed_workplace)
    SELECT %(organisation)s, %(legal_entity)s, (%(sites)s::bigint[])[1 + n %% cardinality(%(sites)s)],
           gen_random_uuid(), lpad(n::text, 7, '0'), '',
           'm' || n || '@voorbeeld.example', 'nl', 'Afdeling ' || n %% 40, '', '',
           (ARRAY[160, 144, 96, 12])[1 + n %% 4 * (n %% 5) / 4], (ARRAY['permanent', 'fixed_term'])[1 + n %% 2],
           DATE '2015-01-01' + n %% 3000, FALSE, n %% 3 = 0, n %% 50 <> 0
    FROM generate_series(1, %(people)s) AS n
"""
POPULATION = """
    INSERT INTO surveys_populationmember (organisation_id, campaign_id, employee_id, legal_entity_id, site_id,
        department, is_invited, exclusion_reason)
    SELECT organisation_id, %(campaign)s, id, legal_entity_id, site_id, department, has_fixed_workplace,
           CASE WHEN has_fixed_workplace THEN '' ELSE 'no_fixed_workplace' END
    FROM surveys_employee WHERE organisation_id = %(organisation)s
"""
INVITATIONS = """
    INSERT INTO surveys_invitation (organisation_id, code, campaign_id, week_id, employee_id, asked_days, link_version,
        withdrawn_reason, invited_at, answered_at)
    SELECT e.organisation_id, gen_random_uuid(), %(campaign)s, %(week)s, e.id, '', 1, '', %(now)s,
           CASE WHEN e.staff_number::int %% 10 < 7 THEN %(now)s::timestamptz END
    FROM surveys_employee e WHERE e.organisation_id = %(organisation)s AND e.has_fixed_workplace
"""
RESPONSES = """
    INSERT INTO surveys_response (organisation_id, invitation_id, employee_id, campaign_id, week_id, legal_entity_id,
        site_id, department, one_way_metres, distance_source, worked_in_weekend, was_normal_week, gives_normal_week,
        started_at, submitted_at, address_changes)
    SELECT i.organisation_id, i.id, i.employee_id, i.campaign_id, i.week_id, e.legal_entity_id, e.site_id, e.department,
           1000 + n * 37 %% 40000, 'person', FALSE, n %% 25 <> 11, n %% 25 = 11, %(now)s, %(now)s, 0
    FROM surveys_invitation i
    JOIN surveys_employee e ON e.id = i.employee_id
    CROSS JOIN LATERAL (SELECT e.staff_number::int AS n) AS person
    WHERE i.organisation_id = %(organisation)s AND i.answered_at IS NOT NULL
"""
# Five days, and for an unusual week five more of a normal one. One person in twenty had the week off, one in fifty does
# not know any more how one of the days went.
DAYS = """
    INSERT INTO surveys_dayanswer (organisation_id, response_id, employee_id, date, is_normal_week, whereabouts, mode,
        fuel, is_employer_provided, return_metres, uses_usual_distance, is_copied)
    SELECT r.organisation_id, r.id, r.employee_id, w.monday + day, is_normal_week, place,
           CASE WHEN place = 'workplace' THEN vehicle ELSE '' END,
           CASE WHEN place = 'workplace' AND vehicle = 'car' THEN fuel ELSE '' END,
           CASE WHEN place = 'workplace' AND vehicle = 'car' THEN n %% 5 = 0 END,
           CASE WHEN place = 'workplace' THEN 2 * r.one_way_metres ELSE 0 END, FALSE, day > 0
    FROM surveys_response r
    JOIN surveys_surveyweek w ON w.id = r.week_id
    JOIN surveys_employee e ON e.id = r.employee_id
    CROSS JOIN LATERAL (SELECT e.staff_number::int AS n) AS person
    CROSS JOIN generate_series(0, 4) AS day
    CROSS JOIN (VALUES (FALSE), (TRUE)) AS weeks (is_normal_week)
    CROSS JOIN LATERAL (
        SELECT CASE WHEN n %% 20 = 3 THEN 'not_worked' WHEN n %% 50 = 6 AND day = 2 THEN 'unknown'
                    WHEN (n + day) %% 5 < 3 THEN 'workplace' ELSE 'home' END AS place,
               (ARRAY['car', 'car', 'public_transport', 'bicycle', 'walking', 'moped'])[1 + (n / 7 + day) %% 6]
                   AS vehicle,
               (ARRAY['petrol', 'diesel', 'hybrid', 'electric'])[1 + n %% 4] AS fuel
    ) AS choice
    WHERE r.organisation_id = %(organisation)s AND (r.gives_normal_week OR NOT is_normal_week)
"""


def make_answered_employer(people: int) -> tuple[Organisation, Report]:
    """An employer of so many people, 98 % invited, 70 % of them answered five days; the report is not computed yet."""
    organisation = make_organisation(slug=f"bench-{uuid4().hex}")
    legal_entity = make_legal_entity(organisation)
    sites = [make_site(organisation).pk for _ in range(SITES)]
    campaign = make_campaign(organisation, state=CampaignState.CLOSED)
    week = make_week(campaign)
    named = {
        "organisation": organisation.pk,
        "legal_entity": legal_entity.pk,
        "sites": sites,
        "campaign": campaign.pk,
        "week": week.pk,
        "people": people,
        "now": NOW,
    }
    with as_owner(organisation), connection.cursor() as cursor:
        for statement in (STAFF, POPULATION, INVITATIONS, RESPONSES, DAYS):
            cursor.execute(statement, named)
        report = Report.objects.create(
            organisation=organisation,
            legal_entity=legal_entity,
            reporting_year=campaign.reporting_year,
            campaign=campaign,
            created_at=NOW,
        )
    return organisation, report
