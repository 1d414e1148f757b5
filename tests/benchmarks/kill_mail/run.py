"""One run: start everything, kill as planned, let the sweepers do their work, count."""

import shutil
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.db import connection

from tests.benchmarks.kill_mail import world
from tests.benchmarks.kill_mail.holds import lay_trigger
from tests.benchmarks.kill_mail.killer import Killer
from tests.benchmarks.kill_mail.schedule import (
    Disturbance,
    KillStage,
    Phase,
    PlannedDisturbance,
    planned_disturbances,
    planned_kills,
)
from tests.benchmarks.kill_mail.tally import Delivery, Tally, tally
from tests.benchmarks.own_servers import OwnServers
from tests.benchmarks.worker_crew import Crew, mail_environment, running_crew
from tests.mailing.sink import Sink, running_sink
from tests.simulated_clock import SimulatedClock
from wpm_platform.organisations.models import Organisation

WORKERS = 3
# A worker that dies keeps its place for ten seconds; with as many places again, that delays nobody.
PLACES = 2 * WORKERS
ANSWERING = 20
# Long enough for a worker that is only slow, as it must be in real life too. These seconds are real ones: the clock
# only jumps while no mail is in flight.
INTERRUPTED_SECONDS = 60
SMTP_SECONDS = 10
TICK_SECONDS = 3
DOWN_SECONDS = 2.0
STEP = timedelta(minutes=6)
PATIENCE_SECONDS = 3600.0


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The size of a run."""

    seed: int
    people: int = 2000
    kills_per_stage: int = 15
    flushes: int = 5
    restarts: int = 2


@dataclass(frozen=True, kw_only=True)
class Outcome:
    tally: Tally
    disturbances: Counter[Disturbance]
    missed: list[str]
    whole_workers: int
    workers_started_again: int
    seconds: float


class RunTookTooLong(Exception):
    """The mails of a phase were not settled in time."""


@dataclass(kw_only=True)
class Run:
    wanted: Wanted
    servers: OwnServers
    organisation: Organisation
    sink: Sink
    killer: Killer
    crew: Crew
    clock: SimulatedClock
    disturbances: list[PlannedDisturbance]
    disturbed: Counter[Disturbance]

    def phase(self, phase: Phase) -> None:
        """Work until every kill of the phase was made and every mail of it has settled."""
        began = time.monotonic()
        deadline = began + PATIENCE_SECONDS
        while not self._is_settled(phase):
            if time.monotonic() > deadline:
                raise RunTookTooLong(self._state(phase))
            self.crew.tend()
            self._disturb(phase)
            if world.waits_for_later(self.organisation, now=self.clock.now()):
                self.clock.set(self.clock.now() + STEP)
            time.sleep(0.2)
        print(f"{phase}: settled after {time.monotonic() - began:.0f} s", flush=True)

    def _is_settled(self, phase: Phase) -> bool:
        if any(planned.phase == phase for planned in self.disturbances):
            return False
        is_prepared = world.is_prepared(self.organisation, kind=phase)
        return is_prepared and not world.unsettled(self.organisation, kind=phase)

    def _disturb(self, phase: Phase) -> None:
        due = [p for p in self.disturbances if p.phase == phase and p.after <= self.killer.progress]
        for planned in due:
            with self.killer.nobody_dying():
                if planned.kind == Disturbance.FLUSH:
                    self.servers.flush_redis()
                else:
                    how = signal.SIGQUIT if planned.kind == Disturbance.CRASH else signal.SIGINT
                    self.servers.restart_postgresql(how, down_seconds=DOWN_SECONDS)
                    connection.close()
            self.disturbances.remove(planned)
            self.disturbed[planned.kind] += 1

    def _state(self, phase: Phase) -> str:
        rows = Counter((row.kind, row.state, row.reason) for row in world.outbox(self.organisation))
        return f"{phase}: {dict(rows)}, kills {len(self.killer.done)}, missed {self.killer.missed}"


def run(wanted: Wanted, *, servers: OwnServers, folder: Path) -> Outcome:
    """Do the whole run on these servers; logs of the workers go to `folder`."""
    began = time.monotonic()
    shutil.rmtree(folder, ignore_errors=True)
    organisation = world.make_world(people=wanted.people)
    lay_trigger(servers.database_url)
    with _running(wanted, servers=servers, organisation=organisation, folder=folder) as running:
        running.phase(Phase.INVITATION)
        running.clock.set(world.REMINDED_AT)
        running.killer.begin(Phase.REMINDER)
        _wait_for_reminders(running)
        world.let_some_answer(organisation, count=ANSWERING, seed=wanted.seed, at=running.clock.now())
        running.phase(Phase.REMINDER)
    return Outcome(
        tally=tally(
            people=world.addresses(organisation),
            rows=world.outbox(organisation),
            deliveries=[Delivery(message_id=m.message_id, recipient=m.recipient) for m in running.sink.accepted],
            kills=running.killer.done,
            wanted_kills=dict.fromkeys(KillStage, wanted.kills_per_stage),
        ),
        disturbances=running.disturbed,
        missed=running.killer.missed,
        whole_workers=sum(killed.takes_whole_worker for killed in running.killer.done),
        workers_started_again=running.crew.replaced,
        seconds=time.monotonic() - began,
    )


@contextmanager
def _running(wanted: Wanted, *, servers: OwnServers, organisation: Organisation, folder: Path) -> Iterator[Run]:
    kills = planned_kills(seed=wanted.seed, people=wanted.people, per_stage=wanted.kills_per_stage)
    with tempfile.TemporaryDirectory(prefix="kill-mail-") as notes:
        clock = SimulatedClock(Path(notes) / "clock")
        clock.set(world.INVITED_AT)
        killer = Killer(kills=kills, database_url=servers.database_url)
        with (
            running_sink(on_stage=killer.on_stage) as sink,
            running_crew(workers=WORKERS, folder=folder, environment=_environment(servers, sink, clock)) as crew,
        ):
            killer.watch(sink)
            yield Run(
                wanted=wanted,
                servers=servers,
                organisation=organisation,
                sink=sink,
                killer=killer,
                crew=crew,
                clock=clock,
                disturbances=planned_disturbances(
                    seed=wanted.seed, people=wanted.people, flushes=wanted.flushes, restarts=wanted.restarts
                ),
                disturbed=Counter(),
            )


def _wait_for_reminders(running: Run) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not world.is_prepared(running.organisation, kind=Phase.REMINDER):
        if time.monotonic() > deadline:
            raise RunTookTooLong("no reminder was planned")
        running.crew.tend()
        time.sleep(0.1)


def _environment(servers: OwnServers, sink: Sink, clock: SimulatedClock) -> dict[str, str]:
    environment = mail_environment(servers=servers, smtp_port=sink.port, clock=clock, senders=PLACES)
    return environment | {
        "WPM_SMTP_TIMEOUT": str(SMTP_SECONDS),
        "WPM_TICK_SECONDS": str(TICK_SECONDS),
        "WPM_MAIL_INTERRUPTED_SECONDS": str(INTERRUPTED_SECONDS),
    }
