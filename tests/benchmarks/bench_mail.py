"""Times the outbox against a bare smtplib loop, both against a mail server that answers each text after 20 ms.

`make bench-mail`, or `python -m tests.benchmarks.bench_mail` with DATABASE_URL and REDIS_URL set. Makes a database of
its own and drops it. A worker is a process that runs the task function; the baseline sends the same mails,
rendered beforehand, over one connection. Also: the memory of a worker over 100 000 rows.
"""

import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from statistics import median
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

from tests.benchmarks.mail_processes import Measured
from tests.mailing.sink import SinkProcess, sink_process

MAILS = 400
RUNS = 5
ANSWER_SECONDS = 0.02
LEAST_RATIO = {1: 0.8, 2: 1.6}
MEMORY_ROWS = 100_000
MOST_GROWTH_MB = 10.0


def rate(role: str, organisation: Any, *, count: int, environment: Mapping[str, str], sink: SinkProcess) -> float:
    """Mails per second of `count` such processes at once, each mail counted at the mail server."""
    from tests.benchmarks.mail_outbox import make_due_again

    make_due_again(organisation)
    processes = [Measured(role, organisation.pk, environment) for _ in range(count)]
    sink.forget()
    began_at = time.monotonic()
    for process in processes:
        process.go()
    for process in processes:
        process.result()
    seconds = time.monotonic() - began_at
    for process in processes:
        process.end()
    counts = sink.counts()
    assert counts.accepted == counts.distinct == MAILS, counts
    return MAILS / seconds


def measure_throughput(environment: Mapping[str, str]) -> bool:
    """Print the ratios, medians over the runs; baseline and workers take turns. Returns whether the targets hold."""
    from tests.benchmarks.mail_outbox import make_due_invitations

    organisation = make_due_invitations(slug="bench-mail", people=MAILS)
    ratios: dict[int, list[float]] = {count: [] for count in LEAST_RATIO}
    with sink_process(delay_seconds=ANSWER_SECONDS) as sink:
        environment = environment | smtp_settings(sink)
        for number in range(RUNS):
            bare = rate("baseline", organisation, count=1, environment=environment, sink=sink)
            rates = {
                count: rate("work", organisation, count=count, environment=environment, sink=sink)
                for count in LEAST_RATIO
            }
            words = ", ".join(f"{count} worker(s) {each:.1f}" for count, each in rates.items())
            print(f"run {number + 1}, {MAILS} mails, mails a second: smtplib {bare:.1f}, {words}", flush=True)
            for count, each in rates.items():
                ratios[count].append(each / bare)
    for count, least in LEAST_RATIO.items():
        print(f"figure: mail throughput ratio {median(ratios[count]):.2f} (target {least}) with {count} worker(s)")
    return all(median(ratios[count]) >= least for count, least in LEAST_RATIO.items())


def measure_memory(environment: Mapping[str, str]) -> bool:
    """Print how much a worker grows over 100 000 rows after its first half minute; one in ten is sent, to a mail server
    that answers at once, and the others are claimed, looked at and withdrawn."""
    from tests.benchmarks.mail_outbox import let_most_answer, make_due_invitations, states

    organisation = make_due_invitations(slug="bench-memory", people=MEMORY_ROWS)
    answered = let_most_answer(organisation)
    with sink_process() as sink:
        worker = Measured("work", organisation.pk, environment | smtp_settings(sink))
        worker.go()
        result = worker.result()
        worker.end()
    assert states(organisation) == {"sent": MEMORY_ROWS - answered, "withdrawn": answered}
    turns = [round(each, 1) for each in result["resident"]]
    print(f"{MEMORY_ROWS} rows in {result['seconds']:.0f} s; MB after each turn: {turns}", flush=True)
    growth = turns[-1] - turns[0]
    print(f"figure: mail memory growth {growth:.1f} MB (target {MOST_GROWTH_MB}) over {MEMORY_ROWS} rows", flush=True)
    return growth <= MOST_GROWTH_MB


def smtp_settings(sink: SinkProcess) -> dict[str, str]:
    """The pace per domain is counted, but never reached."""
    return {
        "WPM_EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "WPM_SMTP_HOST": "127.0.0.1",
        "WPM_SMTP_PORT": str(sink.port),
        "WPM_MAIL_PER_MINUTE": "1000000",
        "WPM_MAIL_FROM_HOUR": "0",
        "WPM_MAIL_UNTIL_HOUR": "24",
    }


@contextmanager
def own_database() -> Iterator[dict[str, str]]:
    """A database of this run; yields the environment that names it."""
    from django.db import connection

    role = connection.settings_dict["OPTIONS"].pop("assume_role", None)
    name = f"bench_mail_{os.getpid()}"
    connection.settings_dict.setdefault("TEST", {})["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.settings_dict["OPTIONS"]["assume_role"] = role
    connection.close()
    try:
        yield {"DATABASE_URL": os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}"}
    finally:
        connection.settings_dict["OPTIONS"].pop("assume_role")
        connection.close()
        connection.creation.destroy_test_db(name, verbosity=0)


def main(arguments: list[str]) -> int:
    django.setup()
    wanted = arguments or ["throughput", "memory"]
    measures = {"throughput": measure_throughput, "memory": measure_memory}
    with own_database() as environment:
        met = [measures[name](environment) for name in wanted]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
