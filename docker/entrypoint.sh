#!/bin/sh
# What a container of the image does: web, worker, beat or migrate, and the question whether it is well.
set -eu

# One core per process: an estimate adds up in one fixed order, and neighbours keep theirs.
export OMP_NUM_THREADS="${OMP_NUM_THREADS:-1}"

queue() {
    exec python -m celery --app=wpm_platform.celery "$@"
}

case "${1:-web}" in
web)
    # No access log: a personal link is a key, and it stands in the address.
    exec python -m gunicorn wpm_platform.wsgi --bind="0.0.0.0:${PORT:-8000}" \
        --worker-class=gthread --workers="${WEB_PROCESSES:-2}" --threads="${WEB_THREADS:-8}" \
        --worker-tmp-dir=/dev/shm --no-control-socket --timeout=60 --graceful-timeout=25 \
        --max-requests=10000 --max-requests-jitter=1000
    ;;
worker)
    queue worker --concurrency="${WORKER_PROCESSES:-2}" --loglevel=INFO --without-gossip --without-mingle
    ;;
beat)
    queue beat --loglevel=INFO --pidfile= --schedule="${BEAT_FILE:-/tmp/celerybeat-schedule}"
    ;;
migrate)
    exec python manage.py migrate --no-input
    ;;
is-web-well)
    # The first allowed host, because Django answers no other.
    exec python - <<'PYTHON'
import os
import urllib.request

host = os.environ["WPM_ALLOWED_HOSTS"].split(",")[0].strip().lstrip(".")
address = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/health/"
urllib.request.urlopen(urllib.request.Request(address, headers={"Host": host}), timeout=5).close()
PYTHON
    ;;
is-worker-well)
    queue inspect ping --destination="celery@$(hostname)" --timeout=5
    ;;
is-beat-well)
    # Beat writes down its last ticks every three minutes.
    test -n "$(find "${BEAT_FILE:-/tmp/celerybeat-schedule}"* -mmin -10)"
    ;;
*)
    exec "$@"
    ;;
esac
