"""The shared model that an employer's estimate may lean on."""

import json
from typing import Any

from reporting.domain.estimation.pooled_prior import PooledPrior, PriorUnusable
from reporting.domain.estimation.survey_people import MODES
from reporting.models import PriorOfOthers, SharedPrior
from wpm_platform.organisations.models import Organisation


def current_prior(*, organisation: Organisation) -> PooledPrior | None:
    """The model of the others for an employer that took part, of all for one that did not; None where there is none.

    An employer's own answers are never in it: it would count them twice.
    """
    own = PriorOfOthers.objects.filter(organisation=organisation).first()
    if own is not None:
        return _usable(own.prior)
    shared = SharedPrior.objects.first()
    return None if shared is None else _usable(shared.prior)


def _usable(stored: dict[str, Any] | None) -> PooledPrior | None:
    """None for a model that an earlier version of the software stored and this one cannot read."""
    if stored is None:
        return None
    try:
        prior = PooledPrior.from_json(json.dumps(stored))
    except PriorUnusable:
        return None
    return prior if prior.modes == MODES else None
