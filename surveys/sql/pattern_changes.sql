-- Which pattern people had before a group got another one is kept for as long as that can be undone.
CREATE FUNCTION wpm.forget_pattern_changes(wanted_before timestamptz)
RETURNS TABLE (forgotten integer)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    number integer;
BEGIN
    DELETE FROM surveys_patternchange c WHERE c.made_at < least(wanted_before, now() - interval '6 days');
    GET DIAGNOSTICS number = ROW_COUNT;
    RETURN QUERY SELECT number;
END $$;
