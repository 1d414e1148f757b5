"""What the answers add up to: sums of integer metres and counts, made by PostgreSQL, never row by row here.

Counted are submitted responses of people who were invited (the population as frozen at the start, which leaves out
staff without a fixed workplace). The legal entity is the one copied into the response, so that later changes of the
staff list neither move kilometres nor tell one person's answer by the difference.
"""

import datetime
import json
from typing import Any

from django.db import connection

from reporting.domain.survey_sums import SurveySums, WeekCounts, WeekSum, mode_sums
from reporting.models import KeptSurvey
from surveys.enums import CampaignState
from surveys.models import Campaign
from wpm_platform.organisations.models import LegalEntity, Organisation
from wpm_platform.scoping import Role, organisation_scope

# Who counts, and which of their days: an unusual week counts by its normal week where days of one were given, else by
# itself.
USED_DAYS = """
    WITH answered AS (
        SELECT r.id, r.week_id, r.employee_id, r.was_normal_week IS FALSE AS is_unusual,
               r.was_normal_week IS FALSE AND r.gives_normal_week AND EXISTS (
                   SELECT FROM surveys_dayanswer n WHERE n.response_id = r.id AND n.is_normal_week
               ) AS uses_normal_week
        FROM surveys_response r
        JOIN surveys_populationmember p
          ON p.organisation_id = r.organisation_id AND p.campaign_id = r.campaign_id AND p.employee_id = r.employee_id
        WHERE r.organisation_id = %(organisation)s AND r.campaign_id = %(campaign)s
          AND r.legal_entity_id = %(legal_entity)s AND r.submitted_at IS NOT NULL AND p.is_invited
    ), used AS MATERIALIZED (
        SELECT a.id, a.employee_id, a.week_id, d.whereabouts, d.mode, d.fuel, d.is_employer_provided, d.return_metres,
               d.uses_usual_distance, d.is_copied
        FROM answered a JOIN surveys_dayanswer d ON d.response_id = a.id AND d.is_normal_week = a.uses_normal_week
    )
"""

# One statement, so that weeks and metres are of the same moment and the days are read once.
SUMS = (
    USED_DAYS
    + """
    , counted AS MATERIALIZED (
        SELECT id, count(*) FILTER (WHERE whereabouts IN ('workplace', 'home', 'other_site', 'client')) AS worked_days,
               count(*) FILTER (WHERE whereabouts = 'unknown') AS unknown_days,
               count(*) FILTER (WHERE is_copied) AS copied_days,
               count(*) FILTER (WHERE whereabouts = 'other_site' AND uses_usual_distance) AS usual_distance_days
        FROM used GROUP BY id
    ), week_sums AS (
        SELECT u.week_id, u.mode, u.fuel, u.is_employer_provided, c.worked_days, c.unknown_days,
               sum(u.return_metres)::bigint AS metres, count(*) AS days
        FROM used u JOIN counted c ON c.id = u.id
        WHERE u.whereabouts IN ('workplace', 'other_site')
        GROUP BY u.week_id, u.mode, u.fuel, u.is_employer_provided, c.worked_days, c.unknown_days
    ), sum_rows AS (
        SELECT w.monday AS week_from, s.mode, s.fuel, s.is_employer_provided, s.worked_days, s.unknown_days, s.metres,
               s.days
        FROM week_sums s JOIN surveys_surveyweek w ON w.id = s.week_id
    ), travellers AS (
        -- Only where there are weeks to compare: who travelled in each, and with what.
        SELECT DISTINCT u.week_id, u.id, u.mode
        FROM used u
        WHERE u.whereabouts IN ('workplace', 'other_site') AND u.return_metres > 0
          AND (SELECT count(*) > 1 FROM surveys_surveyweek w
               WHERE w.organisation_id = %(organisation)s AND w.campaign_id = %(campaign)s)
    ), responses AS (
        SELECT a.week_id, a.is_unusual, a.uses_normal_week, COALESCE(c.worked_days, 0) AS worked_days,
               COALESCE(c.unknown_days, 0) AS unknown_days, c.copied_days, c.usual_distance_days
        FROM answered a LEFT JOIN counted c ON c.id = a.id
    ), week_rows AS (
        SELECT w.monday AS week_from, count(r.week_id) AS submitted,
               count(*) FILTER (WHERE r.worked_days = 0 AND r.unknown_days = 0) AS not_worked,
               count(*) FILTER (WHERE r.worked_days = 0 AND r.unknown_days > 0) AS unusable,
               COALESCE(sum(r.copied_days) FILTER (WHERE r.worked_days > 0), 0)::bigint AS copied_days,
               count(*) FILTER (WHERE r.worked_days > 0 AND r.uses_normal_week) AS alternative_weeks,
               count(*) FILTER (WHERE r.worked_days > 0 AND r.is_unusual AND NOT r.uses_normal_week)
                   AS unusual_weeks_kept,
               COALESCE(sum(r.usual_distance_days) FILTER (WHERE r.worked_days > 0), 0)::bigint
                   AS other_site_days_at_usual_distance,
               COALESCE(sum(r.unknown_days) FILTER (WHERE r.worked_days > 0), 0)::bigint AS unknown_days,
               (SELECT count(DISTINCT t.id) FROM travellers t WHERE t.week_id = w.id) AS travellers,
               (SELECT COALESCE(json_object_agg(m.mode, m.people), '{}')
                FROM (SELECT t.mode, count(*) AS people FROM travellers t WHERE t.week_id = w.id GROUP BY t.mode) m)
                   AS mode_people
        FROM surveys_surveyweek w LEFT JOIN responses r ON r.week_id = w.id
        WHERE w.organisation_id = %(organisation)s AND w.campaign_id = %(campaign)s
        GROUP BY w.id, w.monday
    )
    SELECT (SELECT COALESCE(json_agg(week_rows ORDER BY week_from), '[]')::text FROM week_rows),
           (SELECT COALESCE(json_agg(sum_rows), '[]')::text FROM sum_rows)
"""
)


# In the row of a week, for the figure of week by week only.
_BESIDE = frozenset({"travellers", "mode_people"})


def survey_sums(
    *,
    organisation: Organisation,
    campaign: Campaign | None,
    legal_entity: LegalEntity,
    week_from: datetime.date | None = None,
) -> SurveySums | None:
    """The survey of one legal entity, or one week of it; None without a campaign, and until it is closed.

    A running campaign gives no sums: who computes twice and sees one more answer would know that answer.
    """
    if campaign is None or campaign.state != CampaignState.CLOSED:
        return None
    weeks, metres = kept_or_live_rows(organisation=organisation, campaign=campaign, legal_entity=legal_entity)
    return sums_of_rows(weeks, metres, week_from=week_from)


def sums_of_rows(
    weeks: list[dict[str, Any]], metres: list[dict[str, Any]], *, week_from: datetime.date | None = None
) -> SurveySums:
    """The sums of all weeks, or of one of them. Rows that were kept before there was a choice name no week: then there
    was one."""
    wanted = None if week_from is None else week_from.isoformat()
    counts = [week for week in weeks if wanted in (None, week["week_from"])]
    rows = [row for row in metres if wanted is None or row.get("week_from", wanted) == wanted]
    return SurveySums(
        weeks=tuple(
            WeekCounts(
                **{name: value for name, value in week.items() if name not in _BESIDE}
                | {"week_from": datetime.date.fromisoformat(week["week_from"])}
            )
            for week in counts
        ),
        sums=mode_sums(WeekSum(**{name: value for name, value in row.items() if name != "week_from"}) for row in rows),
    )


def kept_or_live_rows(
    *, organisation: Organisation, campaign: Campaign, legal_entity: LegalEntity
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Counts per week, and metres per mode: as kept before the first answer was deleted, else from the answers.

    The first deletion after the closing keeps them (`reporting/services/retention/keeping`), so that no computation
    afterwards differs by one person.
    """
    with organisation_scope(organisation, role=Role.REPORTING):
        kept = KeptSurvey.objects.filter(
            organisation=organisation, campaign=campaign, legal_entity=legal_entity
        ).first()
        if kept is not None:
            return kept.sums["weeks"], kept.sums["metres"]
        return live_rows(organisation=organisation, campaign=campaign, legal_entity=legal_entity)


def live_rows(
    *, organisation: Organisation, campaign: Campaign, legal_entity: LegalEntity
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The same from the answers as they are. Call it in a scope of `wpm_reporting`."""
    named = {"organisation": organisation.pk, "campaign": campaign.pk, "legal_entity": legal_entity.pk}
    with connection.cursor() as cursor:
        cursor.execute(SUMS, named)
        weeks, metres = (json.loads(rows) for rows in cursor.fetchone())
    return weeks, metres
