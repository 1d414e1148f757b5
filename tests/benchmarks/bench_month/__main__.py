"""`make bench-month`, or `python -m tests.benchmarks.bench_month --people 10000`.

Starts a PostgreSQL and a Redis of its own. Exits with 1 when somebody got a mail twice, or not at all.
"""

import argparse
import os
import sys
from pathlib import Path

from tests.benchmarks.own_servers import own_servers
from wpm_platform.devservices.command import stop_on_signals


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.bench_month", description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parsed = parser.parse_args(arguments)
    stop_on_signals()
    with own_servers() as servers:
        os.environ |= {"DATABASE_URL": servers.database_url, "REDIS_URL": servers.redis_url}
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        # Django reads the addresses of the servers when it is imported.
        import django

        django.setup()
        from django.conf import settings

        from tests.benchmarks.bench_month.run import run

        folder = Path(settings.BASE_DIR) / ".run" / "bench-month"
        return 0 if run(people=parsed.people, servers=servers, folder=folder) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
