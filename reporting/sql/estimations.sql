-- The tick: organisations with an estimation that waits for a worker, or that a worker began and did not end.
CREATE FUNCTION wpm.organisations_with_estimations_at_work()
RETURNS TABLE (organisation_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT e.organisation_id FROM reporting_estimationrun e WHERE e.state IN ('waiting', 'running')
$$;
