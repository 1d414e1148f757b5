-- Who changes an employee's address could have that person's next mail sent to themselves. The database counts the
-- changes, whoever makes them: a page, the API, a staff file or a query by hand. The number is part of every personal
-- link (system_functions.sql), so that links mailed before end; answers remember it, so that a new link shows none of
-- the earlier ones. Nobody sets it back.
CREATE FUNCTION wpm.count_address_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.address_changes := OLD.address_changes
        + CASE WHEN lower(NEW.email) IS DISTINCT FROM lower(OLD.email) THEN 1 ELSE 0 END;
    RETURN NEW;
END $$;

CREATE TRIGGER count_address_changes BEFORE UPDATE OF email, address_changes ON surveys_employee FOR EACH ROW
    WHEN (NEW.email IS DISTINCT FROM OLD.email OR NEW.address_changes IS DISTINCT FROM OLD.address_changes)
    EXECUTE FUNCTION wpm.count_address_changes();
