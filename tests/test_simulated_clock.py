import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from celery.signals import task_prerun, worker_process_init

from tests.simulated_clock import SimulatedClock, follow_clock

SPRING = datetime(2026, 3, 16, 8, 0, tzinfo=UTC)
SUMMER = datetime(2026, 7, 1, 8, 0, tzinfo=UTC)
A_WHILE = timedelta(minutes=5)
# A process that says what time it is, before and after it follows the file; a line is a task.
FOLLOWER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from tests.simulated_clock import Follower

follower = Follower(Path(sys.argv[1]))
for line in sys.stdin:
    before = datetime.now(UTC)
    follower.follow()
    print(before.isoformat(), datetime.now(UTC).isoformat(), flush=True)
"""


@pytest.fixture
def simulated(tmp_path):
    return SimulatedClock(tmp_path / "clock")


@pytest.fixture
def follower(simulated):
    """`follower()` is the time before and after its next task."""
    command = [sys.executable, "-c", FOLLOWER, str(simulated.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path.cwd()) as process:

        def work():
            print("task", file=process.stdin, flush=True)
            return [datetime.fromisoformat(moment) for moment in process.stdout.readline().split()]

        yield work
        process.stdin.close()


def test_a_process_is_where_the_file_says_and_comes_along_at_its_next_task(simulated, follower):
    simulated.set(SPRING)
    before, after = follower()
    assert abs(before - datetime.now(UTC)) < A_WHILE
    assert SPRING <= after < SPRING + A_WHILE
    simulated.set(SUMMER)
    before, after = follower()
    assert SPRING <= before < SPRING + A_WHILE
    assert SUMMER <= after < SUMMER + A_WHILE


def test_time_goes_on_and_a_latecomer_is_not_behind(simulated, follower):
    simulated.set(SPRING)
    time.sleep(0.05)
    _before, after = follower()
    assert SPRING + timedelta(milliseconds=50) <= after <= simulated.now()


def test_a_worker_looks_when_its_child_begins_and_before_each_task(simulated):
    receivers = {signal: list(signal.receivers) for signal in (worker_process_init, task_prerun)}
    try:
        follow_clock(str(simulated.path))
        assert all(len(signal.receivers) == len(before) + 1 for signal, before in receivers.items())
    finally:
        for signal, before in receivers.items():
            signal.receivers[:] = before
