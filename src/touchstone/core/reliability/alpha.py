"""Krippendorff's alpha: any number of assessors, gaps allowed, levels as names, order or distances."""

from fractions import Fraction
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from touchstone.core.reliability.agreement import NO_SECOND_READ
from touchstone.core.reliability.bootstrap import percentile_interval, resampled_works
from touchstone.core.reliability.figure import Figure, undefined
from touchstone.core.reliability.kappa import ONE_LEVEL_ONLY
from touchstone.core.reliability.ratings import Floats
from touchstone.core.reliability.tables import Patterns

type Scale = Literal["nominal", "ordinal", "interval"]


def krippendorff_alpha(found: Patterns, scale: Scale) -> Figure:
    """Alpha of the works read at least twice, from their patterns of levels; n counts ratings.

    Source: Krippendorff 2011, Computing Krippendorff's alpha-reliability (and Content Analysis, chapter
    on reliability). Interval: bootstrap over works (Zapf et al. 2016, BMC Med. Res. Methodol. 16:93).
    """
    key, n = f"alpha.{scale}", int((found.works * found.reads).sum())
    if n == 0:
        return undefined(key, NO_SECOND_READ, unit="ratings")
    together = _exact_coincidences(found)
    used = np.asarray([int(sum(row)) for row in together], dtype=object)
    distance = _distances(used, scale)
    expected = (np.multiply.outer(used, used) * distance).sum()
    if expected == 0:
        return undefined(key, ONE_LEVEL_ONLY, n=n, unit="ratings")
    exact = 1 - Fraction((n - 1) * (together * distance).sum()) / Fraction(expected)
    low, high, method = percentile_interval(_resampled(found, scale))
    return Figure(key, float(exact), n, "ratings", low, high, method, exact=exact)


def _pairs(found: Patterns) -> NDArray[np.int64]:
    """Ordered pairs of reads of one work, by their two levels: (D, K, K)."""
    pairs = found.levels[:, :, None] * found.levels[:, None, :]
    place = np.arange(found.levels.shape[1])
    pairs[:, place, place] -= found.levels
    return pairs


def _exact_coincidences(found: Patterns) -> NDArray[np.object_]:
    """The coincidence matrix (K, K) in fractions: every work counts as many pairs as it has reads."""
    pairs = _pairs(found)
    total: NDArray[np.object_] = np.zeros(pairs.shape[1:], dtype=object)
    for reads in np.unique(found.reads):
        chosen = found.reads == reads
        whole = np.tensordot(found.works[chosen], pairs[chosen], axes=1)
        total += whole.astype(object) * Fraction(1, int(reads) - 1)
    return total


def _distances(used: NDArray[np.object_], scale: Scale) -> NDArray[np.object_]:
    """Squared distance of every two levels (K, K), times a constant that alpha does not feel."""
    place = np.arange(len(used))
    if scale == "nominal":
        return np.asarray(place[:, None] != place[None, :], dtype=object)
    at = place.astype(object)
    if scale == "ordinal":
        # twice the rank of each level's middle: the number of ratings from one level to another
        at = 2 * np.cumsum(used) - used
    return np.asarray(np.subtract.outer(at, at) ** 2, dtype=object)


def _resampled(found: Patterns, scale: Scale) -> Floats:
    """Alpha of each resample (B,)."""
    levels = found.levels.shape[1]
    share = _pairs(found) / (found.reads - 1)[:, None, None]
    together = (resampled_works(found) @ share.reshape(-1, levels * levels)).reshape(-1, levels, levels)
    used = together.sum(axis=2)
    at = np.broadcast_to(np.arange(levels, dtype=np.float64), used.shape)
    if scale == "ordinal":
        at = np.cumsum(used, axis=1) - used / 2
    distance = (at[:, :, None] - at[:, None, :]) ** 2
    if scale == "nominal":
        distance = np.broadcast_to(1.0 - np.eye(levels), distance.shape)
    observed = (together * distance).sum(axis=(1, 2))
    expected = (used[:, :, None] * used[:, None, :] * distance).sum(axis=(1, 2))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(1 - (used.sum(axis=1) - 1) * observed / expected, dtype=np.float64)
