"""What the run showed: counted from the mail server's list, the outbox and the kills."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tests.benchmarks.kill_mail.schedule import KillStage, Phase

UNSETTLED = ("queued", "inflight", "awaiting_retry")
# Only a worker that died here may have left a mail at the server without a word in the outbox.
UNCERTAIN = (KillStage.BEFORE_RECORDING, KillStage.AT_COMMIT)


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of the outbox. kind: without its app."""

    kind: str
    recipient: str
    message_id: str
    state: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """A mail that the server accepted."""

    message_id: str
    recipient: str


@dataclass(frozen=True, kw_only=True)
class Killed:
    """A worker that was killed. message_id: of its mail, where the server knew it."""

    phase: Phase
    stage: KillStage
    takes_whole_worker: bool
    message_id: str = ""


@dataclass(frozen=True, kw_only=True)
class Tally:
    people: int
    invited: int
    reminded: int
    repeats: int
    repeats_allowed: int
    unexplained_repeats: list[str]
    reminders_twice: list[str]
    strangers: list[str]
    other_message_ids: list[str]
    stuck: dict[str, int]
    unsent_reminders: dict[str, int]
    unsent_invitations: dict[str, int]
    kills: dict[KillStage, int]
    missing_kills: dict[KillStage, int] = field(default_factory=dict)

    @property
    def problems(self) -> list[str]:
        """What the engine promised and did not keep, in words; empty when all is well."""
        rules = (
            (self.invited == self.people, f"{self.people - self.invited} people got no invitation"),
            (self.repeats <= self.repeats_allowed, f"{self.repeats} repeats, {self.repeats_allowed} allowed"),
            (not self.unexplained_repeats, f"repeated though no worker died over them: {self.unexplained_repeats[:5]}"),
            (not self.reminders_twice, f"reminders sent twice: {self.reminders_twice[:5]}"),
            (not self.strangers, f"mails that the outbox does not know: {self.strangers[:5]}"),
            (not self.other_message_ids, f"repeated under another Message-ID: {self.other_message_ids[:5]}"),
            (not self.stuck, f"stuck: {self.stuck}"),
            (not self.missing_kills, f"kills that found no mail: {self.missing_kills}"),
        )
        return [words for holds, words in rules if not holds]


def tally(
    *,
    people: Sequence[str],
    rows: Sequence[Row],
    deliveries: Sequence[Delivery],
    kills: Sequence[Killed],
    wanted_kills: dict[KillStage, int],
) -> Tally:
    """Count. people: the addresses that must have been invited."""
    kind_of = {row.message_id: row.kind for row in rows if row.message_id}
    times = Counter(delivery.message_id for delivery in deliveries)
    died_over = Counter(killed.message_id for killed in kills if killed.stage in UNCERTAIN)
    done = Counter(killed.stage for killed in kills)
    pairs = {(kind_of.get(d.message_id, ""), d.recipient, d.message_id) for d in deliveries}
    names = Counter((kind, recipient) for kind, recipient, _ in pairs if kind)
    reached = {kind: {r for k, r, _ in pairs if k == kind} for kind in ("invitation", "reminder")}
    again = {message_id: count - 1 for message_id, count in times.items() if count > 1}
    return Tally(
        people=len(people),
        invited=len(reached["invitation"] & set(people)),
        reminded=len(reached["reminder"]),
        repeats=sum(again.values()),
        repeats_allowed=sum(done[stage] for stage in UNCERTAIN),
        unexplained_repeats=sorted(m for m, count in again.items() if count > died_over[m]),
        reminders_twice=sorted(m for m in again if kind_of.get(m) == "reminder"),
        strangers=sorted(set(times) - set(kind_of)),
        other_message_ids=sorted(f"{kind} to {recipient}" for (kind, recipient), n in names.items() if n > 1),
        stuck=_count(row.state for row in rows if row.state in UNSETTLED),
        unsent_reminders=_unsent(rows, "reminder"),
        unsent_invitations=_unsent(rows, "invitation"),
        kills={stage: done[stage] for stage in KillStage},
        missing_kills={s: wanted_kills[s] - done[s] for s in wanted_kills if wanted_kills[s] > done[s]},
    )


def _unsent(rows: Sequence[Row], kind: str) -> dict[str, int]:
    return _count(f"{row.state}: {row.reason or '-'}" for row in rows if row.kind == kind and row.state != "sent")


def _count(words: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items()))
