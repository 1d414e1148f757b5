"""The containers' start script, run for real as the role that production logs in with."""

import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from tests.docker.conftest import DOCKER, container_settings
from wpm_platform.devservices.folders import PROJECT
from wpm_platform.devservices.free_port import free_port
from wpm_platform.devservices.programs import psql

ENTRYPOINT = DOCKER / "entrypoint.sh"
PATIENCE_SECONDS = 60


def entrypoint(name: str, *, environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [ENTRYPOINT, name], cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


@contextmanager
def started(name: str, *, environment: dict[str, str], log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    with open(log, "wb") as written:
        running = subprocess.Popen(
            [ENTRYPOINT, name], cwd=PROJECT, env=environment, stdout=written, stderr=subprocess.STDOUT
        )
    try:
        yield running
    finally:
        running.kill()
        running.wait()


def wait_until(happens: Callable[[], bool], *, running: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not happens():
        assert running.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        signal.sigtimedwait([], 0.1)


def end(running: "subprocess.Popen[bytes]") -> int:
    running.send_signal(signal.SIGTERM)
    return running.wait(timeout=PATIENCE_SECONDS)


def get(port: int, path: str, *, host: str) -> tuple[int, str]:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Host": host})
    with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:
        return answer.status, answer.read().decode()


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_the_web_role_may_log_in_and_is_no_more_than_a_member(own_services, deployed):
    asked = subprocess.run(
        [
            str(psql()),
            "-XAt",
            "-d",
            own_services["DATABASE_URL"],
            "-c",
            "SELECT rolcanlogin, rolinherit, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls"
            " FROM pg_roles WHERE rolname = 'wpm_app'",
        ],
        capture_output=True,
        text=True,
        check=True,
    )

    assert asked.stdout.strip() == "t|f|f|f|f|f"


def test_migrate_twice_changes_nothing_the_second_time(own_services, deployed):
    again = entrypoint("migrate", environment=container_settings(own_services))

    assert (again.returncode, "No migrations to apply." in again.stdout) == (0, True)


def test_migrate_as_the_web_role_is_refused(deployed):
    refused = entrypoint("migrate", environment=deployed)

    assert refused.returncode == 1


def test_web_answers_is_well_and_stops_when_told(deployed, tmp_path):
    port = free_port()
    environment = deployed | {"PORT": str(port), "WEB_PROCESSES": "1"}
    log = tmp_path / "web.log"
    before = entrypoint("is-web-well", environment=environment)

    with started("web", environment=environment, log=log) as web:
        wait_until(lambda: listens(port), running=web, log=log)
        health = get(port, "/health/", host="wpm.example")
        well = entrypoint("is-web-well", environment=environment)
        ended = end(web)

    assert before.returncode == 1
    assert health == (200, '{"status": "ok"}')
    assert well.returncode == 0, well.stderr
    assert ended == 0, log.read_text()
    assert not listens(port)


def test_worker_is_well_and_stops_when_told(deployed, tmp_path):
    log = tmp_path / "worker.log"

    with started("worker", environment=deployed, log=log) as worker:
        wait_until(lambda: " ready." in log.read_text(), running=worker, log=log)
        well = entrypoint("is-worker-well", environment=deployed)
        ended = end(worker)

    assert well.returncode == 0, well.stdout + well.stderr
    assert ended == 0, log.read_text()


def test_beat_is_well_and_stops_when_told(deployed, tmp_path):
    schedule = tmp_path / "schedule"
    environment = deployed | {"BEAT_FILE": str(schedule)}
    log = tmp_path / "beat.log"
    before = entrypoint("is-beat-well", environment=environment)

    with started("beat", environment=environment, log=log) as beat:
        wait_until(lambda: any(tmp_path.glob("schedule*")), running=beat, log=log)
        well = entrypoint("is-beat-well", environment=environment)
        ended = end(beat)

    assert before.returncode == 1
    assert well.returncode == 0, well.stderr
    assert ended == 0, log.read_text()


def test_any_other_word_is_a_command(tmp_path):
    answer = subprocess.run(
        [ENTRYPOINT, "echo", "two words"], capture_output=True, text=True, check=False, cwd=tmp_path
    )

    assert (answer.returncode, answer.stdout) == (0, "two words\n")


@pytest.mark.parametrize("missing", ["WPM_SECRET_KEY", "WPM_ALLOWED_HOSTS", "WPM_BASE_URL", "WPM_FROM_EMAIL"])
def test_a_missing_setting_ends_the_start_with_its_name(deployed, missing):
    environment = {name: value for name, value in deployed.items() if name != missing}

    refused = entrypoint("migrate", environment=environment)

    assert refused.returncode == 1
    assert refused.stderr.strip().splitlines()[-1] == (
        "django.core.exceptions.ImproperlyConfigured: "
        f"Set the environment variable {missing}; docs/operations.md explains it."
    )
    assert missing in settings.ENVIRONMENT
