"""`make kill-mail SEED=1`, or `python -m tests.benchmarks.kill_mail --seed 1`: see docs/operations.md.

Starts a PostgreSQL and a Redis of its own. Exits with 1 when a promise was not kept.
"""

import argparse
import os
import sys
from pathlib import Path

from tests.benchmarks.own_servers import own_servers
from wpm_platform.devservices.command import stop_on_signals


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.kill_mail", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--kills-per-stage", type=int, default=15)
    parsed = parser.parse_args(arguments)
    stop_on_signals()
    with own_servers() as servers:
        os.environ |= {"DATABASE_URL": servers.database_url, "REDIS_URL": servers.redis_url}
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        return _run(parsed, servers)


def _run(parsed: argparse.Namespace, servers: object) -> int:
    # Django reads the addresses of the servers when it is imported.
    import django

    django.setup()
    from django.conf import settings

    from tests.benchmarks.kill_mail.report import print_report
    from tests.benchmarks.kill_mail.run import Wanted, run

    wanted = Wanted(seed=parsed.seed, people=parsed.people, kills_per_stage=parsed.kills_per_stage)
    folder = Path(settings.BASE_DIR) / ".run" / "kill-mail" / f"seed-{wanted.seed}"
    return print_report(run(wanted, servers=servers, folder=folder), wanted=wanted, folder=folder)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
