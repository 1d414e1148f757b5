-- Nobody in a scope deletes from the log of who looked at whom. What is too old goes by this function only, some rows
-- at a time, and never what is younger than a year.
CREATE FUNCTION wpm.forget_person_reads(wanted_before timestamptz, most integer)
RETURNS TABLE (forgotten integer)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    number integer;
BEGIN
    DELETE FROM surveys_personread WHERE id IN (
        SELECT r.id FROM surveys_personread r
        WHERE r.read_at < least(wanted_before, now() - interval '364 days')
        ORDER BY r.read_at LIMIT most FOR UPDATE SKIP LOCKED
    );
    GET DIAGNOSTICS number = ROW_COUNT;
    RETURN QUERY SELECT number;
END $$;
