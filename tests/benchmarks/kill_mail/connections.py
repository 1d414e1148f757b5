"""Which process holds the other end of a connection; from /proc, as it happens on one machine."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

PATIENCE_SECONDS = 10.0


class ProcessNotFound(Exception):
    """No process of ours has that end of the connection (any more)."""


def process_of(local_port: int) -> int:
    """The process whose socket on 127.0.0.1 has this port as its own end."""
    socket = f"socket:[{_inode(local_port)}]"
    for folder in Path("/proc").glob("[0-9]*/fd"):
        with suppress(OSError):
            if any(str(entry.readlink()) == socket for entry in folder.iterdir()):
                return int(folder.parent.name)
    raise ProcessNotFound(f"nobody holds port {local_port}")


def kill(pid: int, *, with_its_group: bool) -> None:
    """SIGKILL, and return when the process is gone."""
    if with_its_group:
        os.killpg(os.getpgid(pid), signal.SIGKILL)
    else:
        os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while _lives(pid):
        if time.monotonic() > deadline:
            raise TimeoutError(f"process {pid} survived SIGKILL")
        time.sleep(0.005)


def _inode(local_port: int) -> str:
    wanted = f":{local_port:04X}"
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        if fields[1].endswith(wanted) and fields[9] != "0":
            return fields[9]
    raise ProcessNotFound(f"nobody holds port {local_port}")


def _lives(pid: int) -> bool:
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    return False
