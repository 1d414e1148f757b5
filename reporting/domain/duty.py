"""Must this employer report? The threshold is a parameter with a status: a change of law is a setting."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from reporting.domain.parameters import Threshold, ThresholdStatus


class DutyKind(StrEnum):
    """`VOLUNTARY`: below the threshold, may report. `EXEMPT`: gives no mobility provision at all."""

    OBLIGED = "obliged"
    VOLUNTARY = "voluntary"
    EXEMPT = "exempt"
    PENDING_LAW_CHANGE = "pending_law_change"


class DutyReason(StrEnum):
    NO_MOBILITY_PROVISION = "no_mobility_provision"
    MOBILITY_PROVISION_ASSUMED = "mobility_provision_assumed"
    BELOW_THRESHOLD = "below_threshold"
    AT_OR_ABOVE_THRESHOLD = "at_or_above_threshold"
    PENDING_THRESHOLD_DIFFERS = "pending_threshold_differs"


class ThresholdMissing(ValueError):
    """No threshold is in force: the duty check has no answer."""


@dataclass(frozen=True, kw_only=True)
class DutyOutcome:
    """The outcome with what it rests on. `is_obliged`: under the law in force today.

    A report that is not obliged stays possible, and does not go to the environmental agency.
    """

    kind: DutyKind
    is_obliged: bool
    headcount: int
    threshold: Threshold
    pending_threshold: Threshold | None
    reasons: tuple[DutyReason, ...]


def duty_outcome(
    *, headcount: int, has_mobility_provision: bool | None, thresholds: Sequence[Threshold]
) -> DutyOutcome:
    """Obliged, voluntary, exempt, or waiting for a change of law.

    `headcount` is that of the reference date. An employer that gives no allowance, bicycle, vehicle, ticket
    or other mobility provision is exempt whatever its size; where that is not known (None) a provision is
    assumed, which is said in the reasons. Of several thresholds in force the last one in the file counts: the
    newer law replaces the older. Raises `ThresholdMissing` when none is in force.
    """
    in_force = [threshold for threshold in thresholds if threshold.status is ThresholdStatus.IN_FORCE]
    if not in_force:
        raise ThresholdMissing("No threshold is in force for this reporting year. Set one in the parameters.")
    threshold = in_force[-1]
    pending = [candidate for candidate in thresholds if candidate.status is ThresholdStatus.PENDING]
    pending_threshold = pending[-1] if pending else None
    reaches = headcount >= threshold.employees
    reasons = [DutyReason.AT_OR_ABOVE_THRESHOLD if reaches else DutyReason.BELOW_THRESHOLD]
    if has_mobility_provision is None:
        reasons.append(DutyReason.MOBILITY_PROVISION_ASSUMED)
    kind = DutyKind.OBLIGED if reaches else DutyKind.VOLUNTARY
    if has_mobility_provision is False:
        kind = DutyKind.EXEMPT
        reasons.append(DutyReason.NO_MOBILITY_PROVISION)
    elif pending_threshold is not None and (headcount >= pending_threshold.employees) is not reaches:
        kind = DutyKind.PENDING_LAW_CHANGE
        reasons.append(DutyReason.PENDING_THRESHOLD_DIFFERS)
    return DutyOutcome(
        kind=kind,
        is_obliged=reaches and has_mobility_provision is not False,
        headcount=headcount,
        threshold=threshold,
        pending_threshold=pending_threshold,
        reasons=tuple(reasons),
    )
