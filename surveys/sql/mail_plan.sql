-- The tick: organisations whose mail plan asks for something though no campaign runs: thanks after a campaign was
-- closed, and campaigns from before there were plans.
CREATE FUNCTION wpm.organisations_with_open_mail_steps()
RETURNS TABLE (organisation_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.organisation_id FROM surveys_mailstep s JOIN surveys_campaign c ON c.id = s.campaign_id
    WHERE c.state = 'closed' AND s.state IN ('planned', 'prepared', 'undone')
    UNION
    SELECT c.organisation_id FROM surveys_campaign c
    WHERE c.state <> 'closed' AND NOT EXISTS (SELECT FROM surveys_mailstep s WHERE s.campaign_id = c.id)
        AND EXISTS (SELECT FROM surveys_surveyweek w WHERE w.campaign_id = c.id)
$$;
