-- How hard people found it to answer, for HR's pages: one mean per closed campaign, of five people and more. There is
-- no smaller group of it anywhere, so nobody's own answer follows by subtraction.
CREATE VIEW wpm.burden_means WITH (security_barrier) AS
    SELECT r.organisation_id, r.campaign_id, round(avg(r.burden), 1) AS mean, count(DISTINCT r.employee_id) AS people
    FROM surveys_response r JOIN surveys_campaign c ON c.id = r.campaign_id AND c.state = 'closed'
    WHERE r.organisation_id = NULLIF(current_setting('wpm.organisation', true), '')::bigint
      AND r.submitted_at IS NOT NULL AND r.burden IS NOT NULL
    GROUP BY r.organisation_id, r.campaign_id
    HAVING count(DISTINCT r.employee_id) >= 5;
GRANT SELECT ON wpm.burden_means TO wpm_hr;
