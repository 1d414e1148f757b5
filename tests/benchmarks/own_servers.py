"""PostgreSQL and Redis of a benchmark's own, which it may restart and flush; they end with it."""

import json
import os
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from wpm_platform.devservices.account import server_account
from wpm_platform.devservices.choice import Choice
from wpm_platform.devservices.folders import services_folder
from wpm_platform.devservices.lease import Server, leased
from wpm_platform.devservices.own_postgresql import prepare_postgresql, start_postgresql
from wpm_platform.devservices.own_redis import prepare_redis, start_redis
from wpm_platform.devservices.programs import postgresql_programs, redis_programs
from wpm_platform.devservices.redis_wire import RedisWire
from wpm_platform.devservices.server_program import start_server

REASON = "this run restarts and flushes it"
ANSWERS_WITHIN_SECONDS = 60.0


@dataclass(frozen=True, kw_only=True)
class OwnServers:
    folder: Path
    database_url: str
    redis_url: str

    def restart_postgresql(self, how: signal.Signals, *, down_seconds: float = 0) -> None:
        """Stop it (SIGINT: fast, as an upgrade does; SIGQUIT: at once, as a crash does) and start it again."""
        note = self.folder / "postgresql" / "server.json"
        server = Server(**json.loads(note.read_text()))
        command = Path(f"/proc/{server.pid}/cmdline").read_text().rstrip("\0").split("\0")
        server.running().end(how)
        time.sleep(down_seconds)
        log = self.folder / "postgresql" / "home" / "server-again.log"
        again = start_server(command, account=server_account(), log=log)
        # The lease's keeper ends whoever this note names.
        note.write_text(json.dumps(asdict(server) | {"pid": again.pid, "started": again.started}))
        self._wait_for_postgresql()

    def flush_redis(self) -> None:
        address = urlsplit(self.redis_url)
        with RedisWire(port=address.port or 0, password=address.password) as wire:
            wire.ask("FLUSHALL")

    def _wait_for_postgresql(self) -> None:
        command = [postgresql_programs(Choice.AUTO).path("psql"), "-qX", "-d", self.database_url, "-c", "SELECT 1"]
        deadline = time.monotonic() + ANSWERS_WITHIN_SECONDS
        while subprocess.run(command, capture_output=True, check=False).returncode:
            if time.monotonic() > deadline:
                raise TimeoutError("PostgreSQL did not come back")
            time.sleep(0.05)


@contextmanager
def own_servers() -> Iterator[OwnServers]:
    """Start both, yield them, stop them. A commit is on record before it is answered, as on a real server."""
    account = server_account()
    folder = services_folder(account) / f"own-{os.getpid()}-{secrets.token_hex(4)}"
    postgresql, redis = postgresql_programs(Choice.AUTO), redis_programs(Choice.AUTO)
    try:
        with (
            leased(
                folder / "postgresql",
                start=partial(start_postgresql, programs=postgresql, account=account, reason=REASON),
                prepare=partial(prepare_postgresql, psql=postgresql.path("psql")),
            ) as database_url,
            leased(
                folder / "redis",
                start=partial(start_redis, programs=redis, account=account, reason=REASON),
                prepare=prepare_redis,
            ) as redis_url,
        ):
            # Throw-away servers answer a commit before it is written; a restart would lose what was answered.
            name = urlsplit(database_url).path.lstrip("/")
            statement = f"ALTER DATABASE {name} SET synchronous_commit = on"
            subprocess.run([postgresql.path("psql"), "-qX", "-d", database_url, "-c", statement], check=True)
            yield OwnServers(folder=folder, database_url=database_url, redis_url=redis_url)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
