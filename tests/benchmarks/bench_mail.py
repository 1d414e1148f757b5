"""Times the outbox against a bare smtplib loop, both against a mail server that answers each text after 20 ms.

`make bench-mail`, or `python -m tests.benchmarks.bench_mail` with DATABASE_URL and REDIS_URL set. Makes a database of
its own and drops it. A worker is a process that runs the task function; the baseline sends the same mails,
rendered beforehand, over one connection. Also: the memory of a worker over 100 000 rows.
"""

import json
import os
import smtplib
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.utils import parseaddr
from pathlib import Path
from statistics import median
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

from tests.mailing.sink import SinkProcess, sink_process

MAILS = 400
RUNS = 5
ANSWER_SECONDS = 0.02
LEAST_RATIO = {1: 0.8, 2: 1.6}
MEMORY_ROWS = 100_000
MOST_GROWTH_MB = 10.0


# --- The processes that are measured: they say that they are ready, wait for a line, work, and tell what came of it


def work(organisation_id: int) -> None:
    """A worker: the task until nothing is due, as its queue would call it again."""
    from surveys.tasks.campaigns import send_due_mails

    _look_at_one(organisation_id)
    _answer_when_asked(lambda: _until_empty(send_due_mails, organisation_id))


def baseline(organisation_id: int) -> None:
    """The same mails, rendered beforehand, by smtplib alone."""
    from django.conf import settings

    prepared = _prepared(organisation_id)

    def send() -> None:
        with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, local_hostname="localhost") as connection:
            for sender, recipient, content in prepared:
                connection.sendmail(sender, [recipient], content)

    _answer_when_asked(send)


def _look_at_one(organisation_id: int) -> None:
    """What a worker has behind it that has sent mail before: its connection, its templates, its translations."""
    from django.db import transaction
    from django.utils import timezone

    from surveys.services.letter_press import LetterPress
    from surveys.services.mail_check import letter_or_stop
    from surveys.services.mail_round import SURVEY_KINDS
    from wpm_platform.mailing.services.outbox import claim_mail
    from wpm_platform.organisations.models import Organisation
    from wpm_platform.scoping import organisation_scope

    organisation, now = Organisation(pk=organisation_id), timezone.now()
    with organisation_scope(organisation):
        mail = claim_mail(organisation=organisation, kinds=SURVEY_KINDS, now=now)
        if mail is not None:
            letter_or_stop(mail, press=LetterPress(), now=now)
        transaction.set_rollback(True)


def _until_empty(task: Any, organisation_id: int) -> list[float]:
    """The process's memory in MB after each turn of the task, which lasts half a minute at most."""
    from wpm_platform import clock
    from wpm_platform.scoping import call_system_function

    resident = []
    while organisation_id in {
        row["organisation_id"] for row in call_system_function("organisations_with_due_mail", clock.now())
    }:
        task(organisation_id=organisation_id)
        resident.append(_resident_mb())
    return resident


def _prepared(organisation_id: int) -> list[tuple[str, str, bytes]]:
    from django.utils import timezone

    from surveys.services.letter_press import LetterPress
    from surveys.services.mail_check import letter_or_stop
    from surveys.services.mail_round import SURVEY_KINDS
    from wpm_platform.mailing.services.letters import built_message, in_bytes
    from wpm_platform.mailing.services.outbox import claim_mail
    from wpm_platform.organisations.models import Organisation
    from wpm_platform.scoping import organisation_scope

    prepared, press, now = [], LetterPress(), timezone.now()
    organisation = Organisation(pk=organisation_id)
    while True:
        with organisation_scope(organisation):
            mail = claim_mail(organisation=organisation, kinds=SURVEY_KINDS, now=now)
            if mail is None:
                return prepared
            letter = letter_or_stop(mail, press=press, now=now)
            assert letter is not None
            content = in_bytes(built_message(mail, letter))
            prepared.append((parseaddr(letter.sender)[1], mail.recipient, content))


def _answer_when_asked(act: Any) -> None:
    print(json.dumps({"ready": True}), flush=True)
    sys.stdin.readline()
    began_at = time.monotonic()
    resident = act()
    print(json.dumps({"seconds": time.monotonic() - began_at, "resident": resident}), flush=True)


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024


# --- The measurement


class Measured:
    """One of those processes, ready to go."""

    def __init__(self, role: str, organisation_id: int, environment: Mapping[str, str]) -> None:
        command = [sys.executable, "-m", "tests.benchmarks.bench_mail", role, str(organisation_id)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ | environment
        )
        self.ready = self._read()

    def go(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("go\n")
        self._process.stdin.flush()

    def result(self) -> dict[str, Any]:
        found = self._read()
        self._process.wait(timeout=60)
        return found

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())


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
    if arguments and arguments[0] in ("work", "baseline"):
        {"work": work, "baseline": baseline}[arguments[0]](int(arguments[1]))
        return 0
    wanted = arguments or ["throughput", "memory"]
    measures = {"throughput": measure_throughput, "memory": measure_memory}
    with own_database() as environment:
        met = [measures[name](environment) for name in wanted]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
