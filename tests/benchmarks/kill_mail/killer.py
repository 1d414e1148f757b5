"""Kills workers from where the mail server stands: it is the one who sees how far a mail is."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from tests.benchmarks.kill_mail.connections import ProcessNotFound, kill, process_of
from tests.benchmarks.kill_mail.holds import NobodyWaited, held_commit, held_row
from tests.benchmarks.kill_mail.schedule import KillStage, Phase, PlannedKill
from tests.benchmarks.kill_mail.tally import Killed
from tests.mailing.sink import DROP, PASS, Reply, Sink, Visit

MOST_MISSES = 20


class Killer:
    """`on_stage` is the mail server's; one worker is killed at a time, in the order of the plan."""

    def __init__(self, *, kills: Sequence[PlannedKill], database_url: str) -> None:
        self.done: list[Killed] = []
        self.missed: list[str] = []
        self._waiting = list(kills)
        self._database_url = database_url
        self._sink: Sink | None = None
        self._phase, self._phase_began_at = Phase.INVITATION, 0
        self._busy = threading.Lock()

    def watch(self, sink: Sink) -> None:
        """Count the phase's progress at this server."""
        self._sink = sink

    def begin(self, phase: Phase) -> None:
        self._phase, self._phase_began_at = phase, self.progress + self._phase_began_at

    @property
    def progress(self) -> int:
        """Mails accepted in this phase."""
        return len(self._sink.accepted) - self._phase_began_at if self._sink else 0

    @contextmanager
    def nobody_dying(self) -> Iterator[None]:
        """No kill is under way in this block."""
        with self._busy:
            yield

    def on_stage(self, visit: Visit) -> Reply:
        if not self._is_time(visit) or not self._busy.acquire(blocking=False):
            return PASS
        planned = self._waiting[0] if self._is_time(visit) else None
        if planned is None:
            self._busy.release()
            return PASS
        if planned.stage in (KillStage.AFTER_CLAIM, KillStage.DURING_SMTP):
            return self._kill_now(planned, visit)
        return self._kill_later(planned, visit)

    def _is_time(self, visit: Visit) -> bool:
        if not self._waiting or len(self.missed) > MOST_MISSES:
            return False
        planned = self._waiting[0]
        return planned.phase == self._phase and planned.at == visit.stage and planned.after <= self.progress

    def _kill_now(self, planned: PlannedKill, visit: Visit) -> Reply:
        """The worker waits for our reply and never gets it; the mail was not accepted."""
        try:
            kill(self._worker_of(visit), with_its_group=planned.takes_whole_worker)
            self._strike_off(planned, visit)
        except ProcessNotFound as error:
            self.missed.append(f"{planned.stage}: {error}")
        finally:
            self._busy.release()
        return DROP

    def _kill_later(self, planned: PlannedKill, visit: Visit) -> Reply:
        """Hold the worker's transaction, accept the mail, and kill once the transaction waits."""
        held = threading.Event()
        work = partial(self._hold_and_kill, planned, visit, held=held)
        threading.Thread(target=work, daemon=True, name="killer").start()
        held.wait()
        return PASS

    def _hold_and_kill(self, planned: PlannedKill, visit: Visit, *, held: threading.Event) -> None:
        hold_of = held_row if planned.stage == KillStage.BEFORE_RECORDING else held_commit
        try:
            process = self._worker_of(visit)
            with hold_of(self._database_url, visit.message_id) as hold:
                held.set()
                backend = hold.wait_for(process)
                kill(process, with_its_group=planned.takes_whole_worker)
                if planned.loses_commit:
                    hold.end_backend(backend)
                self._strike_off(planned, visit)
        except (NobodyWaited, ProcessNotFound) as error:
            self.missed.append(f"{planned.stage}: {type(error).__name__} {error}")
        finally:
            held.set()
            self._busy.release()

    def _worker_of(self, visit: Visit) -> int:
        return process_of(own_port=visit.peer_port, to_port=self._sink.port if self._sink else 0)

    def _strike_off(self, planned: PlannedKill, visit: Visit) -> None:
        self._waiting.remove(planned)
        self.done.append(
            Killed(
                phase=planned.phase,
                stage=planned.stage,
                takes_whole_worker=planned.takes_whole_worker,
                message_id=visit.message_id,
            )
        )
