"""One mail per person and step: what was expected against what the mail server took in."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

RECEIVED = re.compile(r"Task \S+\[([0-9a-f-]{36})\] received")


@dataclass(frozen=True, kw_only=True)
class StepCount:
    """Of one step: how many people must get it, and how many got it once, more often, not at all, or wrongly."""

    step: str
    expected: int
    once: int
    twice: int
    missing: int
    unexpected: int

    @property
    def is_exact(self) -> bool:
        return self.once == self.expected and not (self.twice or self.missing or self.unexpected)


def count_steps(*, expected: Mapping[str, set[str]], delivered: Iterable[tuple[str, str]]) -> list[StepCount]:
    """expected: the addresses that must get each step. delivered: step and address of each mail that was accepted."""
    times = Counter(delivered)
    got: dict[str, dict[str, int]] = {step: {} for step in expected}
    for (step, address), count in times.items():
        got.setdefault(step, {})[address] = count
    counts = []
    for step, found in got.items():
        wanted = expected.get(step, set())
        counts.append(
            StepCount(
                step=step,
                expected=len(wanted),
                once=sum(count == 1 for address, count in found.items() if address in wanted),
                twice=sum(count > 1 for count in found.values()),
                missing=len(wanted - set(found)),
                unexpected=len(set(found) - wanted),
            )
        )
    return counts


def redelivered_tasks(logs: Iterable[str]) -> int:
    """How many tasks were received more than once, over the logs of all workers."""
    times = Counter(task for log in logs for task in RECEIVED.findall(log))
    return sum(count > 1 for count in times.values())
