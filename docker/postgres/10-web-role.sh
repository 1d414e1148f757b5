#!/bin/sh
# Runs once, when the database is new: the login of web, worker and beat. It owns nothing; the migrations grant
# it what it may do, through the other roles (docs/operations.md, "Roles").
set -eu

psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --set=password="$WPM_APP_PASSWORD" \
    --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" <<'SQL'
CREATE ROLE wpm_app LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'password';
SQL
