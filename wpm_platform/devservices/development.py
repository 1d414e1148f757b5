"""Web, worker and beat together, on this machine only.

python -m wpm_platform.devservices run --development -- python -m wpm_platform.devservices.development
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from wpm_platform.devservices.command import Stopped
from wpm_platform.devservices.folders import PROJECT
from wpm_platform.devservices.processes import run_together

RUN = PROJECT / ".run"
DEFAULT_PORT = "8000"
WEB_THREADS = 8
# What the settings ask for and a development machine need not think about. Never for real use.
DEVELOPMENT = {
    "WPM_DEBUG": "1",
    "WPM_SECRET_KEY": "development-only-key-known-to-everybody-who-reads-this",
    "WPM_LINK_KEY": "development-only-link-key",
    "WPM_ALLOWED_HOSTS": "localhost,127.0.0.1",
    "WPM_FROM_EMAIL": "WPM <wpm@localhost.example>",
    "WPM_EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
    "WPM_EMAIL_FOLDER": str(RUN / "mail"),
    "WPM_TICK_SECONDS": "10",
    # One core per process, as in the image: the estimation adds up in one fixed order.
    "OMP_NUM_THREADS": "1",
}


def development_environment(inherited: Mapping[str, str]) -> dict[str, str]:
    """`inherited` with the settings for a server on this machine; what is set already wins."""
    port = inherited.get("PORT", DEFAULT_PORT)
    return {**DEVELOPMENT, "WPM_BASE_URL": f"http://localhost:{port}", **inherited}


def web_command(*, port: int, reload: bool = False) -> list[str]:
    """gunicorn with threads, on 127.0.0.1."""
    command = [sys.executable, "-m", "gunicorn", "wpm_platform.wsgi", "--worker-class=gthread"]
    command += ["--workers=1", f"--threads={WEB_THREADS}", f"--bind=127.0.0.1:{port}", "--no-control-socket"]
    return [*command, "--reload", "--access-logfile=-"] if reload else command


def worker_command(*, concurrency: int = 2) -> list[str]:
    """A Celery worker."""
    return [
        *(sys.executable, "-m", "celery", "--app=wpm_platform.celery", "worker"),
        *(f"--concurrency={concurrency}", "--loglevel=INFO", "--without-gossip", "--without-mingle"),
    ]


def beat_command(*, folder: Path) -> list[str]:
    """Celery's clock; it keeps the moment of its last tick in `folder`."""
    return [
        *(sys.executable, "-m", "celery", "--app=wpm_platform.celery", "beat"),
        *("--loglevel=INFO", f"--schedule={folder / 'celerybeat-schedule'}", "--pidfile="),
    ]


def main() -> int:
    port = int(os.environ.get("PORT", DEFAULT_PORT))
    subprocess.run([sys.executable, str(PROJECT / "manage.py"), "migrate", "--verbosity=0"], check=True)
    commands = {
        "web": web_command(port=port, reload=True),
        "worker": worker_command(),
        "beat": beat_command(folder=RUN),
    }
    print(f"Serving http://localhost:{port}; mail goes to {RUN / 'mail'}. Ctrl-C stops.", flush=True)
    try:
        with run_together(commands, logs=RUN / "logs", echo=True) as processes:
            name, exit_code = processes.wait()
    except Stopped as stopped:
        return stopped.exit_code
    print(f"{name} ended with exit code {exit_code}; see {RUN / 'logs'}/{name}.log.", file=sys.stderr)
    return exit_code or 1


if __name__ == "__main__":
    sys.exit(main())
