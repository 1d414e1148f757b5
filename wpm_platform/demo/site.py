"""The site as it runs for real: separate web, worker and beat processes."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from wpm_platform.devservices.development import beat_command, web_command, worker_command
from wpm_platform.devservices.processes import Processes, run_together

STARTS_WITHIN_SECONDS = 60


class SiteDidNotStart(RuntimeError):
    """A process of the site ended or the web server did not answer; the log says why."""


@contextmanager
def running_site(*, environment: Mapping[str, str], folder: Path, port: int) -> Iterator[Processes]:
    """Run the site on 127.0.0.1 while the block lasts; it answers when the block begins."""
    commands = {
        "web": web_command(port=port),
        "worker": worker_command(),
        "beat": beat_command(folder=folder),
    }
    with run_together(commands, logs=folder / "logs", environment=environment) as processes:
        _wait_until_it_answers(f"http://127.0.0.1:{port}/health/", processes)
        yield processes


def _wait_until_it_answers(address: str, processes: Processes) -> None:
    deadline = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < deadline:
        for name in processes.ended():
            raise SiteDidNotStart(f"{name} ended; see {processes.log(name)}")
        try:
            with urlopen(address, timeout=5):  # noqa: S310 (our own site)
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise SiteDidNotStart(f"{address} does not answer; see {processes.log('web')}")
