-- One person's week with everything that their pages show, as one value: rows as JSON, read under the caller's own role,
-- so that row-level security holds. A function, because PostgreSQL then keeps the plans, which cost more than the rows.
-- is_change: first wait for other changes of this invitation, and keep its campaign from closing (services/closing.py),
-- until the end of the transaction. What is read then is what those left.
CREATE FUNCTION wpm.respondent_week(of_invitation uuid, is_change boolean)
RETURNS json
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    found json;
BEGIN
    IF is_change THEN
        PERFORM pg_advisory_xact_lock_shared(hashtextextended('surveys.closing:' || i.campaign_id, 0))
        FROM surveys_invitation i WHERE i.code = of_invitation;
        PERFORM FROM surveys_invitation i WHERE i.code = of_invitation FOR UPDATE;
    END IF;
    SELECT json_build_object(
        'invitation', i, 'organisation', o, 'campaign', c, 'week', w, 'employee', e, 'response', r, 'profile', p,
        -- Not what was answered by a link to an earlier address.
        'days', (
            SELECT json_agg(d ORDER BY d.is_normal_week, d.date) FROM surveys_dayanswer d
            WHERE d.response_id = r.id AND r.address_changes = e.address_changes
        ),
        'vehicles', (
            SELECT json_agg(v ORDER BY v.id) FROM surveys_vehiclefacts v
            WHERE v.employee_id = e.id AND v.address_changes = e.address_changes
        ),
        'has_several_sites', (
            SELECT count(*) > 1
            FROM (SELECT FROM organisations_site s WHERE s.organisation_id = i.organisation_id LIMIT 2) few
        ),
        'answered_before', EXISTS (
            SELECT FROM surveys_response b
            WHERE b.employee_id = e.id AND b.campaign_id = i.campaign_id AND b.submitted_at IS NOT NULL
                AND b.invitation_id <> i.id
        ),
        -- Only for who may start.
        'member', (
            SELECT m FROM surveys_populationmember m
            WHERE (r.id IS NULL OR r.address_changes < e.address_changes)
                AND m.organisation_id = i.organisation_id AND m.campaign_id = i.campaign_id AND m.employee_id = e.id
        ),
        -- Those that stand in the rows above.
        'sites', (
            SELECT json_agg(s) FROM organisations_site s
            WHERE s.id IN (e.site_id, r.site_id, p.site_id)
                OR s.id IN (SELECT d.other_site_id FROM surveys_dayanswer d WHERE d.response_id = r.id)
        )
    )
    INTO found
    FROM surveys_invitation i
    JOIN organisations_organisation o ON o.id = i.organisation_id
    JOIN surveys_campaign c ON c.id = i.campaign_id
    JOIN surveys_surveyweek w ON w.id = i.week_id
    JOIN surveys_employee e ON e.id = i.employee_id
    LEFT JOIN surveys_response r ON r.invitation_id = i.id
    LEFT JOIN surveys_travelprofile p ON p.employee_id = e.id
    WHERE i.code = of_invitation;
    RETURN found;
END $$;
GRANT EXECUTE ON FUNCTION wpm.respondent_week TO wpm_respondent;

-- Everything that a person answered on an invitation and what is remembered for next time; with only_earlier, only what was
-- answered by links to earlier addresses. Returns whether there was a response.
CREATE FUNCTION wpm.forget_answers(of_organisation bigint, of_invitation bigint, only_earlier boolean)
RETURNS boolean
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    person record;
    had_response boolean;
BEGIN
    SELECT e.id, CASE WHEN only_earlier THEN e.address_changes - 1 ELSE e.address_changes END AS newest INTO person
    FROM surveys_invitation i JOIN surveys_employee e ON e.id = i.employee_id
    WHERE i.organisation_id = of_organisation AND i.id = of_invitation;
    DELETE FROM surveys_dayanswer d USING surveys_response r
    WHERE d.response_id = r.id AND r.invitation_id = of_invitation AND r.address_changes <= person.newest;
    DELETE FROM surveys_response r WHERE r.invitation_id = of_invitation AND r.address_changes <= person.newest;
    had_response := FOUND;
    DELETE FROM surveys_travelprofile p WHERE p.employee_id = person.id AND p.address_changes <= person.newest;
    DELETE FROM surveys_vehiclefacts v WHERE v.employee_id = person.id AND v.address_changes <= person.newest;
    IF had_response OR NOT only_earlier THEN
        UPDATE surveys_invitation i SET started_at = NULL, answered_at = NULL WHERE i.id = of_invitation;
    END IF;
    RETURN had_response;
END $$;
GRANT EXECUTE ON FUNCTION wpm.forget_answers TO wpm_respondent;
