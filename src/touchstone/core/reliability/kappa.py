"""Agreement beyond chance: Cohen's kappa, plain and weighted, and Fleiss' kappa for many assessors."""

import math
from fractions import Fraction
from typing import Literal

import numpy as np

from touchstone.core.reliability.agreement import NO_SECOND_READ, counts
from touchstone.core.reliability.bootstrap import percentile_interval, resampled_works
from touchstone.core.reliability.distributions import normal_quantile
from touchstone.core.reliability.figure import CONFIDENCE, Figure, undefined
from touchstone.core.reliability.ratings import Floats, Ints
from touchstone.core.reliability.tables import Patterns

type Weights = Literal["none", "linear", "quadratic"]

ONE_LEVEL_ONLY = "Every rating is the same level, so agreement cannot be told from chance."
NO_WIDTH = "The large-sample formula (Fleiss, Cohen and Everitt 1969) gives no width here."


def disagreement_weights(levels: int, weights: Weights) -> Ints:
    """How much each pair of levels disagrees, as whole numbers, shape (levels, levels)."""
    apart = np.abs(np.arange(levels)[:, None] - np.arange(levels)[None, :])
    if weights == "none":
        return (apart > 0).astype(np.int64)
    return apart if weights == "linear" else apart**2


def cohen_kappa(table: Ints, weights: Weights | Ints = "none") -> Figure:
    """Cohen's kappa of two reads; `table` (K, K) holds counts.

    `weights` names a scheme or gives disagreement weights (K, K) as whole numbers, 0 on the diagonal.
    Sources: Cohen 1960 (Educ. Psychol. Meas. 20, 37-46), Cohen 1968 (Psychol. Bull. 70, 213-220);
    interval: Fleiss, Cohen and Everitt 1969 (Psychol. Bull. 72, 323-327). Raises BadTable.
    """
    table = counts(table)
    key = f"kappa.{weights}" if isinstance(weights, str) else "kappa.weighted"
    weight = disagreement_weights(len(table), weights) if isinstance(weights, str) else counts(weights)
    n = int(table.sum())
    if n == 0:
        return undefined(key, NO_SECOND_READ)
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    observed = _whole_sum(weight, table)
    expected = _whole_sum(weight, np.multiply.outer(rows.astype(object), columns.astype(object)))
    if expected == 0:
        return undefined(key, ONE_LEVEL_ONLY, n=n)
    exact = 1 - Fraction(n * observed, expected)
    error = _standard_error(table, 1 - weight / int(weight.max()), float(exact))
    if error == 0:
        return Figure(key, float(exact), n, "works", method=NO_WIDTH, exact=exact)
    reach = normal_quantile(0.5 + CONFIDENCE / 2) * error
    low, high = max(-1.0, float(exact) - reach), min(1.0, float(exact) + reach)
    return Figure(key, float(exact), n, "works", low, high, "Fleiss, Cohen and Everitt 1969", exact=exact)


def _whole_sum(weight: Ints, cells: Ints) -> int:
    """The weighted sum in whole numbers without bound."""
    return sum(int(w) * int(c) for w, c in zip(weight.ravel(), cells.ravel(), strict=True))


def _standard_error(table: Ints, weight: Floats, kappa: float) -> float:
    n = table.sum()
    share = table / n
    rows, columns = share.sum(axis=1), share.sum(axis=0)
    chance = float(rows @ weight @ columns)
    level_weight = (weight @ columns)[:, None] + (rows @ weight)[None, :]
    spread = float((share * (weight - level_weight * (1 - kappa)) ** 2).sum())
    spread -= (kappa - chance * (1 - kappa)) ** 2
    variance = spread / (n * (1 - chance) ** 2)
    return math.sqrt(variance) if variance > 1e-14 else 0.0


def fleiss_kappa(found: Patterns) -> Figure:
    """Fleiss' kappa of works that were all read equally often (Fleiss 1971, Psychol. Bull. 76, 378-382).

    Interval: bootstrap over works. Undefined where works were read unequally often: alpha serves there.
    """
    key, n = "kappa.fleiss", int(found.works.sum())
    if n == 0:
        return undefined(key, NO_SECOND_READ)
    reads = int(found.reads[0])
    if (found.reads != reads).any():
        return undefined(key, "Works were read unequally often; Krippendorff's alpha allows that.", n=n)
    same = int((found.works * (found.levels * (found.levels - 1)).sum(axis=1)).sum())
    used = [int(total) for total in found.works @ found.levels]
    agreed = Fraction(same, n * reads * (reads - 1))
    chance = Fraction(sum(total**2 for total in used), (n * reads) ** 2)
    if chance == 1:
        return undefined(key, ONE_LEVEL_ONLY, n=n)
    exact = (agreed - chance) / (1 - chance)
    low, high, method = percentile_interval(_fleiss(found, resampled_works(found)))
    return Figure(key, float(exact), n, "works", low, high, method, exact=exact)


def _fleiss(found: Patterns, works: Floats) -> Floats:
    """Kappa of each resample; works (B, D)."""
    reads, n = int(found.reads[0]), works[0].sum()
    agreed = works @ (found.levels * (found.levels - 1)).sum(axis=1) / (n * reads * (reads - 1))
    chance = (((works @ found.levels) / (n * reads)) ** 2).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((agreed - chance) / (1 - chance), dtype=np.float64)
