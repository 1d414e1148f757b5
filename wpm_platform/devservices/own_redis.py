"""A throw-away Redis or Valkey server: nothing on disk, on a free port, with a password of the day."""

import secrets
import signal
import time
from pathlib import Path
from urllib.parse import urlsplit

from wpm_platform.devservices.account import Account
from wpm_platform.devservices.free_port import free_port
from wpm_platform.devservices.lease import Server
from wpm_platform.devservices.programs import Programs, redis_server
from wpm_platform.devservices.redis_wire import RedisRefused, RedisWire
from wpm_platform.devservices.report import say
from wpm_platform.devservices.server_program import ServerDidNotStart, start_server

PATIENCE_SECONDS = 20.0
PAUSE_SECONDS = 0.05


def start_redis(home: Path, *, programs: Programs, account: Account, reason: str) -> Server:
    """Start a server in `home`; `prepare_redis` waits until it answers."""
    programs = account.reachable_programs(programs, home)
    password = secrets.token_hex(16)
    port = free_port()
    files = home / "files"
    account.make_folder(files)
    # A file, because a command line shows its password to everyone on the machine.
    account.write_secret(
        files / "redis.conf",
        f'bind 127.0.0.1\nport {port}\nrequirepass {password}\nsave ""\nappendonly no\ndir {files}\n',
    )
    running = start_server(
        [redis_server(programs), str(files / "redis.conf")], account=account, log=home / "server.log"
    )
    say(f"Redis: own server on 127.0.0.1:{port} with {programs.origin} ({reason}).")
    return Server(
        name="Redis",
        url=f"redis://:{password}@127.0.0.1:{port}/0",
        pid=running.pid,
        started=running.started,
        stop_signal=signal.SIGTERM,
    )


def prepare_redis(server: Server, home: Path) -> None:
    """Wait until the server answers. Raises ServerDidNotStart."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not _answers(server.url):
        if not server.running().is_alive() or time.monotonic() > deadline:
            raise ServerDidNotStart("Redis", home / "server.log")
        time.sleep(PAUSE_SECONDS)


def _answers(url: str) -> bool:
    address = urlsplit(url)
    try:
        with RedisWire(port=address.port or 0, password=address.password) as wire:
            return wire.ask("PING") == "PONG"
    except (OSError, RedisRefused):
        return False
