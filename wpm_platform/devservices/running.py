"""Whether a process that was started earlier still runs, and ending it."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATIENCE_SECONDS = 10.0
PAUSE_SECONDS = 0.05


@dataclass(frozen=True, kw_only=True)
class Running:
    """A process by its number and its start: numbers are given out again, the pair is not."""

    pid: int
    started: str

    @classmethod
    def of(cls, pid: int) -> "Running":
        return cls(pid=pid, started=_start_of(pid) or "")

    def is_alive(self) -> bool:
        return bool(self.started) and _start_of(self.pid) == self.started

    def end(self, first: signal.Signals = signal.SIGTERM) -> None:
        """Ask with `first`, insist with SIGKILL, and return when the process is gone."""
        for request in (first, signal.SIGKILL):
            if not self.is_alive():
                break
            os.kill(self.pid, request)
            deadline = time.monotonic() + PATIENCE_SECONDS
            while self.is_alive() and time.monotonic() < deadline:
                time.sleep(PAUSE_SECONDS)
        # A child of ours would stay behind as a zombie.
        with suppress(ChildProcessError):
            os.waitpid(self.pid, os.WNOHANG)


def start_detached(command: list[str], **popen: Any) -> Running:
    """Start `command` in a session of its own: Ctrl-C does not reach it, and it may outlive this process."""
    detached = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True, **popen)
    # Nobody waits for it; without a return code Popen would warn about that when it is thrown away.
    detached.returncode = 0
    return Running.of(detached.pid)


def _start_of(pid: int) -> str | None:
    """The start of a living process in clock ticks since boot; None when it is gone or a zombie."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    # The program's name stands between brackets and may itself hold spaces and brackets (proc(5)).
    fields = status.rpartition(")")[2].split()
    return None if fields[0] in "ZX" else fields[19]
