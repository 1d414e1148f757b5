"""Two workers and two beats, as real processes on the real database and Redis: one mail per person and step."""

import os
import subprocess
import sys
import time
from collections import Counter
from email import message_from_string
from email.policy import default
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection

from surveys.models import Campaign
from tests.factories import as_owner, make_employee, make_organisation
from tests.surveys.campaigns import local, mails, make_started

PEOPLE = 30
PATIENCE_SECONDS = 60


@pytest.fixture
def processes(tmp_path):
    """Starts `celery` with arguments on the test's database; stops them all at the end."""
    database = connection.settings_dict
    prefix = settings.DATABASES["default"]
    url = f"postgresql://{prefix['USER']}:{prefix['PASSWORD']}@{prefix['HOST']}:{prefix['PORT']}/{database['NAME']}"
    environment = os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "tests.worker_settings",
        "WPM_EMAIL_FOLDER": str(tmp_path / "mail"),
        "TEST_KEY_PREFIX": f"test-{uuid4()}-",
        "TEST_CLOCK": local("2026-03-16", "09:05").isoformat(),
    }
    started = []

    def start(*arguments):
        command = [sys.executable, "-m", "celery", "-A", "wpm_platform", *arguments]
        with (tmp_path / f"process-{len(started)}.log").open("w") as log:
            started.append(subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdout=log, stderr=log))

    yield start
    for process in started:
        process.terminate()
    for process in started:
        process.wait(timeout=30)


def letters(folder):
    """Recipient and subject of each mail that reached the folder."""
    found = []
    for path in folder.glob("*.log"):
        for text in path.read_text().split("-" * 79):
            if text.strip():
                message = message_from_string(text.strip(), policy=default)
                found.append((message["To"], message["Message-ID"]))
    return found


@pytest.mark.django_db(transaction=True)
def test_one_mail_per_person_with_two_workers_and_two_beats(processes, tmp_path):
    organisation = make_organisation()
    for _ in range(PEOPLE):
        make_employee(organisation)
    make_started(organisation)
    for number in range(2):
        processes("worker", "--pool", "solo", "--without-gossip", "--without-mingle", "-n", f"worker{number}@test")
        processes("beat", "--schedule", str(tmp_path / f"beat-{number}"), "--pidfile=")
    deadline = time.monotonic() + PATIENCE_SECONDS
    while Counter(mails(organisation, "state")) != {"sent": PEOPLE} and time.monotonic() < deadline:
        time.sleep(0.5)
    logs = "\n".join(path.read_text()[-2000:] for path in tmp_path.glob("process-*.log"))
    assert Counter(mails(organisation, "state", "attempts")) == {("sent", 1): PEOPLE}, logs
    _let_some_ticks_pass(organisation)
    sent = letters(tmp_path / "mail")
    assert len(sent) == PEOPLE
    assert len(set(sent)) == PEOPLE
    assert len(mails(organisation)) == PEOPLE


def _let_some_ticks_pass(organisation):
    """Wait until a later tick has visibly been worked off: it closes a campaign that has ended."""
    with as_owner(organisation):
        ended = Campaign.objects.get(organisation=organisation)
        ended.weeks.update(closes_at=local("2026-03-16", "09:01"))
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        with as_owner(organisation):
            if Campaign.objects.get(pk=ended.pk).state == "closed":
                return
        time.sleep(0.2)
    pytest.fail("no tick came")
