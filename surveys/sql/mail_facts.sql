-- What decides whether a mail may leave, and which rows its letter is made from: asked for every mail, just before it
-- leaves. A function, because PostgreSQL then keeps the plan of the query, which costs more than the answer. It runs
-- with the caller's rights: row-level security holds.
-- versions: `xmin` names the version of a row, and changes with every change of it.
CREATE FUNCTION wpm.mail_facts(
    of_organisation bigint, of_invitation uuid, of_kind text, of_step smallint, of_mail bigint,
    hashed_address text, of_person uuid, of_counter text, counted_states text[]
)
RETURNS TABLE (
    invitation uuid, link_number integer, campaign_id bigint, week_id bigint, withdrawn_at timestamptz,
    answered_at timestamptz, mail_stopped_at timestamptz, email varchar, language varchar, left_at timestamptz,
    employed_until date, is_on_leave boolean, leave_until date, campaign_state varchar, mail_limit smallint,
    yearly_mail_limit smallint, closes_at timestamptz, step_state varchar, expires_at timestamptz,
    has_opted_out boolean, stopped_by varchar, mails_had bigint, versions text
)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT i.code, i.link_version::integer + e.address_changes, i.campaign_id, i.week_id, i.withdrawn_at, i.answered_at,
        i.mail_stopped_at, e.email, e.language, e.left_at, e.employed_until, e.is_on_leave, e.leave_until, c.state,
        c.mail_limit, o.yearly_mail_limit, w.closes_at, step.state,
        CASE WHEN of_kind = 'follow_up' THEN (
            SELECT f.closes_at FROM surveys_followup f
            WHERE f.organisation_id = of_organisation AND f.campaign_id = i.campaign_id
        ) ELSE step.expires_at END,
        EXISTS (
            SELECT FROM surveys_invitation other
            WHERE other.organisation_id = of_organisation AND other.campaign_id = i.campaign_id
                AND other.employee_id = i.employee_id AND other.opted_out_at IS NOT NULL
        ),
        (
            SELECT stop.kind FROM mailing_addressstop stop
            WHERE stop.organisation_id = of_organisation AND stop.address_hash = hashed_address
                AND stop.lifted_at IS NULL
        ),
        (
            SELECT count(*) FROM mailing_outgoingmail counted
            WHERE counted.organisation_id = of_organisation AND counted.addressee = of_person
                AND counted.counter = of_counter AND counted.state = ANY (counted_states) AND counted.id <> of_mail
        ),
        concat_ws(' ', o.xmin, c.xmin, w.xmin, (
            SELECT string_agg(t.xmin::text, ' ' ORDER BY t.id) FROM surveys_campaigntext t
            WHERE t.campaign_id = i.campaign_id AND t.kind = of_kind
        ))
    FROM surveys_invitation i
    JOIN surveys_employee e ON e.id = i.employee_id
    JOIN surveys_campaign c ON c.id = i.campaign_id
    JOIN surveys_surveyweek w ON w.id = i.week_id
    JOIN organisations_organisation o ON o.id = i.organisation_id
    LEFT JOIN LATERAL (
        -- Its week's step; an announcement or thanks may belong to another week of the campaign.
        SELECT s.state, s.expires_at FROM surveys_mailstep s
        WHERE s.campaign_id = i.campaign_id AND s.kind = of_kind AND s.number = of_step
        ORDER BY s.week_id <> i.week_id, s.id LIMIT 1
    ) step ON true
    WHERE i.organisation_id = of_organisation AND i.code = of_invitation;
END $$;
GRANT EXECUTE ON FUNCTION wpm.mail_facts TO wpm_hr;

-- A person's invitation has left for the first time.
CREATE FUNCTION wpm.mark_invited(of_organisation bigint, of_invitation uuid, at timestamptz)
RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE surveys_invitation i SET invited_at = at
    WHERE i.organisation_id = of_organisation AND i.code = of_invitation AND i.invited_at IS NULL;
END $$;
GRANT EXECUTE ON FUNCTION wpm.mark_invited TO wpm_hr;
