"""Several workers at the same moment: one result, and the same bytes whoever computes it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from threadpoolctl import threadpool_limits

from reporting.models import EstimationResult, EstimationRun
from reporting.services.estimation.rules import EstimationAtWork
from tests.factories import as_owner
from tests.reporting.report_rows import NOW, events
from tests.reporting.services.estimation.estimating import LATER, bytes_of, fresh, start, work
from tests.reporting.surveyed_employer import make_surveyed_report

pytestmark = pytest.mark.django_db(transaction=True)

# So many answers that the doubly robust estimate, with its folds drawn by the seed, speaks.
LARGE = {"people": 160, "answered": 100}


def at_once(*steps):
    """The outcomes of the steps, begun at the same moment; an error as its name."""
    begin = Barrier(len(steps))

    def one(step):
        try:
            begin.wait(timeout=20)
            return step()
        except Exception as error:
            return type(error).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(steps)) as pool:
        return list(pool.map(one, steps))


def asked_again(report, *, moment):
    """A second estimation of the same, as if nothing had been found yet."""
    with as_owner(report.organisation):
        EstimationResult.objects.all().delete()
        EstimationRun.objects.update(state="failed", failure="interrupted", finished_at=moment)
    return start(report)


def test_four_workers_and_one_run_give_one_result():
    report = make_surveyed_report()
    run = start(report)
    did = at_once(*[lambda: work(run)] * 4)
    assert sorted(did) == [False, False, False, True]
    assert fresh(run).state == "done"
    assert events(report).count("report.estimation_done") == 1


def test_a_worker_thought_dead_that_is_not_leaves_one_result():
    report = make_surveyed_report(**LARGE)
    run = start(report)
    # The second is of the opinion that the first was silent for too long, whichever begins.
    at_once(lambda: work(run, at=NOW), lambda: work(run, at=LATER))
    assert fresh(run).state == "done"
    with as_owner(report.organisation):
        assert EstimationResult.objects.count() == 1
    assert events(report).count("report.estimation_done") == 1


def test_two_people_start_one_estimation():
    report = make_surveyed_report()
    outcomes = at_once(*[lambda: start(report)] * 3)
    assert sorted(str(type(one).__name__) for one in outcomes) == ["EstimationRun", "str", "str"]
    assert [one for one in outcomes if isinstance(one, str)] == [EstimationAtWork.__name__] * 2


def test_the_same_bytes_beside_another_worker_and_on_other_threads():
    report, neighbour = make_surveyed_report(**LARGE), make_surveyed_report(**LARGE, seed=2)
    run = start(report)
    work(run)
    alone, checksum, card = bytes_of(run), fresh(run).inputs_hash, card_of(run)
    again, other = asked_again(report, moment=NOW), start(neighbour)
    at_once(lambda: work(again), lambda: work(other))
    assert (bytes_of(again), fresh(again).inputs_hash, card_of(again)) == (alone, checksum, card)
    third = asked_again(report, moment=NOW)
    with threadpool_limits(limits=4):
        work(third)
    assert (bytes_of(third), card_of(third)) == (alone, card)
    assert '"method": "doubly_robust"' in alone
    assert bytes_of(other) != alone


def card_of(run):
    """The checksum of the model card, which leaves out what the computation cost."""
    with as_owner(run.organisation):
        return EstimationResult.objects.get(run=run).card["card_hash"]
