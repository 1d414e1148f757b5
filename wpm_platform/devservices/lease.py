"""Own servers are shared: the first run starts them, the last one out stops them.

Each server has a folder with two lock files. `users.lock` is held shared by every run that uses the
server; the kernel lets go of it however a run ends. `change.lock` is held while somebody starts or stops
the server. A small keeper process looks every second whether a user is left, so that a server also ends
when its run was killed and could not clean up.
"""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from wpm_platform.devservices.command import ignoring_signals
from wpm_platform.devservices.folders import PROJECT
from wpm_platform.devservices.report import say
from wpm_platform.devservices.running import Running, start_detached

KEEPER_LOOKS_EVERY_SECONDS = 1.0


@dataclass(frozen=True, kw_only=True)
class Server:
    """A server that was started here, as its folder remembers it."""

    name: str
    url: str
    pid: int
    started: str
    stop_signal: int

    def running(self) -> Running:
        return Running(pid=self.pid, started=self.started)


@contextmanager
def leased(folder: Path, *, start: Callable[[Path], Server], prepare: Callable[[Server, Path], None]) -> Iterator[str]:
    """The address of the server in `folder`.

    When none runs, `start` starts one in an empty folder and returns at once, so that it is on record before
    anything can go wrong; `prepare` then waits until it answers.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "users.lock", "a") as users:
        with _locked(folder / "change.lock"):
            fcntl.flock(users, fcntl.LOCK_SH)
            server = _read(folder)
            if server is not None and server.running().is_alive() and (folder / "ready").exists():
                say(f"{server.name}: sharing the one that another run started.")
                _keep(folder)
            else:
                server = _started(folder, start=start, prepare=prepare)
        try:
            yield server.url
        finally:
            fcntl.flock(users, fcntl.LOCK_UN)
            with ignoring_signals():
                stop_unless_used(folder)


def stop_unless_used(folder: Path) -> bool:
    """Stop the server in `folder` and remove its data, unless a run uses it. True when none is left."""
    with _locked(folder / "change.lock"), open(folder / "users.lock", "a") as users:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        _sweep(folder)
        return True


def keep(folder: Path) -> None:
    """The keeper: returns once the server in `folder` has been stopped, by itself or by others."""
    for wanted in (signal.SIGINT, signal.SIGHUP):
        signal.signal(wanted, signal.SIG_IGN)
    while not stop_unless_used(folder):
        time.sleep(KEEPER_LOOKS_EVERY_SECONDS)


def _started(folder: Path, *, start: Callable[[Path], Server], prepare: Callable[[Server, Path], None]) -> Server:
    _sweep(folder)
    home = folder / "home"
    home.mkdir(mode=0o711)
    try:
        server = start(home)
        _write(folder, server)
        _keep(folder)
        prepare(server, home)
    except BaseException:
        _sweep(folder)
        raise
    (folder / "ready").touch()
    return server


def _keep(folder: Path) -> None:
    note = folder / "keeper.json"
    if note.exists() and Running(**json.loads(note.read_text())).is_alive():
        return
    keeper = start_detached(
        [sys.executable, "-m", "wpm_platform.devservices", "keep", str(folder)],
        cwd=PROJECT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    note.write_text(json.dumps(asdict(keeper)))


def _sweep(folder: Path) -> None:
    server = _read(folder)
    if server is not None:
        server.running().end(signal.Signals(server.stop_signal))
    note = folder / "keeper.json"
    if note.exists():
        keeper = Running(**json.loads(note.read_text()))
        if keeper.pid != os.getpid():
            keeper.end(signal.SIGKILL)
        note.unlink()
    (folder / "ready").unlink(missing_ok=True)
    (folder / "server.json").unlink(missing_ok=True)
    shutil.rmtree(folder / "home", ignore_errors=True)


def _read(folder: Path) -> Server | None:
    note = folder / "server.json"
    return Server(**json.loads(note.read_text())) if note.exists() else None


def _write(folder: Path, server: Server) -> None:
    # The address holds the password of the day.
    with open(os.open(folder / "server.json", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as note:
        json.dump(asdict(server), note)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with open(path, "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
