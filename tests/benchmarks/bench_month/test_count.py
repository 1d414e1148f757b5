from tests.benchmarks.bench_month.count import StepCount, count_steps, redelivered_tasks

EXPECTED = {"invitation": {"anna", "ben"}, "reminder-1": {"ben"}}
ONCE = [("invitation", "anna"), ("invitation", "ben"), ("reminder-1", "ben")]
TASK = "0b0c9d4e-5a2f-4a77-9d2a-3f2f1f0a1b2c"


def counted(*deliveries):
    return {found.step: found for found in count_steps(expected=EXPECTED, delivered=deliveries)}


def test_exactly_one_each():
    found = counted(*ONCE)
    assert found["invitation"] == StepCount(step="invitation", expected=2, once=2, twice=0, missing=0, unexpected=0)
    assert all(step.is_exact for step in found.values())


def test_twice_missing_and_unexpected_are_each_noticed():
    assert counted(*ONCE, ONCE[0])["invitation"].twice == 1
    assert counted(*ONCE[1:])["invitation"].missing == 1
    assert counted(*ONCE, ("reminder-1", "anna"))["reminder-1"].unexpected == 1
    assert counted(*ONCE[:2])["reminder-1"].missing == 1
    for wrong in ([*ONCE, ONCE[0]], ONCE[1:], [*ONCE, ("reminder-1", "anna")], ONCE[:2]):
        assert not all(step.is_exact for step in counted(*wrong).values())


def test_a_step_that_was_not_planned():
    assert counted(*ONCE, ("thanks", "anna"))["thanks"].is_exact is False


def test_tasks_that_two_workers_received():
    line = f"INFO celery.worker.strategy Task surveys.send_due_mails[{TASK}] received\n"
    assert redelivered_tasks([line, "nothing"]) == 0
    assert redelivered_tasks([line, line]) == 1
