"""Times computing a report against the bare sums over the same rows, at 10 000, 100 000 and 500 000 employees.

`make bench-report`, or `python -m tests.benchmarks.bench_report` with DATABASE_URL and REDIS_URL set. Makes a database
of its own and drops it. Each size has a process of its own, whose peak memory counts.

The baseline is what a careful person would type into psql as the owner of the tables, without the product's rules:
days added up by mode and fuel over the answers of who was invited, and the staff counted by contract.
"""

import math
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

SIZES = (10_000, 100_000, 500_000)
JUDGED_SIZE = 100_000
RUNS = 5
MOST_RATIO = 3.0
MOST_MEMORY_MB = 500
MOST_EXPONENT = 1.1
BARE = (
    """
    SELECT d.mode, d.fuel, d.is_employer_provided, sum(d.return_metres), count(*)
    FROM surveys_response r
    JOIN surveys_populationmember p
      ON p.organisation_id = r.organisation_id AND p.campaign_id = r.campaign_id AND p.employee_id = r.employee_id
    JOIN surveys_dayanswer d ON d.response_id = r.id
    WHERE r.organisation_id = %(organisation)s AND r.campaign_id = %(campaign)s AND r.submitted_at IS NOT NULL
      AND p.is_invited
    GROUP BY d.mode, d.fuel, d.is_employer_provided
    """,
    """
    SELECT contract_kind, count(*) FROM surveys_employee
    WHERE organisation_id = %(organisation)s AND legal_entity_id = %(legal_entity)s
    GROUP BY contract_kind
    """,
)


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def measure(people: int) -> None:
    """Print this size's times and memory as `people bare build megabytes`, medians of the runs taken in turns."""
    from django.db import connection

    from reporting.services.report_versions import build_report
    from tests.benchmarks.made_up_answers import TABLES, make_answered_employer
    from tests.factories import NOW, as_owner
    from wpm_platform.owner import owner_connection
    from wpm_platform.scoping import organisation_scope

    organisation, report = make_answered_employer(people)
    # What autovacuum does within minutes after so many new rows. Only the owner may.
    with owner_connection(), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"VACUUM ANALYZE {table}")
    named = {
        "organisation": organisation.pk,
        "campaign": report.campaign_id,
        "legal_entity": report.legal_entity_id,
    }

    def bare() -> None:
        with as_owner(organisation), connection.cursor() as cursor:
            for statement in BARE:
                cursor.execute(statement, named)
                cursor.fetchall()

    def build() -> None:
        with organisation_scope(organisation):
            build_report(organisation=organisation, actor=None, now=NOW, report=report)

    bare(), build()
    bares, builds = [], []
    for _ in range(RUNS):
        bares.append(timed(bare))
        builds.append(timed(build))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(people, median(bares), median(builds), peak)


def measure_all() -> bool:
    """Every size in a process of its own, on a database of this run; prints the table and the figures."""
    from django.db import connection

    connection.settings_dict["OPTIONS"].pop("assume_role", None)
    name = f"bench_report_{os.getpid()}"
    connection.settings_dict.setdefault("TEST", {})["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()
    environment = os.environ | {"DATABASE_URL": os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}"}
    measured = []
    print("employees   bare sums   report   ratio   memory")
    try:
        for size in SIZES:
            command = [sys.executable, "-m", "tests.benchmarks.bench_report", str(size)]
            output = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
            bare, build, megabytes = (float(word) for word in output.split()[1:])
            measured.append((size, bare, build, megabytes))
            print(f"{size:9}   {bare:7.3f} s  {build:6.3f} s   {build / bare:5.2f}   {megabytes:3.0f} MB", flush=True)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    return judged(measured)


def judged(measured: list[tuple[int, float, float, float]]) -> bool:
    """Print the figures beside their targets. Returns whether all hold."""
    ratio = next(build / bare for size, bare, build, _ in measured if size == JUDGED_SIZE)
    memory = max(megabytes for *_, megabytes in measured)
    (small, _, first, _), (large, _, last, _) = measured[0], measured[-1]
    exponent = math.log(last / first) / math.log(large / small)
    print(f"figure: report exponent {exponent:.2f} (target {MOST_EXPONENT}) from {small} to {large} employees")
    print(f"figure: report memory {memory:.0f} MB (target {MOST_MEMORY_MB}) at most, over all sizes")
    print(f"figure: report ratio {ratio:.2f} (target {MOST_RATIO:.0f}) at {JUDGED_SIZE} employees")
    return ratio <= MOST_RATIO and memory <= MOST_MEMORY_MB and exponent <= MOST_EXPONENT


def main(arguments: list[str]) -> int:
    django.setup()
    if arguments:
        measure(int(arguments[0]))
        return 0
    return 0 if measure_all() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
