"""A throw-away PostgreSQL server: fast instead of safe, on a free port, with a password of the day."""

import os
import secrets
import signal
import subprocess
import time
from pathlib import Path

from wpm_platform.devservices.account import Account
from wpm_platform.devservices.free_port import free_port
from wpm_platform.devservices.lease import Server
from wpm_platform.devservices.programs import Programs
from wpm_platform.devservices.report import say
from wpm_platform.devservices.server_program import ServerDidNotStart, start_server

SUPERUSER = "postgres"
DATABASE = "wpm"
PATIENCE_SECONDS = 60.0
PAUSE_SECONDS = 0.1
FAST_SHUTDOWN = signal.SIGINT

# Its data never outlive the run, so nothing needs to reach the disk.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "timezone": "UTC",
}


def start_postgresql(home: Path, *, programs: Programs, account: Account, reason: str) -> Server:
    """Initialise a cluster in `home` and start it; `prepare_postgresql` waits until it answers."""
    programs = account.reachable_programs(programs, home)
    password = secrets.token_hex(16)
    cluster = home / "cluster"
    account.make_folder(cluster)
    _initialise(cluster, programs=programs, account=account, password=password, note=home / "password")
    port = free_port()
    settings = [f"--{name}={value}" for name, value in (SETTINGS | {"port": str(port)}).items()]
    running = start_server(
        [programs.path("postgres"), "-D", str(cluster), *settings], account=account, log=home / "server.log"
    )
    say(f"PostgreSQL: own server on 127.0.0.1:{port} with {programs.origin} ({reason}).")
    return Server(
        name="PostgreSQL",
        url=f"postgresql://{SUPERUSER}:{password}@127.0.0.1:{port}/{DATABASE}",
        pid=running.pid,
        started=running.started,
        stop_signal=FAST_SHUTDOWN,
    )


def prepare_postgresql(server: Server, home: Path, *, psql: str) -> None:
    """Wait until the server answers, then create the database. Raises ServerDidNotStart."""
    maintenance = server.url.removesuffix(DATABASE) + "postgres"
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not _answers(psql, maintenance):
        if not server.running().is_alive() or time.monotonic() > deadline:
            raise ServerDidNotStart("PostgreSQL", home / "server.log")
        time.sleep(PAUSE_SECONDS)
    subprocess.run([psql, "-qX", "-d", maintenance, "-c", f"CREATE DATABASE {DATABASE}"], check=True)


def _answers(psql: str, url: str) -> bool:
    asked = subprocess.run([psql, "-X", "-d", url, "-c", "SELECT 1"], capture_output=True, check=False)
    return asked.returncode == 0


def _initialise(cluster: Path, *, programs: Programs, account: Account, password: str, note: Path) -> None:
    account.write_secret(note, password)
    command = [
        programs.path("initdb"),
        f"--pgdata={cluster}",
        f"--username={SUPERUSER}",
        f"--pwfile={note}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    ]
    made = subprocess.run(
        command,
        cwd="/",
        env=os.environ | {"LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
        **account.popen_arguments(),
    )
    note.unlink()
    if made.returncode != 0:
        raise ServerDidNotStart("PostgreSQL", cluster, made.stderr.strip())
