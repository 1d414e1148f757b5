-- The weekly pooling: who consents now, and who took part the last time and must be let go.
CREATE FUNCTION wpm.organisations_of_the_shared_prior()
RETURNS TABLE (organisation_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c.organisation_id FROM reporting_priorconsent c WHERE c.withdrawn_at IS NULL
    UNION
    SELECT o.organisation_id FROM reporting_priorofothers o
    ORDER BY 1
$$;
