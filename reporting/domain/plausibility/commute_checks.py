"""Commuting against the staff list and against what is possible."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from reporting.domain.matrix import Matrix
from reporting.domain.parameters import Parameters
from reporting.domain.plausibility.finding import Check, Finding, share, threshold, whole
from reporting.domain.report_inputs import ReportInputs
from reporting.domain.rvo import Mode, RvoBlock, RvoLine

ONE_WAY_LIMITS: Mapping[str, str] = {
    Mode.WALKING: "check_one_way_walking",
    Mode.BICYCLE: "check_one_way_bicycle",
    Mode.SPEED_PEDELEC: "check_one_way_speed_pedelec",
    Mode.MOPED: "check_one_way_moped",
}
ANY_MODE = "check_one_way_any"
FEWEST_PEOPLE = 5
FEWER = f"<{FEWEST_PEOPLE}"


@dataclass(frozen=True, kw_only=True)
class StaffDistances:
    """The people who were asked, by the staff list. `known`: those whose distance their postcodes give.

    week_metres: of these, Σ distance there and back × days a week, by the list (5 where it says nothing) [D].
    """

    people: int
    known: int
    week_metres: int


def km_per_employee(
    inputs: ReportInputs, matrix: Matrix, *, distances: StaffDistances | None, parameters: Parameters
) -> Iterator[Finding]:
    """Commuting km per employee against postcode distance × days a week × the working weeks of a year.

    Days at home make the first smaller, so that it may lie far below before it stands out; above it can hardly lie.
    """
    above, below, part = (
        threshold(parameters, key)
        for key in ("check_commute_above_postcodes", "check_commute_below_postcodes", "check_postcodes_known")
    )
    total = next(total.kilometres for total in matrix.totals() if total.block is RvoBlock.COMMUTE)
    people = inputs.headcount.commute_multiplier
    if above is None or below is None or part is None or total is None or not people or distances is None:
        return
    if distances.known < FEWEST_PEOPLE or distances.known < part * distances.people:
        return
    weeks = parameters.whole("weeks_per_year")
    expected = Fraction(distances.week_metres * weeks, 1000 * distances.known)
    actual = Fraction(total, people)
    if not expected or expected * (1 - below) <= actual <= expected * (1 + above):
        return
    yield Finding(
        check=Check.KM_PER_EMPLOYEE,
        block=RvoBlock.COMMUTE,
        figures={
            "km": whole(actual),
            "expected_km": whole(expected),
            "difference": share((actual - expected) / expected),
            "above": share(above),
            "below": share(below),
        },
    )


def public_transport(matrix: Matrix, parameters: Parameters) -> Iterator[Finding]:
    """The part of public transport in commuting."""
    least, most = (
        threshold(parameters, key) for key in ("check_public_transport_least", "check_public_transport_most")
    )
    total = next(total.kilometres for total in matrix.totals() if total.block is RvoBlock.COMMUTE)
    if least is None or most is None or not total:
        return
    cell = matrix.cell(block=RvoBlock.COMMUTE, line=RvoLine.PUBLIC_TRANSPORT)
    part = Fraction(cell.value or 0) / total
    if not least <= part <= most:
        yield Finding(
            check=Check.PUBLIC_TRANSPORT,
            block=RvoBlock.COMMUTE,
            line=RvoLine.PUBLIC_TRANSPORT,
            figures={
                "share": share(part),
                "km": str(cell.value),
                "total_km": str(total),
                "least": share(least),
                "most": share(most),
            },
        )


def one_way_limits(parameters: Parameters) -> dict[Mode, int]:
    """Metres one way from which a distance is doubted, per mode; empty in versions without thresholds."""
    limits = {mode: threshold(parameters, ONE_WAY_LIMITS.get(mode, ANY_MODE)) for mode in Mode}
    return {mode: int(limit * 1000) for mode, limit in limits.items() if limit is not None}


def impossible_distance(people: Mapping[Mode, int], parameters: Parameters) -> Iterator[Finding]:
    """people: how many different people answered farther than possible, per mode.

    Fewer than five are shown as such; more in steps of five, so that no subtraction tells the others.
    """
    limits = one_way_limits(parameters)
    for mode in Mode:
        count = people.get(mode, 0)
        if count and mode in limits:
            yield Finding(
                check=Check.IMPOSSIBLE_DISTANCE,
                block=RvoBlock.COMMUTE,
                mode=mode.value,
                figures={
                    "people": FEWER if count < FEWEST_PEOPLE else str(count - count % FEWEST_PEOPLE),
                    "limit_km": str(limits[mode] // 1000),
                },
            )
