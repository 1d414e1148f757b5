-- How hard people found it to answer, for HR's pages: one mean per closed campaign, of five people and more. There is
-- no smaller group of it anywhere, so nobody's own answer follows by subtraction.
CREATE VIEW wpm.burden_means WITH (security_barrier) AS
    SELECT r.organisation_id, r.campaign_id, round(avg(r.burden), 1) AS mean, count(DISTINCT r.employee_id) AS people
    FROM surveys_response r JOIN surveys_campaign c ON c.id = r.campaign_id AND c.state = 'closed'
    WHERE r.organisation_id = NULLIF(current_setting('wpm.organisation', true), '')::bigint
      AND r.submitted_at IS NOT NULL AND r.burden IS NOT NULL
      AND NOT EXISTS (SELECT FROM surveys_campaigntotals t WHERE t.campaign_id = c.id)
    GROUP BY r.organisation_id, r.campaign_id
    HAVING count(DISTINCT r.employee_id) >= 5
    UNION ALL
    -- Once answers were deleted: what stood above before.
    SELECT t.organisation_id, t.campaign_id, (t.answers -> 'burden' ->> 'mean')::numeric,
           (t.answers -> 'burden' ->> 'people')::bigint
    FROM surveys_campaigntotals t
    WHERE t.organisation_id = NULLIF(current_setting('wpm.organisation', true), '')::bigint
      AND jsonb_typeof(t.answers -> 'burden') = 'object';
GRANT SELECT ON wpm.burden_means TO wpm_hr;
