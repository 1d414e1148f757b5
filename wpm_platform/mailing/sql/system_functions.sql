CREATE FUNCTION wpm.organisations_with_due_mail(moment timestamptz)
RETURNS TABLE (organisation_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT m.organisation_id FROM mailing_outgoingmail m
    WHERE m.due_at <= moment AND m.state IN ('queued', 'awaiting_retry', 'inflight')
$$;


-- Whose mail a report is about: by the provider's name for it, or by our own code. Nothing else is told.
CREATE FUNCTION wpm.reported_mail(provider_name text, mail_code uuid)
RETURNS TABLE (organisation_id bigint, mail_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT m.organisation_id, m.id FROM mailing_outgoingmail m
    WHERE (provider_name <> '' AND m.provider_id = provider_name) OR m.code = mail_code
    ORDER BY m.id LIMIT 1
$$;

-- Whose mails are old enough to be forgotten.
CREATE FUNCTION wpm.organisations_with_old_mail(before timestamptz)
RETURNS TABLE (organisation_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT m.organisation_id FROM mailing_outgoingmail m
    WHERE m.purged_at IS NULL AND COALESCE(m.sent_at, m.due_at) < before
        AND m.state NOT IN ('queued', 'awaiting_retry', 'inflight')
$$;
