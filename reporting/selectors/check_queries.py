"""The two sums that the own checks need of people: distances by the staff list, and how many answered too far."""

from typing import Any

from django.db import connection

from reporting.domain.parameters import Parameters
from reporting.domain.plausibility.commute_checks import StaffDistances, one_way_limits
from reporting.domain.rvo import Mode
from reporting.models import Report
from reporting.selectors.survey_statement import USED_DAYS
from surveys.domain.distance import (
    DETOUR_BANDS,
    EARTH_RADIUS_METRES,
    LEAST_METRES,
    LEAST_METRES_IN_FOUR_DIGITS,
)
from wpm_platform.organisations.models import Organisation
from wpm_platform.scoping import Role, organisation_scope

USUAL_DAYS = 5
"""Days a week of people of whom the staff list says nothing: the most that is usual, so that less stands out [D]."""

# By the staff list alone: HR's role reads no answers. As `surveys.domain.distance` estimates, for all people at once.
STAFF_DISTANCES = """
    WITH asked AS (
        SELECT e.home_postcode AS home, s.postcode AS work, COALESCE(e.days_per_week, %(usual_days)s) AS days
        FROM surveys_populationmember p
        JOIN surveys_employee e ON e.id = p.employee_id
        JOIN organisations_site s ON s.id = p.site_id
        WHERE p.organisation_id = %(organisation)s AND p.campaign_id = %(campaign)s
          AND p.legal_entity_id = %(legal_entity)s AND p.is_invited
    ), pairs AS (
        SELECT home, work, count(*) AS people, sum(days) AS days FROM asked GROUP BY home, work
    ), placed AS (
        SELECT p.people, p.days, h.postcode AS home, w.postcode AS work, 2 * %(radius)s * asin(sqrt(least(1.0,
                   sin(radians(w.latitude - h.latitude) / 2) ^ 2 + cos(radians(h.latitude)) * cos(radians(w.latitude))
                   * sin(radians(w.longitude - h.longitude) / 2) ^ 2))) AS straight
        FROM pairs p
        JOIN LATERAL (
            SELECT postcode, latitude, longitude FROM surveys_postcodeplace
            WHERE postcode IN (p.home, left(p.home, 4)) ORDER BY length(postcode) DESC LIMIT 1
        ) h ON true
        JOIN LATERAL (
            SELECT postcode, latitude, longitude FROM surveys_postcodeplace
            WHERE postcode IN (p.work, left(p.work, 4)) ORDER BY length(postcode) DESC LIMIT 1
        ) w ON true
    ), far AS (
        SELECT people, days, CASE
            WHEN home = work AND length(home) > 4 THEN %(least)s
            WHEN home = work THEN %(least_in_four_digits)s
            ELSE greatest(%(least)s, floor((
                SELECT sum(greatest(0, least(straight, b.until) - b.since) * b.factor)
                FROM unnest(%(since)s::float[], %(until)s::float[], %(factor)s::float[]) AS b (since, until, factor)
            ) / 1000 + 0.5) * 1000)
        END AS one_way
        FROM placed
    )
    SELECT (SELECT count(*) FROM asked), COALESCE(sum(people), 0)::bigint,
           COALESCE(round(sum(2 * one_way * days)::numeric), 0)::bigint
    FROM far
"""

# People with a day that is farther, one way, than is possible for its vehicle.
FAR_PEOPLE = (
    USED_DAYS
    + """
    , far AS (
        SELECT * FROM unnest(%(modes)s::text[], %(limits)s::int[]) AS far (mode, metres)
    )
    SELECT u.mode, count(DISTINCT u.employee_id)
    FROM used u JOIN far ON far.mode = u.mode
    WHERE u.whereabouts IN ('workplace', 'other_site') AND u.return_metres > 2 * far.metres
    GROUP BY u.mode
"""
)


def staff_distances(*, organisation: Organisation, report: Report) -> StaffDistances:
    """The people of the report's campaign, and the distance by postcode of those of whom both ends are known."""
    begins = (0.0, *(float(band.until_metres) for band in DETOUR_BANDS[:-1]))
    named = {
        **_named(organisation, report),
        "usual_days": USUAL_DAYS,
        "radius": EARTH_RADIUS_METRES,
        "least": LEAST_METRES,
        "least_in_four_digits": LEAST_METRES_IN_FOUR_DIGITS,
        "since": list(begins),
        "until": [float(band.until_metres) for band in DETOUR_BANDS],
        "factor": [band.factor for band in DETOUR_BANDS],
    }
    with organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute(STAFF_DISTANCES, named)
        people, known, week_metres = cursor.fetchone()
    return StaffDistances(people=people, known=known, week_metres=week_metres)


def far_people(*, organisation: Organisation, report: Report, parameters: Parameters) -> dict[Mode, int]:
    """How many different people of the report's campaign answered farther than the limit of a mode; to be shielded."""
    limits = one_way_limits(parameters)
    named = {
        **_named(organisation, report),
        "modes": [mode.value for mode in limits],
        "limits": list(limits.values()),
    }
    with organisation_scope(organisation, role=Role.REPORTING), connection.cursor() as cursor:
        cursor.execute(FAR_PEOPLE, named)
        return {Mode(mode): people for mode, people in cursor.fetchall()}


def _named(organisation: Organisation, report: Report) -> dict[str, Any]:
    return {
        "organisation": organisation.pk,
        "campaign": report.campaign_id,
        "legal_entity": report.legal_entity_id,
    }
