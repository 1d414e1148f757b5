-- A personal link holds the invitation's code and a signature over it; the code alone opens nothing. In plpgsql, of which
-- PostgreSQL keeps the plan: every page of an employee begins with it.
CREATE FUNCTION wpm.invitation(wanted_code uuid)
RETURNS TABLE (invitation_id bigint, organisation_id bigint, employee_id bigint, link_version integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT i.id, i.organisation_id, i.employee_id, (i.link_version + e.address_changes)::integer
    FROM surveys_invitation i JOIN surveys_employee e ON e.id = i.employee_id WHERE i.code = wanted_code;
END $$;

-- The tick: organisations with a campaign that runs or is paused (it closes by date all the same), or a staff import that waits.
CREATE FUNCTION wpm.organisations_with_running_campaigns()
RETURNS TABLE (organisation_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT c.organisation_id FROM surveys_campaign c WHERE c.state IN ('running', 'paused')
$$;

CREATE FUNCTION wpm.organisations_with_waiting_imports()
RETURNS TABLE (organisation_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT s.organisation_id FROM surveys_staffimport s WHERE s.state IN ('checking', 'applying')
$$;
