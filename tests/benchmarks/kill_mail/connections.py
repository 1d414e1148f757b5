"""Which process holds the other end of a connection; from /proc, as it happens on one machine."""

import os
import signal
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path

PATIENCE_SECONDS = 10.0
LOOPBACK = f"{int.from_bytes(socket.inet_aton('127.0.0.1'), sys.byteorder):08X}"


class ProcessNotFound(Exception):
    """No process of ours has that end of the connection (any more)."""


def process_of(*, own_port: int, to_port: int) -> int:
    """The process that holds the connection from one port of 127.0.0.1 to another.

    Both matter: the kernel gives a port of its own out again for a connection to somewhere else.
    """
    wanted = f"socket:[{_inode(own_port, to_port)}]"
    for folder in Path("/proc").glob("[0-9]*/fd"):
        with suppress(OSError):
            if any(str(entry.readlink()) == wanted for entry in folder.iterdir()):
                return int(folder.parent.name)
    raise ProcessNotFound(f"nobody is connected from port {own_port} to {to_port}")


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


def _inode(own_port: int, to_port: int) -> str:
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        own, to, inode = fields[1], fields[2], fields[9]
        if own == _address(own_port) and to == _address(to_port) and inode != "0":
            return inode
    raise ProcessNotFound(f"nobody is connected from port {own_port} to {to_port}")


def _address(port: int) -> str:
    return f"{LOOPBACK}:{port:04X}"


def _lives(pid: int) -> bool:
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    return False
