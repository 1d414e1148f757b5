"""What happens when: drawn from the seed, so that a run can be repeated."""

import random
from dataclasses import dataclass
from enum import StrEnum

from tests.mailing.sink import Stage


class KillStage(StrEnum):
    """Where a worker stands with one mail when it dies."""

    AFTER_CLAIM = "after claim"
    DURING_SMTP = "during SMTP"
    BEFORE_RECORDING = "between 250 and commit"
    AT_COMMIT = "before commit"


class Phase(StrEnum):
    INVITATION = "invitation"
    REMINDER = "reminder"


class Disturbance(StrEnum):
    FLUSH = "Redis flushed"
    RESTART = "PostgreSQL restarted"
    CRASH = "PostgreSQL crashed and restarted"


# The stages of the conversation at which the mail server is the one who notices that it is time.
CONVERSATION = {
    KillStage.AFTER_CLAIM: (Stage.MAIL,),
    KillStage.DURING_SMTP: (Stage.RCPT, Stage.DATA, Stage.MESSAGE),
    KillStage.BEFORE_RECORDING: (Stage.MESSAGE,),
    KillStage.AT_COMMIT: (Stage.MESSAGE,),
}
# Two thirds of the kills fall on invitations, and none in the last part of a phase: they need mails to fall on.
INVITATION_SHARE = 2 / 3
LAST_AT = 0.7
# A worker needs some seconds to start again; its child alone is replaced at once.
WHOLE_WORKERS = 1 / 3


@dataclass(frozen=True, kw_only=True)
class PlannedKill:
    """Kill the worker of the first mail that comes to `at`, once `after` mails of the phase were accepted.

    takes_whole_worker: the worker with its child, as when a machine is lost; else the child, as when memory runs
    out. loses_commit: PostgreSQL loses the worker's connection too, so that the waiting commit does not happen.
    """

    phase: Phase
    after: int
    stage: KillStage
    at: Stage
    takes_whole_worker: bool
    loses_commit: bool = False


@dataclass(frozen=True, kw_only=True)
class PlannedDisturbance:
    phase: Phase
    after: int
    kind: Disturbance


def planned_kills(*, seed: int, people: int, per_stage: int) -> list[PlannedKill]:
    """Kills in the order of their moments, `per_stage` in each stage."""
    chance = random.Random(f"kills {seed}")
    on_invitations = round(per_stage * INVITATION_SHARE)
    kills = []
    for phase, count in ((Phase.INVITATION, on_invitations), (Phase.REMINDER, per_stage - on_invitations)):
        stages = [stage for stage in KillStage for _ in range(count)]
        chance.shuffle(stages)
        moments = sorted(chance.randrange(int(people * LAST_AT)) for _ in stages)
        for stage, moment in zip(stages, moments, strict=True):
            kills.append(
                PlannedKill(
                    phase=phase,
                    after=moment,
                    stage=stage,
                    at=chance.choice(CONVERSATION[stage]),
                    takes_whole_worker=chance.random() < WHOLE_WORKERS,
                    loses_commit=stage == KillStage.AT_COMMIT and chance.random() < 0.5,
                )
            )
    return kills


def planned_disturbances(*, seed: int, people: int, flushes: int, restarts: int) -> list[PlannedDisturbance]:
    """Flushes and restarts by turns over both phases; of the restarts, every second one is a crash."""
    chance = random.Random(f"disturbances {seed}")
    kinds = [Disturbance.FLUSH] * flushes + [(Disturbance.RESTART, Disturbance.CRASH)[n % 2] for n in range(restarts)]
    chance.shuffle(kinds)
    half = (len(kinds) + 1) // 2
    found = []
    for phase, part in ((Phase.INVITATION, kinds[:half]), (Phase.REMINDER, kinds[half:])):
        moments = sorted(chance.randrange(int(people * LAST_AT)) for _ in part)
        found += [
            PlannedDisturbance(phase=phase, after=moment, kind=kind) for moment, kind in zip(moments, part, strict=True)
        ]
    return found
