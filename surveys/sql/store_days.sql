-- Days that a person answered, in place of what they answered about them before. days: an array of rows by their columns.
-- Returns their ids, in the same order. A function, because PostgreSQL then keeps the plan of what most answers do.
CREATE FUNCTION wpm.store_days(days json)
RETURNS SETOF bigint
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RETURN QUERY
    INSERT INTO surveys_dayanswer AS stored (
        organisation_id, response_id, employee_id, date, is_normal_week, whereabouts, mode, fuel, is_employer_provided,
        other_site_id, other_site_one_way_metres, return_metres, uses_usual_distance, is_copied
    )
    SELECT
        d.organisation_id, d.response_id, d.employee_id, d.date, d.is_normal_week, d.whereabouts, d.mode, d.fuel,
        d.is_employer_provided, d.other_site_id, d.other_site_one_way_metres, d.return_metres, d.uses_usual_distance,
        d.is_copied
    FROM json_populate_recordset(NULL::surveys_dayanswer, days) d
    ON CONFLICT (organisation_id, response_id, date, is_normal_week) DO UPDATE SET
        whereabouts = EXCLUDED.whereabouts, mode = EXCLUDED.mode, fuel = EXCLUDED.fuel,
        is_employer_provided = EXCLUDED.is_employer_provided, other_site_id = EXCLUDED.other_site_id,
        other_site_one_way_metres = EXCLUDED.other_site_one_way_metres, return_metres = EXCLUDED.return_metres,
        uses_usual_distance = EXCLUDED.uses_usual_distance, is_copied = EXCLUDED.is_copied
    RETURNING stored.id;
END $$;
GRANT EXECUTE ON FUNCTION wpm.store_days TO wpm_respondent;
