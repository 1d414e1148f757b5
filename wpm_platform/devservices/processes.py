"""A few processes that live and end together: web, worker and beat in development and in the demo.

    with run_together({"web": [...], "worker": [...]}, logs=Path(".run/logs")) as processes:
        name, exit_code = processes.wait()

Every process gets a process group of its own and a log `logs/<name>.log`. Leaving the block ends all of them,
also when SIGTERM, SIGHUP or Ctrl-C arrives inside it: SIGTERM first, then SIGKILL to what is left. They end with the
thread that started them, too, even when it was killed.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from wpm_platform.devservices.command import ignoring_signals, stop_on_signals
from wpm_platform.devservices.parent_death import end_with_parent

LOOK_EVERY_SECONDS = 0.2
PATIENCE_SECONDS = 15.0


class Processes:
    """The running processes by name. Use `run_together`; it makes one and always stops it."""

    def __init__(self, *, logs: Path, environment: Mapping[str, str] | None = None, echo: bool = False) -> None:
        self._logs = logs
        self._environment = dict(os.environ if environment is None else environment)
        self._echo = echo
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._echoes: list[threading.Thread] = []
        logs.mkdir(parents=True, exist_ok=True)

    def start(self, name: str, command: list[str]) -> None:
        """Start one more. Raises FileNotFoundError or PermissionError when the program cannot be run."""
        with open(self.log(name), "wb") as log:
            child = subprocess.Popen(
                command,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE if self._echo else log,
                stderr=subprocess.STDOUT,
                process_group=0,
                preexec_fn=end_with_parent,
            )
        self._children[name] = child
        if child.stdout is not None:
            echo = threading.Thread(target=_echo, args=(name, child.stdout, self.log(name)), daemon=True)
            echo.start()
            self._echoes.append(echo)

    def log(self, name: str) -> Path:
        """The file that holds what the process wrote."""
        return self._logs / f"{name}.log"

    def pid(self, name: str) -> int:
        """The number of the process, which is also its group's."""
        return self._children[name].pid

    def ended(self) -> dict[str, int]:
        """The exit codes of those that ended by themselves; negative for a signal's number."""
        codes = {name: child.poll() for name, child in self._children.items()}
        return {name: code for name, code in codes.items() if code is not None}

    def wait(self) -> tuple[str, int]:
        """Wait until one ends; its name and exit code."""
        while not (ended := self.ended()):
            time.sleep(LOOK_EVERY_SECONDS)
        return next(iter(ended.items()))

    def stop(self, *, patience: float = PATIENCE_SECONDS) -> None:
        """End all of them, with the processes they started; nothing runs any more on return."""
        for child in self._children.values():
            _signal_group(child, signal.SIGTERM)
        deadline = time.monotonic() + patience
        for child in self._children.values():
            with suppress(subprocess.TimeoutExpired):
                child.wait(timeout=max(0.0, deadline - time.monotonic()))
            # Also when the leader is gone: what it started may still be there.
            _signal_group(child, signal.SIGKILL)
            child.wait()
        for echo in self._echoes:
            echo.join()
        self._children.clear()
        self._echoes.clear()


@contextmanager
def run_together(
    commands: Mapping[str, list[str]],
    *,
    logs: Path,
    environment: Mapping[str, str] | None = None,
    echo: bool = False,
) -> Iterator[Processes]:
    """Start `commands`, yield them, and stop them at the end of the block whatever happens.

    `environment` replaces the inherited one. With `echo` each line also appears on standard output, after
    the name of its process. A signal to stop leaves the block as `devservices.command.Stopped`.
    """
    if threading.current_thread() is threading.main_thread():
        stop_on_signals()
    processes = Processes(logs=logs, environment=environment, echo=echo)
    try:
        for name, command in commands.items():
            processes.start(name, command)
        yield processes
    finally:
        with ignoring_signals():
            processes.stop()


def _signal_group(child: "subprocess.Popen[bytes]", number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(child.pid, number)


def _echo(name: str, written: IO[bytes], log: Path) -> None:
    with written, open(log, "wb") as kept:
        for line in written:
            kept.write(line)
            kept.flush()
            sys.stdout.write(f"{name:>6} | {line.decode(errors='replace')}")
            sys.stdout.flush()
