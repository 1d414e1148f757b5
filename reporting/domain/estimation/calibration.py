"""Whether predicted shares come true: of people with a predicted share of 30 %, do 30 % of the days go that way?"""

import numpy as np

from reporting.domain.estimation.people import Floats

CALIBRATION_BINS = 10


def calibration_sums(predicted: Floats, observed: Floats) -> Floats:
    """Categories × bins × (count, sum predicted, sum observed), by predicted share; both are people × categories."""
    bins = np.minimum((predicted * CALIBRATION_BINS).astype(np.int64), CALIBRATION_BINS - 1)
    sums = np.zeros((predicted.shape[1], CALIBRATION_BINS, 3))
    for category in range(predicted.shape[1]):
        values = np.stack([np.ones(len(predicted)), predicted[:, category], observed[:, category]])
        for place, row in enumerate(values):
            sums[category, :, place] = np.bincount(bins[:, category], weights=row, minlength=CALIBRATION_BINS)
    return sums


def calibration_errors(sums: Floats) -> Floats:
    """Per category Σ |predicted − observed| over bins ÷ answers: the expected calibration error (Guo et al. 2017)."""
    return np.asarray(np.abs(sums[:, :, 1] - sums[:, :, 2]).sum(axis=1) / sums[:, :, 0].sum(axis=1))
