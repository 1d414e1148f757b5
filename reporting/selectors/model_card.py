"""The model card of a finished estimation. It holds no figure over fewer than five people, so any reader may see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from reporting.enums import EstimationState
from reporting.models import EstimationRun, Report
from reporting.selectors.estimation_runs import estimation_run, stored_result


class NoModelCard(LookupError):
    """There is no such estimation of this report, it is not done, or it was kept without a card."""


@dataclass(frozen=True, kw_only=True)
class StoredCard:
    """run: the one that was asked for, also where its result is that of an earlier run with the same inputs."""

    run: EstimationRun
    card: Mapping[str, Any]


def model_card(*, report: Report, code: UUID) -> StoredCard:
    """Raises `NoModelCard`."""
    run = estimation_run(report=report, code=code)
    result = stored_result(run) if run is not None and run.state == EstimationState.DONE else None
    if run is None or result is None or not result.card:
        raise NoModelCard(str(code))
    return StoredCard(run=run, card=result.card)
