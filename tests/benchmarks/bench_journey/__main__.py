"""`make bench-journey`, or `python -m tests.benchmarks.bench_journey`: see docs/operations.md.

Starts PostgreSQL, Redis and gunicorn of its own. Exits with 1 when a target is missed or anything went wrong.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.bench_journey.site import production_environment
from tests.benchmarks.own_servers import own_servers
from wpm_platform.devservices.command import stop_on_signals

PEOPLE = 2000


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.bench_journey", description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parsed = parser.parse_args(arguments)
    stop_on_signals()
    with own_servers() as servers, tempfile.TemporaryDirectory(prefix="bench-journey-") as name:
        folder = Path(name)
        os.environ |= production_environment(servers, folder=folder)
        # Django reads the addresses of the servers when it is imported.
        import django

        django.setup()

        from tests.benchmarks.bench_journey.run import run

        return 0 if run(people=parsed.people, folder=folder) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
