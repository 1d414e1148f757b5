-- Where postcodes lie is public, the same for every organisation: everybody in a scope reads it, only an operator writes it.
REVOKE ALL ON surveys_postcodeplace FROM wpm_app, wpm_hr, wpm_respondent, wpm_reporting, wpm_system;
GRANT SELECT ON surveys_postcodeplace TO wpm_hr, wpm_respondent;
