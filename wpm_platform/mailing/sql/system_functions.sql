CREATE FUNCTION wpm.organisations_with_due_mail(moment timestamptz)
RETURNS TABLE (organisation_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT m.organisation_id FROM mailing_outgoingmail m
    WHERE m.due_at <= moment AND m.state IN ('queued', 'awaiting_retry', 'inflight')
$$;
