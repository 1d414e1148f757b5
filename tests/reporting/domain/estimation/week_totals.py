"""Week totals by hand."""

import numpy as np

from reporting.domain.estimation.people import WeekTotals


def totals(km, observed, variance, *, one=(0.0, 0.0), degrees=1e6, **more):
    km = np.array(km)
    return WeekTotals(
        km=km,
        days=km,
        observed_km=np.array(observed),
        variance=np.array(variance),
        one_person_km=np.array(one),
        effective_answers=10.0,
        degrees=degrees,
        **more,
    )
