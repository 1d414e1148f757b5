-- The public page "is this mail real?": what every employee knows anyway, and nothing about persons or numbers.
CREATE FUNCTION wpm.employer(wanted_slug text)
RETURNS TABLE (organisation_id bigint, slug text, name text, contact_name text, contact_email text, contact_phone text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT o.id, o.slug, o.name, o.contact_name, o.contact_email, o.contact_phone
    FROM organisations_organisation o WHERE o.slug = wanted_slug
$$;

-- The mails of its surveys that are not over; thanks follow after the closing. Without a plan there is the invitation.
CREATE FUNCTION wpm.employer_mails(wanted_organisation bigint)
RETURNS TABLE (
    campaign_code uuid, is_paused boolean, sender_name text, monday date, opens_at timestamptz, closes_at timestamptz,
    kind text, number smallint, due_at timestamptz
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c.code, c.state = 'paused', c.sender_name, w.monday, w.opens_at, w.closes_at,
           coalesce(s.kind, 'invitation'), coalesce(s.number, 0)::smallint, coalesce(s.due_at, w.opens_at)
    FROM surveys_campaign c JOIN surveys_surveyweek w ON w.campaign_id = c.id
    LEFT JOIN surveys_mailstep s ON s.week_id = w.id
    WHERE c.organisation_id = wanted_organisation
      AND coalesce(s.state, 'planned') IN ('planned', 'prepared', 'released')
      AND (c.state IN ('running', 'paused') OR (c.state = 'closed' AND s.kind = 'thanks'))
    ORDER BY c.started_at, coalesce(s.due_at, w.opens_at)
$$;
