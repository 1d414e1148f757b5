#!/bin/sh
# Many connections of web and worker over few of PostgreSQL, handed out per transaction. That is safe here: the
# product sets tenant and role with SET LOCAL, for one transaction, and everybody logs in as wpm_app.
set -eu

folder="${PGBOUNCER_FOLDER:-/tmp/pgbouncer}"
umask 077
mkdir -p "$folder"
printf '"wpm_app" "%s"\n' "$WPM_APP_PASSWORD" >"$folder/users.txt"
cat >"$folder/pgbouncer.ini" <<INI
[databases]
wpm = host=${POSTGRES_HOST:-postgres} port=${POSTGRES_PORT:-5432} dbname=wpm user=wpm_app

[pgbouncer]
listen_addr = ${LISTEN_ADDRESS:-0.0.0.0}
listen_port = ${LISTEN_PORT:-6432}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = $folder/users.txt
pool_mode = transaction
max_client_conn = 1000
default_pool_size = ${POOL_SIZE:-20}
server_reset_query_always = 0
log_connections = 0
log_disconnections = 0
INI
exec pgbouncer "$folder/pgbouncer.ini"
