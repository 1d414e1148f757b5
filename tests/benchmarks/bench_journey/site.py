"""The product as it runs for real: gunicorn as the image starts it, production settings, collected static files."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.benchmarks.own_servers import OwnServers
from wpm_platform.devservices.free_port import free_port

STARTS_WITHIN_SECONDS = 60
PROCESSES, THREADS = 2, 8


@dataclass(frozen=True, kw_only=True)
class Site:
    """A server that answers on this port. pid: of the process that began the others."""

    port: int
    pid: int


def production_environment(servers: OwnServers, *, folder: Path) -> dict[str, str]:
    """What an operator sets, on plain http, and nothing that is only for tests."""
    return {
        "DATABASE_URL": servers.database_url,
        "REDIS_URL": servers.redis_url,
        "DJANGO_SETTINGS_MODULE": "wpm_platform.settings",
        "WPM_SECRET_KEY": "benchmark-only-key-without-any-secret-in-it",
        "WPM_ALLOWED_HOSTS": "127.0.0.1,localhost",
        "WPM_BASE_URL": "http://127.0.0.1",
        "WPM_FROM_EMAIL": "WPM <wpm@platform.example>",
        "WPM_STATIC_ROOT": str(folder / "static"),
        "WPM_LOG_LEVEL": "WARNING",
    }


def collect_static_files() -> None:
    """As the image does when it is built: hashed names, compressed by gzip and Brotli.

    Short of the pages about the API: compressing those takes a minute.
    """
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["drf_spectacular_sidecar"])


@contextmanager
def served(*, folder: Path, settings: str = "wpm_platform.settings", ready: str = "/health/") -> Iterator[Site]:
    """gunicorn with the flags of docker/entrypoint.sh while the block lasts."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "wpm_platform.wsgi", f"--bind=127.0.0.1:{port}"]
    command += ["--worker-class=gthread", f"--workers={PROCESSES}", f"--threads={THREADS}", "--worker-tmp-dir=/dev/shm"]
    command += ["--no-control-socket", "--timeout=60", "--max-requests=10000", "--max-requests-jitter=1000"]
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / f"{settings}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=output, env=os.environ | {"DJANGO_SETTINGS_MODULE": settings}
        )
    try:
        _wait(f"http://127.0.0.1:{port}{ready}", process, log=log)
        yield Site(port=port, pid=process.pid)
    finally:
        process.terminate()
        process.wait(timeout=60)


def _wait(address: str, process: "subprocess.Popen[bytes]", *, log: Path) -> None:
    deadline = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(address, timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"{address} does not answer: {log.read_text()[-2000:]}")
