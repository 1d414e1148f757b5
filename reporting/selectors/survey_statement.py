"""The statement that adds up a survey, and what others share of it.

It is written so that PostgreSQL may let several processes read the days, which are almost all that there is to read:
one grouping over all of them, and a closer look at the few responses whose days cannot simply be added up.
"""

# Whose answers count.
COUNTED = """
    surveys_response r
    JOIN surveys_populationmember p
      ON p.organisation_id = r.organisation_id AND p.campaign_id = r.campaign_id AND p.employee_id = r.employee_id
     AND r.organisation_id = %(organisation)s AND r.campaign_id = %(campaign)s
     AND r.legal_entity_id = %(legal_entity)s AND r.submitted_at IS NOT NULL AND p.is_invited
"""

# Which of their days: of an unusual week those of the normal one, which is noted only when it is given whole
# (`surveys/services/responses/days`), else its own.
THEIR_DAY = """
    d.organisation_id = r.organisation_id AND d.response_id = r.id
    AND d.is_normal_week = (r.was_normal_week IS FALSE AND r.gives_normal_week)
"""

USED_DAYS = f"""
    WITH used AS MATERIALIZED (
        SELECT r.id, r.employee_id, d.whereabouts, d.mode, d.fuel, d.return_metres
        FROM {COUNTED} JOIN surveys_dayanswer d ON {THEIR_DAY}
    )
"""

WORKED = "('workplace', 'home', 'other_site', 'client')"
TRAVELLED = "('workplace', 'other_site')"

# One statement, so that weeks and metres are of the same moment. What comes out stands at `WeekSum` and `WeekCounts`.
SUMS = f"""
    WITH day_sums AS MATERIALIZED (
        SELECT r.week_id, d.whereabouts, d.mode, d.fuel, d.is_employer_provided, d.is_copied, d.uses_usual_distance,
               sum(d.return_metres)::bigint AS metres, count(*) AS days
        FROM {COUNTED} JOIN surveys_dayanswer d ON {THEIR_DAY}
        GROUP BY r.week_id, d.whereabouts, d.mode, d.fuel, d.is_employer_provided, d.is_copied, d.uses_usual_distance
    ), looked_at AS (
        SELECT r.id FROM {COUNTED}
        WHERE NOT EXISTS (SELECT FROM surveys_dayanswer d WHERE {THEIR_DAY} AND d.whereabouts IN {WORKED})
        UNION
        SELECT r.id FROM {COUNTED} JOIN surveys_dayanswer d ON {THEIR_DAY} AND d.whereabouts = 'unknown'
    ), doubtful AS MATERIALIZED (
        -- Responses without a worked day or with a "don't know".
        SELECT r.id, r.week_id, r.was_normal_week IS FALSE AND r.gives_normal_week AS is_alternative,
               r.was_normal_week IS FALSE AND NOT r.gives_normal_week AS is_unusual,
               count(*) FILTER (WHERE d.whereabouts IN {WORKED}) AS worked_days,
               count(*) FILTER (WHERE d.whereabouts = 'unknown') AS unknown_days,
               count(*) FILTER (WHERE d.is_copied) AS copied_days,
               count(*) FILTER (WHERE d.whereabouts = 'other_site' AND d.uses_usual_distance) AS usual_distance_days
        FROM looked_at JOIN surveys_response r USING (id) LEFT JOIN surveys_dayanswer d ON {THEIR_DAY}
        GROUP BY r.id
    ), doubtful_sums AS MATERIALIZED (
        SELECT f.week_id, d.mode, d.fuel, d.is_employer_provided, f.worked_days, f.unknown_days,
               sum(d.return_metres)::bigint AS metres, count(*) AS days
        FROM doubtful f JOIN surveys_response r USING (id) JOIN surveys_dayanswer d ON {THEIR_DAY}
        WHERE d.whereabouts IN {TRAVELLED} AND f.unknown_days > 0
        GROUP BY f.week_id, d.mode, d.fuel, d.is_employer_provided, f.worked_days, f.unknown_days
    ), plain_sums AS (
        SELECT week_id, mode, fuel, is_employer_provided, sum(metres)::bigint AS metres, sum(days)::bigint AS days
        FROM (
            SELECT week_id, mode, fuel, is_employer_provided, metres, days
            FROM day_sums WHERE whereabouts IN {TRAVELLED}
            UNION ALL
            SELECT week_id, mode, fuel, is_employer_provided, -metres, -days FROM doubtful_sums
        ) AS all_less_doubtful
        GROUP BY week_id, mode, fuel, is_employer_provided HAVING sum(days) > 0
    ), sum_rows AS (
        SELECT w.monday AS week_from, s.mode, s.fuel, s.is_employer_provided, s.worked_days, s.unknown_days, s.metres,
               s.days
        FROM (
            SELECT week_id, mode, fuel, is_employer_provided, 1 AS worked_days, 0 AS unknown_days, metres, days
            FROM plain_sums
            UNION ALL
            SELECT week_id, mode, fuel, is_employer_provided, worked_days, unknown_days, metres, days FROM doubtful_sums
        ) AS s JOIN surveys_surveyweek w ON w.id = s.week_id
    ), submitted AS (
        SELECT r.week_id, count(*) AS weeks,
               count(*) FILTER (WHERE r.was_normal_week IS FALSE AND r.gives_normal_week) AS alternative_weeks,
               count(*) FILTER (WHERE r.was_normal_week IS FALSE AND NOT r.gives_normal_week) AS unusual_weeks
        FROM {COUNTED} GROUP BY r.week_id
    ), day_counts AS (
        SELECT week_id, sum(days) FILTER (WHERE is_copied) AS copied_days,
               sum(days) FILTER (WHERE whereabouts = 'other_site' AND uses_usual_distance) AS usual_distance_days,
               sum(days) FILTER (WHERE whereabouts = 'unknown') AS unknown_days
        FROM day_sums GROUP BY week_id
    ), idle AS (
        SELECT week_id, count(*) FILTER (WHERE unknown_days = 0) AS not_worked,
               count(*) FILTER (WHERE unknown_days > 0) AS unusable,
               count(*) FILTER (WHERE is_alternative) AS alternative_weeks,
               count(*) FILTER (WHERE is_unusual) AS unusual_weeks, sum(copied_days) AS copied_days,
               sum(usual_distance_days) AS usual_distance_days, sum(unknown_days) AS unknown_days
        FROM doubtful WHERE worked_days = 0 GROUP BY week_id
    ), travellers AS (
        -- Only where there are weeks to compare: who travelled in each, and with what.
        SELECT DISTINCT r.week_id, r.id, d.mode
        FROM {COUNTED} JOIN surveys_dayanswer d ON {THEIR_DAY}
        WHERE d.whereabouts IN {TRAVELLED} AND d.return_metres > 0
          AND (SELECT count(*) > 1 FROM surveys_surveyweek w
               WHERE w.organisation_id = %(organisation)s AND w.campaign_id = %(campaign)s)
    ), week_rows AS (
        SELECT w.monday AS week_from, COALESCE(s.weeks, 0) AS submitted, COALESCE(i.not_worked, 0) AS not_worked,
               COALESCE(i.unusable, 0) AS unusable,
               (COALESCE(c.copied_days, 0) - COALESCE(i.copied_days, 0))::bigint AS copied_days,
               COALESCE(s.alternative_weeks, 0) - COALESCE(i.alternative_weeks, 0) AS alternative_weeks,
               COALESCE(s.unusual_weeks, 0) - COALESCE(i.unusual_weeks, 0) AS unusual_weeks_kept,
               (COALESCE(c.usual_distance_days, 0) - COALESCE(i.usual_distance_days, 0))::bigint
                   AS other_site_days_at_usual_distance,
               (COALESCE(c.unknown_days, 0) - COALESCE(i.unknown_days, 0))::bigint AS unknown_days,
               (SELECT count(DISTINCT t.id) FROM travellers t WHERE t.week_id = w.id) AS travellers,
               (SELECT COALESCE(json_object_agg(m.mode, m.people), '{{}}')
                FROM (SELECT t.mode, count(*) AS people FROM travellers t WHERE t.week_id = w.id GROUP BY t.mode) m)
                   AS mode_people
        FROM surveys_surveyweek w
        LEFT JOIN submitted s ON s.week_id = w.id
        LEFT JOIN day_counts c ON c.week_id = w.id
        LEFT JOIN idle i ON i.week_id = w.id
        WHERE w.organisation_id = %(organisation)s AND w.campaign_id = %(campaign)s
    )
    SELECT (SELECT COALESCE(json_agg(week_rows ORDER BY week_from), '[]')::text FROM week_rows),
           (SELECT COALESCE(json_agg(sum_rows), '[]')::text FROM sum_rows)
"""
