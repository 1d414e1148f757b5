"""The tables of the benchmark, the bad news in the same place as the good."""

from collections.abc import Iterable, Iterator, Sequence

from tests.benchmarks.bench_estimation.repetition import GUIDANCE
from tests.benchmarks.bench_estimation.simulation import Cell
from tests.benchmarks.bench_estimation.speed import Speed, growth
from tests.benchmarks.bench_estimation.targets import Verdict, coverage, covered, relative_bias, rmse

T8_SIZE, T8_SECONDS, T8_MEGABYTES = 10_000, 1.0, 300.0
T8_LARGE, T8_LARGE_SECONDS, T8_EXPONENT = 100_000, 10.0, 1.15


def cell_lines(cell: Cell, modes: Sequence[str]) -> Iterator[str]:
    """Every method of one cell, side by side."""
    places = [*modes, "total"]
    yield ""
    yield f"{cell.setting}: {len(cell.truth)} repetitions" + ("" if cell.setting.is_target else " (beyond the targets)")
    titles = "".join(f" | {name:>8}: rmse  bias cover common" for name in places)
    yield f"  {'method':<16}{titles} | split"
    for method, scores in cell.scores.items():
        columns = ""
        for place in range(len(places)):
            holds, common = scores.holds[:, place], covered(cell, method, place)
            everywhere = "    –" if holds[0] != holds[0] else f"{100 * coverage(holds).share:5.1f}"
            usual = "     –" if common is None or common.share != common.share else f"{100 * common.share:6.1f}"
            columns += f" | {100 * rmse(cell, method, place):14.2f} {100 * relative_bias(cell, method, place):5.1f}"
            columns += f" {everywhere} {usual}"
        yield f"  {method:<16}{columns} | {100 * scores.split.mean():5.2f}"
    if "doubly robust" in cell.scores and cell.setting.answers >= 75:
        yield f"  the ladder kept the doubly robust estimate in {100 * cell.robust_part:.1f} % of the repetitions"


def legend() -> str:
    return (
        "rmse: in % of all kilometres; bias: in % of the mode's own; cover: % of 95 % intervals that hold; common: the "
        f"same among employers where the mode has 5 % of the days and more. {GUIDANCE} is the legal default."
    )


def verdict_lines(verdicts: Iterable[Verdict]) -> Iterator[str]:
    for verdict in verdicts:
        yield f"{verdict.target:<4} {'met   ' if verdict.is_met else 'MISSED'} {verdict.words}"
        yield from (f"       {measured}" for measured in verdict.measured)


def speed_lines(speeds: Sequence[Speed]) -> Iterator[str]:
    for speed in speeds:
        yield f"  {speed.size:>7} people  {speed.seconds:7.3f} s  {speed.megabytes:6.0f} MB  {speed.method}"
    yield f"  growth exponent between the two largest: {growth(speeds):.2f}"


def speed_verdict(speeds: Sequence[Speed]) -> Verdict:
    """T8: 10 000 in a second and 300 MB, 100 000 in ten seconds, linear."""
    by_size = {speed.size: speed for speed in speeds}
    middle, large = by_size[T8_SIZE], by_size[T8_LARGE]
    is_met = middle.seconds <= T8_SECONDS and middle.megabytes <= T8_MEGABYTES
    is_met = is_met and large.seconds <= T8_LARGE_SECONDS and growth(speeds) <= T8_EXPONENT
    return Verdict(
        target="T8",
        words="10 000 people ≤ 1 s and ≤ 300 MB, 100 000 ≤ 10 s, linear",
        is_met=is_met,
        measured=tuple(speed_lines(speeds)),
    )
