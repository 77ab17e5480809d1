"""Intervals by drawing works again, with a fixed seed: the same ratings always give the same interval."""

import numpy as np

from touchstone.core.reliability.figure import CONFIDENCE
from touchstone.core.reliability.ratings import Floats
from touchstone.core.reliability.tables import Patterns

SEED = 20_260_101
RESAMPLES = 1000
FEWEST_WORKS = 5


def resampled_works(found: Patterns, resamples: int = RESAMPLES) -> Floats:
    """How often each pattern is drawn when the works are drawn again with replacement: (resamples, D).

    Works with the same pattern are exchangeable, so one multinomial draw stands for a whole resample.
    """
    n = int(found.works.sum())
    drawn = np.random.default_rng(SEED).multinomial(n, found.works / n, size=resamples)
    return drawn.astype(np.float64)


def percentile_interval(values: Floats, works: int | None = None) -> tuple[float | None, float | None, str]:
    """The middle CONFIDENCE of the resampled values (Efron 1979), leaving out those that are undefined.

    Returns low, high and the method; no interval when more than one resample in twenty was undefined.
    """
    defined = values[np.isfinite(values)]
    if len(defined) < 0.95 * len(values) or (works is not None and works < FEWEST_WORKS):
        return None, None, "No interval: too few works vary."
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(defined, [tail, 1 - tail])
    return float(low), float(high), f"bootstrap over works, {len(values)} resamples, seed {SEED}"
