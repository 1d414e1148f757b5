-- What is done for every single mail. Functions, because PostgreSQL then keeps the plans, which cost more than the
-- answers. They run with the caller's rights: row-level security holds.

-- Takes one due mail, so that two workers never take the same row; domains that asked for a pause are passed over.
-- is_struck: the recipient's domain asked for less mail not long ago.
CREATE FUNCTION wpm.claim_mail(of_organisation bigint, of_kinds text[], at timestamptz, mail_domain text)
RETURNS TABLE (mail mailing_outgoingmail, is_struck boolean)
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    paused text[] := ARRAY(SELECT pause.domain FROM mailing_domainpause pause WHERE pause.until > at);
    waiting record;
    taken_id bigint;
BEGIN
    IF paused = '{}' THEN
        SELECT due.id INTO taken_id FROM mailing_outgoingmail due
        WHERE due.organisation_id = of_organisation AND due.state IN ('queued', 'awaiting_retry')
            AND due.due_at <= at AND due.kind = ANY (of_kinds)
        ORDER BY due.due_at, due.id LIMIT 1
        FOR UPDATE SKIP LOCKED;
    ELSE
        -- From domain to domain through the index: however many rows a paused domain has, they are not looked at.
        -- BETWEEN, because for an equal domain PostgreSQL may take the index by due_at, and read all that is due earlier.
        FOR waiting IN
            WITH RECURSIVE domains AS (
                SELECT min(due.recipient_domain) AS name FROM mailing_outgoingmail due
                WHERE due.organisation_id = of_organisation AND due.state IN ('queued', 'awaiting_retry')
                UNION ALL
                SELECT (
                    SELECT min(due.recipient_domain) FROM mailing_outgoingmail due
                    WHERE due.organisation_id = of_organisation AND due.state IN ('queued', 'awaiting_retry')
                        AND due.recipient_domain > domains.name
                ) FROM domains WHERE domains.name IS NOT NULL
            )
            SELECT domains.name FROM domains CROSS JOIN LATERAL (
                SELECT due.due_at, due.id FROM mailing_outgoingmail due
                WHERE due.organisation_id = of_organisation AND due.state IN ('queued', 'awaiting_retry')
                    AND due.recipient_domain BETWEEN domains.name AND domains.name
                    AND due.due_at <= at AND due.kind = ANY (of_kinds)
                ORDER BY due.recipient_domain, due.due_at, due.id LIMIT 1
            ) earliest
            WHERE domains.name <> ALL (paused)
            ORDER BY earliest.due_at, earliest.id
        LOOP
            SELECT due.id INTO taken_id FROM mailing_outgoingmail due
            WHERE due.organisation_id = of_organisation AND due.state IN ('queued', 'awaiting_retry')
                AND due.recipient_domain BETWEEN waiting.name AND waiting.name
                AND due.due_at <= at AND due.kind = ANY (of_kinds)
            ORDER BY due.recipient_domain, due.due_at, due.id LIMIT 1
            FOR UPDATE SKIP LOCKED;
            EXIT WHEN FOUND;
        END LOOP;
    END IF;
    RETURN QUERY
    UPDATE mailing_outgoingmail AS taken
    SET state = 'inflight', claimed_at = at, attempts = taken.attempts + 1,
        message_id = CASE taken.message_id WHEN '' THEN '<' || taken.code || '@' || mail_domain || '>'
                     ELSE taken.message_id END
    WHERE taken.id = taken_id
    RETURNING taken, EXISTS (
        SELECT FROM mailing_domainpause AS pause WHERE pause.domain = taken.recipient_domain
    );
END $$;
GRANT EXECUTE ON FUNCTION wpm.claim_mail TO wpm_hr;

-- Writes down that a mail left, if the claim is still the caller's; returns whether it was. What came back may have
-- been quicker than we are, and says more: it stays unless the state is one of `guessed`.
CREATE FUNCTION wpm.record_sent(
    of_mail bigint, of_claim timestamptz, of_attempts integer, guessed text[], at timestamptz, provider_name text,
    sent_subject text, sent_body text
)
RETURNS boolean
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE mailing_outgoingmail AS mail
    SET state = CASE WHEN mail.state = ANY (guessed) THEN 'sent' ELSE mail.state END,
        reason = CASE WHEN mail.state = ANY (guessed) THEN '' ELSE mail.reason END,
        sent_at = at, provider_id = provider_name, subject = sent_subject, body = sent_body
    WHERE mail.id = of_mail AND mail.claimed_at = of_claim AND mail.attempts = of_attempts;
    RETURN FOUND;
END $$;
GRANT EXECUTE ON FUNCTION wpm.record_sent TO wpm_hr;

-- A claimed mail is not sent after all.
CREATE FUNCTION wpm.withdraw_mail(of_mail bigint, why text)
RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE mailing_outgoingmail AS mail SET state = 'withdrawn', reason = why WHERE mail.id = of_mail;
END $$;
GRANT EXECUTE ON FUNCTION wpm.withdraw_mail TO wpm_hr;
