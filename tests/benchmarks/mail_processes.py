"""Processes that `bench_mail` measures: each says that it is ready, waits for a line, works, and tells what came of it.

python -m tests.benchmarks.mail_processes work ORGANISATION, or baseline ORGANISATION.
"""

import json
import os
import smtplib
import subprocess
import sys
import time
from collections.abc import Mapping
from email.utils import parseaddr
from pathlib import Path
from typing import Any

import django


class Measured:
    """One of the processes, ready to go."""

    def __init__(self, role: str, organisation_id: int, environment: Mapping[str, str]) -> None:
        command = [sys.executable, "-m", "tests.benchmarks.mail_processes", role, str(organisation_id)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ | environment
        )
        self.ready = self._read()

    def go(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("go\n")
        self._process.stdin.flush()

    def result(self) -> dict[str, Any]:
        """What it tells when its work is done; how long it then takes to end is no part of that."""
        return self._read()

    def end(self) -> None:
        self._process.communicate(timeout=60)

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())


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


def main(role: str, organisation_id: int) -> None:
    django.setup()
    {"work": work, "baseline": baseline}[role](organisation_id)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    main(sys.argv[1], int(sys.argv[2]))
