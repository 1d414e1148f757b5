from collections import Counter

import pytest

from tests.benchmarks.kill_mail.schedule import (
    CONVERSATION,
    LAST_AT,
    Disturbance,
    KillStage,
    Phase,
    planned_disturbances,
    planned_kills,
)


@pytest.mark.parametrize("seed", range(5))
def test_as_many_kills_in_each_stage_as_asked_for(seed):
    kills = planned_kills(seed=seed, people=2000, per_stage=15)
    assert Counter(kill.stage for kill in kills) == dict.fromkeys(KillStage, 15)
    assert Counter(kill.phase for kill in kills) == {Phase.INVITATION: 40, Phase.REMINDER: 20}
    assert [kill.phase for kill in kills] == sorted(kill.phase for kill in kills)
    for phase in Phase:
        moments = [kill.after for kill in kills if kill.phase == phase]
        assert moments == sorted(moments)
        assert moments[-1] < 2000 * LAST_AT


def test_kills_strike_where_their_stage_can_be_seen_and_lose_only_a_commit_that_waits():
    for kill in planned_kills(seed=1, people=2000, per_stage=15):
        assert kill.at in CONVERSATION[kill.stage]
        assert not kill.loses_commit or kill.stage == KillStage.AT_COMMIT


def test_same_seed_same_plan_other_seed_other_plan():
    def plan(seed):
        return (
            planned_kills(seed=seed, people=100, per_stage=5),
            planned_disturbances(seed=seed, people=100, flushes=5, restarts=2),
        )

    assert plan(1) == plan(1)
    assert plan(1)[0] != plan(2)[0]
    assert plan(1)[1] != plan(2)[1]


def test_disturbances_fall_in_both_phases_and_every_second_restart_is_a_crash():
    planned = planned_disturbances(seed=3, people=100, flushes=5, restarts=2)
    assert Counter(p.kind for p in planned) == {Disturbance.FLUSH: 5, Disturbance.RESTART: 1, Disturbance.CRASH: 1}
    assert Counter(p.phase for p in planned) == {Phase.INVITATION: 4, Phase.REMINDER: 3}
