-- The half of a paper code that is no secret finds it, within one employer; whether the secret is right is checked after.
CREATE FUNCTION wpm.paper_code(wanted_organisation bigint, wanted_lookup text)
RETURNS TABLE (paper_list_id bigint, invitation_code uuid, secret_hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.paper_list_id, i.code, p.secret_hash
    FROM surveys_papercode p JOIN surveys_invitation i ON i.id = p.invitation_id
    WHERE p.organisation_id = wanted_organisation AND p.lookup = wanted_lookup
$$;
