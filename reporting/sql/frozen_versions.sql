-- What was frozen or filed stays as it was, whatever code runs: versions change only along these steps, their cells
-- and their source not at all. Links to people's accounts may become empty, for accounts can be removed. Only the owner of the tables
-- can delete, when a whole organisation is erased.
CREATE FUNCTION wpm.keep_report_version() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    changeable text[] := CASE
        WHEN OLD.state = 'frozen' AND NEW.state = 'filed' THEN ARRAY['state', 'filed_on', 'filing_reference', 'filed_by_id']
        WHEN OLD.state IN ('frozen', 'filed') AND NEW.state = 'reopened'
            THEN ARRAY['state', 'reopened_at', 'reopened_reason', 'reopened_by_id']
        ELSE ARRAY[]::text[]
    END;
BEGIN
    IF OLD.state = 'draft' AND NEW.state IN ('draft', 'frozen') THEN
        RETURN NEW;
    END IF;
    IF NEW.frozen_by_id IS NULL THEN changeable := array_append(changeable, 'frozen_by_id'); END IF;
    IF NEW.filed_by_id IS NULL THEN changeable := array_append(changeable, 'filed_by_id'); END IF;
    IF NEW.reopened_by_id IS NULL THEN changeable := array_append(changeable, 'reopened_by_id'); END IF;
    IF OLD.state = 'draft' OR to_jsonb(NEW) - changeable <> to_jsonb(OLD) - changeable THEN
        RAISE EXCEPTION 'version % of report % is %: it does not change any more', OLD.number, OLD.report_id, OLD.state
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION wpm.keep_deleted_report_version() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.state <> 'draft' AND NOT pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN
        RAISE EXCEPTION 'version % of report % is %: it stays', OLD.number, OLD.report_id, OLD.state
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END $$;

CREATE FUNCTION wpm.keep_report_cell() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    is_kept boolean;
BEGIN
    IF TG_OP = 'DELETE' AND pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN
        RETURN OLD;
    END IF;
    SELECT bool_or(v.state <> 'draft') INTO is_kept FROM reporting_reportversion v
    WHERE v.id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.version_id END, CASE WHEN TG_OP <> 'DELETE' THEN NEW.version_id END);
    IF is_kept THEN
        RAISE EXCEPTION 'the cells and the source of a frozen or filed version do not change any more'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

-- The schema `wpm` is laid anew after every migrate, which removes these triggers together with their functions.
CREATE TRIGGER keep_report_version BEFORE UPDATE ON reporting_reportversion
    FOR EACH ROW EXECUTE FUNCTION wpm.keep_report_version();
CREATE TRIGGER keep_deleted_report_version BEFORE DELETE ON reporting_reportversion
    FOR EACH ROW EXECUTE FUNCTION wpm.keep_deleted_report_version();
CREATE TRIGGER keep_report_cell BEFORE INSERT OR UPDATE OR DELETE ON reporting_reportcell
    FOR EACH ROW EXECUTE FUNCTION wpm.keep_report_cell();
CREATE TRIGGER keep_report_source BEFORE INSERT OR UPDATE OR DELETE ON reporting_reportsource
    FOR EACH ROW EXECUTE FUNCTION wpm.keep_report_cell();
