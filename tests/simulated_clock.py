"""A clock that a test sets for other processes: they follow a file that says how far it is ahead.

The file holds seconds between the simulated and the real clock, so that all processes agree however late they
started. A worker looks before each task; in between, time goes on at its usual pace. Only the processes that run
tasks travel: the wire keeps real time.
"""

import datetime
import time
from pathlib import Path
from typing import Any

import time_machine
from celery.signals import task_prerun, worker_process_init


class SimulatedClock:
    """The test's side: set it, ask it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._ahead_seconds = 0.0

    def now(self) -> datetime.datetime:
        return datetime.datetime.fromtimestamp(time.time() + self._ahead_seconds, tz=datetime.UTC)

    def set(self, moment: datetime.datetime) -> None:
        """It is `moment` now; workers notice at their next task."""
        self._ahead_seconds = moment.timestamp() - time.time()
        beside = self.path.with_suffix(".new")
        beside.write_text(str(self._ahead_seconds))
        beside.replace(self.path)


class Follower:
    """The worker's side."""

    def __init__(self, path: Path) -> None:
        self._path, self._read = path, ""
        self._journey: Any = None

    def follow(self, **_signal: object) -> None:
        said = self._path.read_text()
        if said == self._read:
            return
        self.stop()
        there = datetime.datetime.fromtimestamp(time.time() + float(said), tz=datetime.UTC)
        self._journey = time_machine.travel(there, tick=True)
        self._journey.start()
        self._read = said

    def stop(self) -> None:
        """Come back to the real time."""
        if self._journey is not None:
            self._journey.stop()
            self._journey = None


def follow_clock(path: str) -> None:
    """For the settings of worker processes: let their tasks live at the time of the file."""
    follower = Follower(Path(path))
    worker_process_init.connect(follower.follow, weak=False)
    task_prerun.connect(follower.follow, weak=False)
