"""All checks of one report."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from reporting.domain.matrix import Matrix
from reporting.domain.parameters import Parameters
from reporting.domain.plausibility.asked_checks import AskedSome, asked_some
from reporting.domain.plausibility.commute_checks import (
    StaffDistances,
    impossible_distance,
    km_per_employee,
    public_transport,
)
from reporting.domain.plausibility.finding import Finding, in_order
from reporting.domain.plausibility.fleet_checks import fuel_mix, lease_commute, negative_business
from reporting.domain.plausibility.year_checks import EarlierFigures, change, zero_line
from reporting.domain.report_inputs import ReportInputs
from reporting.domain.rvo import Mode


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What a report is compared with that is no part of it. far_people: see `impossible_distance`.

    asked: of a survey that asked neither everybody nor a lot over everybody.
    """

    earlier: EarlierFigures | None = None
    distances: StaffDistances | None = None
    far_people: Mapping[Mode, int] = field(default_factory=dict)
    asked: AskedSome | None = None


def findings(
    inputs: ReportInputs, matrix: Matrix, parameters: Parameters, *, around: Surroundings
) -> tuple[Finding, ...]:
    """Everything that stands out, in a fixed order; a check that lacks what it compares with finds nothing."""
    found = [*own_findings(matrix, parameters)]
    found += asked_some(around.asked)
    found += lease_commute(inputs, parameters)
    found += fuel_mix(inputs, parameters)
    found += km_per_employee(inputs, matrix, distances=around.distances, parameters=parameters)
    found += impossible_distance(around.far_people, parameters)
    if around.earlier is not None:
        found += change(matrix, headcount=inputs.headcount.counted, earlier=around.earlier, parameters=parameters)
        found += zero_line(matrix, earlier=around.earlier)
    return in_order(tuple(found))


def own_findings(matrix: Matrix, parameters: Parameters) -> tuple[Finding, ...]:
    """What follows from the 44 cells alone, so that an evidence file can be checked for it by itself."""
    return (*negative_business(matrix), *public_transport(matrix, parameters))
