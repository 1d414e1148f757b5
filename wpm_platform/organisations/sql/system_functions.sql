-- The only ways to find something before the organisation is known. Each takes a secret or an id that
-- the caller already holds, and returns no more than what opens the right scope.

CREATE FUNCTION wpm.memberships_of_user(wanted_user bigint)
RETURNS TABLE (membership_id bigint, organisation_id bigint, slug varchar, name varchar, role varchar, site_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT m.id, o.id, o.slug, o.name, m.role, m.site_id
    FROM organisations_membership m JOIN organisations_organisation o ON o.id = m.organisation_id
    WHERE m.user_id = wanted_user ORDER BY o.name, o.id
$$;

CREATE FUNCTION wpm.membership_invitation(wanted_code uuid)
RETURNS TABLE (organisation_id bigint, organisation_name varchar, email varchar, role varchar, expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT o.id, o.name, i.email, i.role, i.expires_at
    FROM organisations_membershipinvitation i JOIN organisations_organisation o ON o.id = i.organisation_id
    WHERE i.code = wanted_code AND i.accepted_at IS NULL AND i.withdrawn_at IS NULL
$$;

CREATE FUNCTION wpm.api_key(wanted_prefix varchar)
RETURNS TABLE (
    key_id bigint, organisation_id bigint, secret_hash varchar, scopes varchar[], expires_at timestamptz,
    maker_id bigint, maker_role varchar
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT k.id, k.organisation_id, k.secret_hash, k.scopes, k.expires_at, k.created_by_id, m.role
    FROM organisations_apikey k
    LEFT JOIN organisations_membership m ON m.organisation_id = k.organisation_id AND m.user_id = k.created_by_id
    WHERE k.prefix = wanted_prefix AND k.revoked_at IS NULL
$$;

-- Each day it is asked who has a report to file.
CREATE FUNCTION wpm.organisations_with_legal_entities()
RETURNS TABLE (organisation_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT e.organisation_id FROM organisations_legalentity e
$$;
