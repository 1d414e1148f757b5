-- What HR's pages may know of the answers: per closed campaign and mode, over five people and more. While answers
-- come in, who looks at five people and then at six would know the sixth.
-- The view reads with its owner's rights, hence the condition on the tenant in it. A group's remainder
-- could be found by subtraction from a larger group, so there is only one level of grouping per view and
-- no total beside it. Legal entities of which fewer than five people answered are left out: the reports of the
-- others say what those travelled, and what is left over would be the answers of a few.
CREATE VIEW wpm.answer_sums WITH (security_barrier) AS
    SELECT d.organisation_id, r.campaign_id, d.mode, count(*) AS days, sum(d.return_metres) AS metres,
           count(DISTINCT r.employee_id) AS people
    FROM surveys_dayanswer d JOIN surveys_response r ON r.id = d.response_id
    JOIN surveys_campaign c ON c.id = r.campaign_id AND c.state = 'closed'
    WHERE d.organisation_id = NULLIF(current_setting('wpm.organisation', true), '')::bigint
      AND NOT EXISTS (SELECT FROM surveys_campaigntotals t WHERE t.campaign_id = c.id)
      AND (r.campaign_id, r.legal_entity_id) IN (
          SELECT s.campaign_id, s.legal_entity_id FROM surveys_response s
          WHERE s.organisation_id = NULLIF(current_setting('wpm.organisation', true), '')::bigint
            AND s.submitted_at IS NOT NULL
          GROUP BY s.campaign_id, s.legal_entity_id HAVING count(DISTINCT s.employee_id) >= 5)
      AND r.submitted_at IS NOT NULL AND d.whereabouts IN ('workplace', 'other_site') AND NOT d.is_normal_week
    GROUP BY d.organisation_id, r.campaign_id, d.mode
    HAVING count(DISTINCT r.employee_id) >= 5
    UNION ALL
    -- Once answers were deleted: what stood above before.
    SELECT t.organisation_id, t.campaign_id, m.mode, m.days, m.metres, m.people
    FROM surveys_campaigntotals t,
         jsonb_to_recordset(t.answers -> 'modes') AS m (mode varchar(20), days bigint, metres numeric, people bigint)
    WHERE t.organisation_id = NULLIF(current_setting('wpm.organisation', true), '')::bigint;
GRANT SELECT ON wpm.answer_sums TO wpm_hr;
