"""Real Celery processes for a benchmark: some workers of one child each, and beat. Who dies is replaced."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.own_servers import OwnServers
from tests.simulated_clock import SimulatedClock
from wpm_platform.devservices.development import beat_command
from wpm_platform.devservices.processes import Processes

TICK_SECONDS = 1
VISIBILITY_SECONDS = 10


class Crew:
    """Use `running_crew`. Call `tend` from the thread that made it: a process ends with the thread that started it."""

    def __init__(self, processes: Processes, *, workers: int, folder: Path) -> None:
        self._processes, self._folder = processes, folder
        self._started = 0
        self._names = {number: self._start_worker(number) for number in range(workers)}
        self._beat = self._start_beat()

    @property
    def replaced(self) -> int:
        return self._started - len(self._names)

    def tend(self) -> None:
        """Start a worker anew for each that is gone, and beat as well."""
        ended = self._processes.ended()
        for number, name in self._names.items():
            if name in ended:
                self._names[number] = self._start_worker(number)
        if self._beat in ended:
            self._beat = self._start_beat()

    def _start_worker(self, number: int) -> str:
        self._started += 1
        name = f"worker-{number}-{self._started}"
        command = [sys.executable, "-m", "celery", "--app=wpm_platform.celery", "worker", "--loglevel=INFO"]
        command += ["--concurrency=1", "--without-gossip", "--without-mingle", f"--hostname={name}@benchmark"]
        self._processes.start(name, command)
        return name

    def _start_beat(self) -> str:
        self._processes.start("beat", beat_command(folder=self._folder))
        return "beat"


@contextmanager
def running_crew(*, workers: int, folder: Path, environment: Mapping[str, str]) -> Iterator[Crew]:
    """Logs are in `folder`."""
    processes = Processes(logs=folder, environment=os.environ | environment)
    try:
        yield Crew(processes, workers=workers, folder=folder)
    finally:
        processes.stop()


def mail_environment(*, servers: OwnServers, smtp_port: int, clock: SimulatedClock, senders: int) -> dict[str, str]:
    """Settings of workers that send to a mail server on this machine, at the time of `clock`.

    The wire hands a task that takes longer than ten seconds to another worker as well, and beat ticks every second.
    """
    return {
        "DJANGO_SETTINGS_MODULE": "tests.clocked_settings",
        "DATABASE_URL": servers.database_url,
        "REDIS_URL": servers.redis_url,
        "TEST_CLOCK_FILE": str(clock.path),
        "WPM_EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "WPM_SMTP_HOST": "127.0.0.1",
        "WPM_SMTP_PORT": str(smtp_port),
        "WPM_TICK_SECONDS": str(TICK_SECONDS),
        "WPM_VISIBILITY_TIMEOUT": str(VISIBILITY_SECONDS),
        "WPM_MAIL_UNDO_MINUTES": "0",
        "WPM_MAIL_SENDERS": str(senders),
        "WPM_LOG_LEVEL": "INFO",
    }
