"""Who used the processors: a busy machine makes everything slow, but hardly changes the processor time of a request."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection

TICKS = os.sysconf("SC_CLK_TCK")
PARENT, FIRST_TIME, LAST_TIME = 1, 11, 15


@dataclass(kw_only=True)
class Used:
    """Processor seconds by name, of each process and all that it started."""

    pids: dict[str, int]
    seconds: dict[str, float] = field(default_factory=dict)


@contextmanager
def processor_time(**pids: int) -> Iterator[Used]:
    """What these processes and their children use while the block lasts; known when it is over."""
    used = Used(pids=pids)
    before = {name: _seconds_below(pid) for name, pid in pids.items()}
    yield used
    for name, pid in pids.items():
        used.seconds[name] = used.seconds.get(name, 0.0) + _seconds_below(pid) - before[name]


def postgresql_pid() -> int:
    """The process that started the one behind our connection: PostgreSQL runs on this machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    return int(_fields(pid)[PARENT])


def _seconds_below(root: int) -> float:
    """User and system time of a process, of those below it, and of those that ended there."""
    parents: dict[int, int] = {}
    times: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = _fields(int(entry.name))
            except (FileNotFoundError, ProcessLookupError):
                continue
            parents[int(entry.name)] = int(fields[PARENT])
            times[int(entry.name)] = sum(int(each) for each in fields[FIRST_TIME:LAST_TIME])
    return sum(ticks for pid, ticks in times.items() if _is_below(pid, root, parents)) / TICKS


def _is_below(pid: int, root: int, parents: dict[int, int]) -> bool:
    while pid > 1 and pid != root:
        pid = parents.get(pid, 0)
    return pid == root


def _fields(pid: int) -> list[str]:
    """What follows the name in /proc/<pid>/stat: state, parent, …"""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
