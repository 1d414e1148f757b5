-- What is left of a campaign about persons, per kind: counted before a run and after it. Counts only.
-- `remembered`: what is remembered for next time of people who have no answer in another campaign.
CREATE FUNCTION wpm.retention_left(wanted_organisation bigint, wanted_campaign bigint)
RETURNS TABLE (kind text, number bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH asked AS (
        SELECT i.id, i.code FROM surveys_invitation i
        WHERE i.organisation_id = wanted_organisation AND i.campaign_id = wanted_campaign
    ), members AS (
        SELECT p.employee_id FROM surveys_populationmember p
        WHERE p.organisation_id = wanted_organisation AND p.campaign_id = wanted_campaign
    ), done AS (
        SELECT m.employee_id FROM members m WHERE NOT EXISTS (
            SELECT FROM surveys_response r WHERE r.employee_id = m.employee_id AND r.campaign_id <> wanted_campaign
        )
    )
    SELECT 'answers', (SELECT count(*) FROM surveys_response r
        WHERE r.organisation_id = wanted_organisation AND r.campaign_id = wanted_campaign)
        + (SELECT count(*) FROM surveys_followupanswer a JOIN surveys_followupquestion q ON q.id = a.question_id
        JOIN asked ON asked.id = q.invitation_id)
    UNION ALL
    SELECT 'days', count(*) FROM surveys_dayanswer d JOIN surveys_response r ON r.id = d.response_id
    WHERE r.organisation_id = wanted_organisation AND r.campaign_id = wanted_campaign
    UNION ALL
    SELECT 'remembered', (SELECT count(*) FROM surveys_travelprofile t JOIN done ON done.employee_id = t.employee_id)
        + (SELECT count(*) FROM surveys_vehiclefacts v JOIN done ON done.employee_id = v.employee_id)
    UNION ALL
    SELECT 'invitations', (SELECT count(*) FROM asked)
        + (SELECT count(*) FROM surveys_followupquestion q JOIN asked ON asked.id = q.invitation_id)
    UNION ALL
    SELECT 'people', count(*) FROM members
    UNION ALL
    SELECT 'list_lines', count(*) FROM surveys_batchline l JOIN surveys_mailbatch b ON b.id = l.batch_id
        JOIN surveys_mailstep s ON s.id = b.step_id
    WHERE s.organisation_id = wanted_organisation AND s.campaign_id = wanted_campaign
    UNION ALL
    SELECT 'paper_codes', count(*) FROM surveys_papercode p JOIN surveys_paperlist l ON l.id = p.paper_list_id
    WHERE l.organisation_id = wanted_organisation AND l.campaign_id = wanted_campaign
    UNION ALL
    SELECT 'mails', count(*) FROM mailing_outgoingmail m JOIN asked ON asked.code = m.reference
    WHERE m.organisation_id = wanted_organisation
    UNION ALL
    SELECT 'trail_names', count(*) FROM organisations_auditevent e JOIN surveys_campaign c ON c.id = wanted_campaign
    WHERE e.organisation_id = wanted_organisation AND e.subject <> ''
        AND ((e.action IN ('person_mail.resent', 'person_mail.skipped', 'person_mail.allowed')
              AND e.detail ->> 'campaign' = c.name)
          OR (e.action = 'invitation.paper_code_made' AND e.detail ->> 'campaign' = c.code::text))
$$;

-- Nobody in a scope deletes who was asked, what was mailed or what was answered. At the end of a campaign's period it goes
-- by this function only, some people at a time: of a closed campaign, with a run under way, its totals kept, and no hold
-- in force on `today`. Returns what went; nothing when all is gone.
CREATE FUNCTION wpm.forget_campaign(wanted_organisation bigint, wanted_campaign bigint, today date, most integer)
RETURNS TABLE (kind text, number bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    ids bigint[];
    codes uuid[];
    people bigint[];
    deleted bigint;
BEGIN
    -- The lock makes a second worker wait its turn; it then finds the next people, or a run that is finished.
    PERFORM FROM surveys_retentionrun r
    JOIN surveys_campaign c ON c.id = r.campaign_id AND c.state = 'closed'
    JOIN surveys_campaigntotals t ON t.campaign_id = r.campaign_id AND t.people IS NOT NULL
    WHERE r.organisation_id = wanted_organisation AND r.campaign_id = wanted_campaign AND r.finished_at IS NULL
    FOR UPDATE OF r;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'No run to forget campaign % is under way', wanted_campaign;
    END IF;
    PERFORM FROM surveys_retentionhold h
    WHERE h.organisation_id = wanted_organisation AND h.campaign_id = wanted_campaign AND h.lifted_at IS NULL
        AND (h.until IS NULL OR h.until >= today);
    IF FOUND THEN
        RAISE EXCEPTION 'Campaign % is held', wanted_campaign;
    END IF;
    SELECT array_agg(found.id), array_agg(found.code) INTO ids, codes FROM (
        SELECT i.id, i.code FROM surveys_invitation i
        WHERE i.organisation_id = wanted_organisation AND i.campaign_id = wanted_campaign ORDER BY i.id LIMIT most
    ) found;
    IF ids IS NOT NULL THEN
        DELETE FROM mailing_mailevent e USING mailing_outgoingmail m
        WHERE e.mail_id = m.id AND m.organisation_id = wanted_organisation AND m.reference = ANY (codes);
        DELETE FROM mailing_outgoingmail m
        WHERE m.organisation_id = wanted_organisation AND m.reference = ANY (codes);
        GET DIAGNOSTICS deleted = ROW_COUNT;
        RETURN QUERY SELECT 'mails', deleted;
        DELETE FROM surveys_dayanswer d USING surveys_response r
        WHERE d.response_id = r.id AND r.invitation_id = ANY (ids);
        GET DIAGNOSTICS deleted = ROW_COUNT;
        RETURN QUERY SELECT 'days', deleted;
        DELETE FROM surveys_response r WHERE r.invitation_id = ANY (ids);
        GET DIAGNOSTICS deleted = ROW_COUNT;
        RETURN QUERY SELECT 'answers', deleted;
        DELETE FROM surveys_followupanswer a USING surveys_followupquestion q
        WHERE a.question_id = q.id AND q.invitation_id = ANY (ids);
        GET DIAGNOSTICS deleted = ROW_COUNT;
        RETURN QUERY SELECT 'answers', deleted;
        DELETE FROM surveys_followupquestion q WHERE q.invitation_id = ANY (ids);
        GET DIAGNOSTICS deleted = ROW_COUNT;
        RETURN QUERY SELECT 'invitations', deleted;
        DELETE FROM surveys_forgetrequest f WHERE f.invitation_id = ANY (ids);
        DELETE FROM surveys_papercode p WHERE p.invitation_id = ANY (ids);
        GET DIAGNOSTICS deleted = ROW_COUNT;
        RETURN QUERY SELECT 'paper_codes', deleted;
        DELETE FROM surveys_batchline l WHERE l.invitation_id = ANY (ids);
        GET DIAGNOSTICS deleted = ROW_COUNT;
        RETURN QUERY SELECT 'list_lines', deleted;
        UPDATE organisations_auditevent e SET subject = ''
        WHERE e.organisation_id = wanted_organisation AND e.action = 'invitation.paper_code_made'
            AND e.subject = ANY (codes::text[]);
        GET DIAGNOSTICS deleted = ROW_COUNT;
        RETURN QUERY SELECT 'trail_names', deleted;
        DELETE FROM surveys_invitation i WHERE i.id = ANY (ids);
        GET DIAGNOSTICS deleted = ROW_COUNT;
        RETURN QUERY SELECT 'invitations', deleted;
        RETURN;
    END IF;
    SELECT array_agg(found.employee_id) INTO people FROM (
        SELECT p.employee_id FROM surveys_populationmember p
        WHERE p.organisation_id = wanted_organisation AND p.campaign_id = wanted_campaign
        ORDER BY p.employee_id LIMIT most
    ) found;
    IF people IS NULL THEN
        RETURN;
    END IF;
    -- What is remembered for next time goes with the person's last answers.
    DELETE FROM surveys_travelprofile t WHERE t.employee_id = ANY (people)
        AND NOT EXISTS (SELECT FROM surveys_response r WHERE r.employee_id = t.employee_id);
    GET DIAGNOSTICS deleted = ROW_COUNT;
    RETURN QUERY SELECT 'remembered', deleted;
    DELETE FROM surveys_vehiclefacts v WHERE v.employee_id = ANY (people)
        AND NOT EXISTS (SELECT FROM surveys_response r WHERE r.employee_id = v.employee_id);
    GET DIAGNOSTICS deleted = ROW_COUNT;
    RETURN QUERY SELECT 'remembered', deleted;
    UPDATE organisations_auditevent e SET subject = '' FROM surveys_campaign c
    WHERE c.id = wanted_campaign AND e.organisation_id = wanted_organisation AND e.subject <> ''
        AND e.action IN ('person_mail.resent', 'person_mail.skipped', 'person_mail.allowed')
        AND e.detail ->> 'campaign' = c.name;
    GET DIAGNOSTICS deleted = ROW_COUNT;
    RETURN QUERY SELECT 'trail_names', deleted;
    DELETE FROM surveys_populationmember p WHERE p.organisation_id = wanted_organisation
        AND p.campaign_id = wanted_campaign AND p.employee_id = ANY (people);
    GET DIAGNOSTICS deleted = ROW_COUNT;
    RETURN QUERY SELECT 'people', deleted;
END $$;

-- Answers that people asked to have deleted after the closing; only where the totals were kept before.
CREATE FUNCTION wpm.forget_requested(wanted_organisation bigint, wanted_campaign bigint)
RETURNS TABLE (forgotten integer)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    ids bigint[];
    people bigint[];
BEGIN
    IF NOT EXISTS (
        SELECT FROM surveys_campaigntotals t JOIN surveys_campaign c ON c.id = t.campaign_id AND c.state = 'closed'
        WHERE t.organisation_id = wanted_organisation AND t.campaign_id = wanted_campaign
    ) THEN
        RAISE EXCEPTION 'The totals of campaign % are not kept', wanted_campaign;
    END IF;
    SELECT array_agg(found.invitation_id), array_agg(found.employee_id) INTO ids, people FROM (
        SELECT f.invitation_id, f.employee_id FROM surveys_forgetrequest f
        JOIN surveys_invitation i ON i.id = f.invitation_id
        WHERE f.organisation_id = wanted_organisation AND i.campaign_id = wanted_campaign
        ORDER BY f.invitation_id FOR UPDATE OF f
    ) found;
    IF ids IS NOT NULL THEN
        DELETE FROM surveys_dayanswer d USING surveys_response r
        WHERE d.response_id = r.id AND r.invitation_id = ANY (ids);
        DELETE FROM surveys_response r WHERE r.invitation_id = ANY (ids);
        DELETE FROM surveys_travelprofile t WHERE t.employee_id = ANY (people);
        DELETE FROM surveys_vehiclefacts v WHERE v.employee_id = ANY (people);
        DELETE FROM surveys_forgetrequest f WHERE f.invitation_id = ANY (ids);
    END IF;
    RETURN QUERY SELECT coalesce(cardinality(ids), 0);
END $$;

-- The tick: organisations where something of a closed campaign may be due. Which of it is, is decided in its own scope.
CREATE FUNCTION wpm.organisations_with_kept_rows()
RETURNS TABLE (organisation_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT c.organisation_id FROM surveys_campaign c
    LEFT JOIN surveys_retentionrun r ON r.campaign_id = c.id
    WHERE c.state = 'closed' AND (r.id IS NULL OR r.finished_at IS NULL)
$$;

CREATE FUNCTION wpm.organisations_with_forget_requests()
RETURNS TABLE (organisation_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT f.organisation_id FROM surveys_forgetrequest f
$$;

-- The log is a proof: a run that is finished stays as it is.
CREATE FUNCTION wpm.keep_finished_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A finished run of retention never changes';
END $$;

CREATE TRIGGER keep_finished_run BEFORE UPDATE ON surveys_retentionrun FOR EACH ROW
    WHEN (OLD.finished_at IS NOT NULL) EXECUTE FUNCTION wpm.keep_finished_run();

CREATE FUNCTION wpm.has_forget_requests(wanted_organisation bigint, wanted_campaign bigint)
RETURNS TABLE (has_requests boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM surveys_forgetrequest f JOIN surveys_invitation i ON i.id = f.invitation_id
        WHERE f.organisation_id = wanted_organisation AND i.campaign_id = wanted_campaign
    )
$$;
