"""`make bench-estimation DATA=FILE`: every method on a real survey with made-up silence; see docs/estimation.md.

Exits with 1 when a target but T10 is missed.
"""

import argparse
import sys
import time
from pathlib import Path

from tests.benchmarks.bench_estimation.printing import (
    cell_lines,
    legend,
    speed_lines,
    speed_verdict,
    verdict_lines,
)
from tests.benchmarks.bench_estimation.silence import SETTINGS, employers_of
from tests.benchmarks.bench_estimation.simulation import simulate
from tests.benchmarks.bench_estimation.speed import measure
from tests.benchmarks.bench_estimation.survey_table import read_survey
from tests.benchmarks.bench_estimation.targets import judge
from tests.benchmarks.bench_estimation.year_two import measure_year_two, not_measured


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.bench_estimation", description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--drift", type=Path, help="a CSV of worksites by survey, with trips per mode: for T10")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repetitions", type=int, default=2000)
    parser.add_argument("--processes", type=int, default=2)
    parsed = parser.parse_args(arguments)
    started = time.monotonic()
    table = read_survey(parsed.data)
    modes = table.people.modes
    print(f"{parsed.data.name}: {table.people.size} people, {len(table.employers)} employers,")
    print(f"{len(employers_of(table))} of them large enough to draw from; features: distance, work days, ", end="")
    print(", ".join([*table.people.numeric, *table.people.categorical]))
    print(f"Seed {parsed.seed}, {parsed.repetitions} repetitions per setting. {legend()}", flush=True)
    cells = []
    options = {"repetitions": parsed.repetitions, "seed": parsed.seed, "processes": parsed.processes}
    for cell in simulate(parsed.data, SETTINGS, **options):
        cells.append(cell)
        print("\n".join(cell_lines(cell, modes)), flush=True)
    speeds = measure(parsed.data, seed=parsed.seed)
    print("\nTime and memory of one estimate with its intervals, on one core:")
    print("\n".join(speed_lines(speeds)))
    later = not_measured()
    if parsed.drift is not None:
        later = measure_year_two(table, parsed.drift, repetitions=parsed.repetitions, seed=parsed.seed)
    verdicts = [*judge(cells, modes=modes), speed_verdict(speeds), later]
    print("\nTargets:")
    print("\n".join(verdict_lines(sorted(verdicts, key=lambda verdict: int(verdict.target[1:])))))
    print(f"\n{time.monotonic() - started:.0f} s on {parsed.processes} processes.")
    return 0 if all(verdict.is_met for verdict in verdicts if verdict.target != "T10") else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
