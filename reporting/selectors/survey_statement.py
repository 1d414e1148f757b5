"""The statement that adds up a survey, and what others share of it.

It is written so that PostgreSQL may let several processes read the days, which are almost all that there is to read:
one grouping over all of them, and a closer look at the few responses whose days cannot simply be added up.
"""

# Whose answers count: everybody's but of who was not invited, which are few. Who answers has an invitation, and who has
# one is in the population. Of an unusual week the days of the normal one count, which is noted only when it is given
# whole (`surveys/services/responses/days`), else its own.
COUNTED = """
    (
        SELECT a.id, a.organisation_id, a.employee_id, a.week_id,
               a.was_normal_week IS FALSE AND a.gives_normal_week AS takes_normal_week,
               a.was_normal_week IS FALSE AND NOT a.gives_normal_week AS is_unusual
        FROM surveys_response a
        WHERE a.organisation_id = %(organisation)s AND a.campaign_id = %(campaign)s
          AND a.legal_entity_id = %(legal_entity)s AND a.submitted_at IS NOT NULL
          AND NOT EXISTS (
              SELECT FROM surveys_populationmember p
              WHERE p.organisation_id = %(organisation)s AND p.campaign_id = %(campaign)s
                AND p.employee_id = a.employee_id AND NOT p.is_invited
          )
    ) r
"""

# Which of their days.
THEIR_DAY = """
    d.organisation_id = r.organisation_id AND d.response_id = r.id AND d.is_normal_week = r.takes_normal_week
"""

USED_DAYS = f"""
    WITH used AS MATERIALIZED (
        SELECT r.id, r.employee_id, d.whereabouts, d.mode, d.fuel, d.return_metres
        FROM {COUNTED} JOIN surveys_dayanswer d ON {THEIR_DAY}
    )
"""

WORKED = "('workplace', 'home', 'other_site', 'client')"
TRAVELLED = "('workplace', 'other_site')"
# A response has at most one day in use that is a Wednesday, as 5 January 2000 was.
MIDWEEK = "(d.date - DATE '2000-01-05') %% 7 = 0"

# One statement, so that weeks and metres are of the same moment. What comes out stands at `WeekSum` and `WeekCounts`.
SUMS = f"""
    WITH day_sums AS MATERIALIZED (
        SELECT r.week_id, d.whereabouts, d.mode, d.fuel, d.is_employer_provided, d.is_copied, d.uses_usual_distance,
               sum(d.return_metres)::bigint AS metres, count(*) AS days,
               count(*) FILTER (WHERE {MIDWEEK}) AS midweek_days
        FROM {COUNTED} JOIN surveys_dayanswer d ON {THEIR_DAY}
        GROUP BY r.week_id, d.whereabouts, d.mode, d.fuel, d.is_employer_provided, d.is_copied, d.uses_usual_distance
    ), submitted AS MATERIALIZED (
        SELECT r.week_id, count(*) AS weeks, count(*) FILTER (WHERE r.takes_normal_week) AS alternative_weeks,
               count(*) FILTER (WHERE r.is_unusual) AS unusual_weeks
        FROM {COUNTED} GROUP BY r.week_id
    ), looked_at AS (
        -- Who worked on no day did not work on Wednesday either. Only who has a roster may have no Wednesday.
        SELECT r.* FROM {COUNTED} JOIN surveys_dayanswer d ON {THEIR_DAY}
        WHERE d.whereabouts = 'unknown' OR d.whereabouts NOT IN {WORKED} AND {MIDWEEK}
        UNION
        SELECT r.* FROM {COUNTED}
        WHERE (SELECT sum(midweek_days) FROM day_sums) IS DISTINCT FROM (SELECT sum(weeks) FROM submitted)
          AND NOT EXISTS (SELECT FROM surveys_dayanswer d WHERE {THEIR_DAY} AND {MIDWEEK})
    ), doubtful AS MATERIALIZED (
        -- Responses without a worked day or with a "don't know".
        SELECT r.*, own.*
        FROM looked_at r
        CROSS JOIN LATERAL (
            SELECT count(*) FILTER (WHERE d.whereabouts IN {WORKED}) AS worked_days,
                   count(*) FILTER (WHERE d.whereabouts = 'unknown') AS unknown_days,
                   count(*) FILTER (WHERE d.is_copied) AS copied_days,
                   count(*) FILTER (WHERE d.whereabouts = 'other_site' AND d.uses_usual_distance) AS usual_distance_days
            FROM surveys_dayanswer d WHERE {THEIR_DAY}
        ) own
        WHERE own.worked_days = 0 OR own.unknown_days > 0
    ), doubtful_sums AS MATERIALIZED (
        SELECT r.week_id, d.mode, d.fuel, d.is_employer_provided, r.worked_days, r.unknown_days,
               sum(d.return_metres)::bigint AS metres, count(*) AS days
        FROM doubtful r JOIN surveys_dayanswer d ON {THEIR_DAY}
        WHERE d.whereabouts IN {TRAVELLED} AND r.unknown_days > 0
        GROUP BY r.week_id, d.mode, d.fuel, d.is_employer_provided, r.worked_days, r.unknown_days
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
    ), day_counts AS (
        SELECT week_id, sum(days) FILTER (WHERE is_copied) AS copied_days,
               sum(days) FILTER (WHERE whereabouts = 'other_site' AND uses_usual_distance) AS usual_distance_days,
               sum(days) FILTER (WHERE whereabouts = 'unknown') AS unknown_days
        FROM day_sums GROUP BY week_id
    ), idle AS (
        SELECT week_id, count(*) FILTER (WHERE unknown_days = 0) AS not_worked,
               count(*) FILTER (WHERE unknown_days > 0) AS unusable,
               count(*) FILTER (WHERE takes_normal_week) AS alternative_weeks,
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
