"""The killer at a real mail server, with clients that are processes of their own."""

import subprocess
import sys

import pytest

from tests.benchmarks.kill_mail.killer import Killer
from tests.benchmarks.kill_mail.schedule import KillStage, Phase, PlannedKill
from tests.mailing.sink import Stage, running_sink

CLIENT = """
import smtplib, sys
with smtplib.SMTP("127.0.0.1", int(sys.argv[1]), local_hostname="client.test") as client:
    for number in range(int(sys.argv[2])):
        letter = f"Message-ID: <{number}@platform.example>\\n\\nDag"
        client.sendmail("wpm@platform.example", ["anna@voorbeeld.example"], letter)
"""


def planned(stage, at, *, after=0, phase=Phase.INVITATION, takes_whole_worker=False):
    return PlannedKill(phase=phase, after=after, stage=stage, at=at, takes_whole_worker=takes_whole_worker)


def send(sink, killer, *, mails):
    """The exit code of a process that sends so many mails over one connection; the killer is done with it, too."""
    command = [sys.executable, "-c", CLIENT, str(sink.port), str(mails)]
    code = subprocess.run(command, check=False, process_group=0, capture_output=True).returncode
    with killer.nobody_dying():
        return code


def running(kills):
    killer = Killer(kills=kills, database_url="postgresql://nobody.needs.it/")
    return killer, running_sink(on_stage=killer.on_stage)


@pytest.mark.parametrize("takes_whole_worker", [False, True])
@pytest.mark.parametrize(
    ("stage", "at"),
    [
        (KillStage.AFTER_CLAIM, Stage.MAIL),
        (KillStage.DURING_SMTP, Stage.RCPT),
        (KillStage.DURING_SMTP, Stage.DATA),
        (KillStage.DURING_SMTP, Stage.MESSAGE),
    ],
)
def test_kills_the_client_of_this_very_mail_which_is_not_accepted(stage, at, takes_whole_worker):
    killer, server = running([planned(stage, at, after=1, takes_whole_worker=takes_whole_worker)])
    with server as sink:
        killer.watch(sink)
        assert send(sink, killer, mails=3) == -9
        assert [mail.message_id for mail in sink.accepted] == ["<0@platform.example>"]
        assert send(sink, killer, mails=1) == 0
    assert [(killed.stage, killed.takes_whole_worker) for killed in killer.done] == [(stage, takes_whole_worker)]
    assert killer.missed == []


def test_waits_for_its_moment_and_its_phase():
    kills = [
        planned(KillStage.AFTER_CLAIM, Stage.MAIL, after=2),
        planned(KillStage.AFTER_CLAIM, Stage.MAIL, phase=Phase.REMINDER),
    ]
    killer, server = running(kills)
    with server as sink:
        killer.watch(sink)
        assert send(sink, killer, mails=2) == 0
        assert send(sink, killer, mails=2) == -9
        assert [killed.phase for killed in killer.done] == [Phase.INVITATION]
        assert send(sink, killer, mails=1) == 0
        killer.begin(Phase.REMINDER)
        assert killer.progress == 0
        assert send(sink, killer, mails=1) == -9
        assert [killed.phase for killed in killer.done] == [Phase.INVITATION, Phase.REMINDER]


def test_kills_nobody_while_something_else_is_going_on():
    killer, server = running([planned(KillStage.AFTER_CLAIM, Stage.MAIL)])
    with server as sink:
        killer.watch(sink)
        with killer.nobody_dying():
            command = [sys.executable, "-c", CLIENT, str(sink.port), "1"]
            assert subprocess.run(command, check=False, process_group=0, capture_output=True).returncode == 0
        assert send(sink, killer, mails=1) == -9
