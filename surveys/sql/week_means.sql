-- Means of a closed campaign for the page on which employees read its result: kilometres in a week per person who worked,
-- and the share of the working days at home. By the same rules as the report, so that the two never differ by what one
-- person's normal week replaced. Legal entities of which fewer than five people count are left out: the reports of the
-- others say what those travelled, and what is left over would be the answers of a few. Rounded, and no sum beside it.
CREATE VIEW wpm.week_means WITH (security_barrier) AS
    WITH answered AS (
        SELECT r.id, r.organisation_id, r.campaign_id, r.legal_entity_id, r.employee_id,
               r.was_normal_week IS FALSE AND r.gives_normal_week AND EXISTS (
                   SELECT FROM surveys_dayanswer n WHERE n.response_id = r.id AND n.is_normal_week
               ) AS uses_normal_week
        FROM surveys_response r JOIN surveys_campaign c ON c.id = r.campaign_id AND c.state = 'closed'
        WHERE r.organisation_id = NULLIF(current_setting('wpm.organisation', true), '')::bigint
          AND r.submitted_at IS NOT NULL
          AND NOT EXISTS (SELECT FROM surveys_campaigntotals t WHERE t.campaign_id = c.id)
          AND EXISTS (
              SELECT FROM surveys_populationmember p
              WHERE p.campaign_id = r.campaign_id AND p.employee_id = r.employee_id AND p.is_invited
          )
    ), weeks AS (
        SELECT a.organisation_id, a.campaign_id, a.legal_entity_id, a.employee_id, sum(d.return_metres) AS metres,
               count(*) FILTER (WHERE d.whereabouts IN ('workplace', 'home', 'other_site', 'client')) AS worked,
               count(*) FILTER (WHERE d.whereabouts = 'unknown') AS unknown,
               count(*) FILTER (WHERE d.whereabouts = 'home') AS home
        FROM answered a JOIN surveys_dayanswer d ON d.response_id = a.id AND d.is_normal_week = a.uses_normal_week
        GROUP BY a.id, a.organisation_id, a.campaign_id, a.legal_entity_id, a.employee_id
        HAVING count(*) FILTER (WHERE d.whereabouts IN ('workplace', 'home', 'other_site', 'client')) > 0
    )
    SELECT w.organisation_id, w.campaign_id, count(DISTINCT w.employee_id) AS people,
           round(sum(w.metres::numeric * (w.worked + w.unknown) / w.worked) / count(*) / 1000)::integer AS mean_km,
           CASE WHEN count(DISTINCT w.employee_id) FILTER (WHERE w.home > 0) >= 5
                 AND count(DISTINCT w.employee_id) FILTER (WHERE w.home < w.worked) >= 5
                THEN round(100.0 * sum(w.home) / sum(w.worked))::integer END AS home_percentage
    FROM weeks w
    WHERE (w.campaign_id, w.legal_entity_id) IN (
        SELECT s.campaign_id, s.legal_entity_id FROM weeks s
        GROUP BY s.campaign_id, s.legal_entity_id HAVING count(DISTINCT s.employee_id) >= 5)
    GROUP BY w.organisation_id, w.campaign_id
    UNION ALL
    -- Once answers were deleted: what stood above before.
    SELECT t.organisation_id, t.campaign_id, (t.answers -> 'week' ->> 'people')::bigint,
           (t.answers -> 'week' ->> 'mean_km')::integer, (t.answers -> 'week' ->> 'home_percentage')::integer
    FROM surveys_campaigntotals t
    WHERE t.organisation_id = NULLIF(current_setting('wpm.organisation', true), '')::bigint
      AND jsonb_typeof(t.answers -> 'week') = 'object';
GRANT SELECT ON wpm.week_means TO wpm_hr;
