"""Intraclass correlations: how much of the spread of levels lies between works.

Levels are treated as evenly spaced numbers here, which agreement and ordinal alpha do not do.
"""

from dataclasses import dataclass

import numpy as np

from touchstone.core.reliability.distributions import f_quantile
from touchstone.core.reliability.figure import CONFIDENCE, Figure, undefined
from touchstone.core.reliability.ratings import Floats, Ratings, ReliabilityError

type Limits = tuple[float, float] | None

FORMS = ("icc.1_1", "icc.2_1", "icc.3_1", "icc.1_k", "icc.2_k", "icc.3_k")
SOURCE = "F, Shrout and Fleiss 1979"


class Incomplete(ReliabilityError):
    """Too few works were rated by every assessor."""


@dataclass(frozen=True)
class _Squares:
    """Mean squares of n works by k assessors: works, assessors, residual, and within works."""

    n: int
    k: int
    works: float
    assessors: float
    residual: float
    within: float


def complete_table(ratings: Ratings) -> Floats:
    """Works by assessors for one criterion, of the works that every assessor rated. Raises Incomplete."""
    found = ratings.compact()
    everybody = np.bincount(found.work) == len(found.assessors)
    whole = found.only(everybody[found.work])
    if everybody.sum() < 2:
        raise Incomplete("Fewer than two works were rated by every assessor, so this is not defined.")
    return whole.level.reshape(-1, len(found.assessors)).astype(np.float64)


def intraclass(table: Floats) -> dict[str, Figure]:
    """The six forms for works by assessors (n, k), without gaps.

    icc.1: each work has assessors of its own; icc.2: the same assessors, a sample of many; icc.3: these
    assessors and no others, severity left aside. `_1` is one assessor's reliability, `_k` that of the mean
    of k. Sources: Shrout and Fleiss 1979 (Psychol. Bull. 86, 420-428); the interval of icc.2: McGraw and
    Wong 1996 (Psychol. Methods 1, 30-46).
    """
    table = np.asarray(table, dtype=np.float64)
    if table.ndim != 2 or not np.isfinite(table).all():
        raise Incomplete("Intraclass correlations need a table of works by assessors without gaps.")
    n, k = table.shape
    if n < 2 or k < 2:
        return {form: undefined(form, "At least two works and two assessors are needed.", n=n) for form in FORMS}
    found = _mean_squares(table)
    if np.ptp(table) == 0:
        return {form: undefined(form, "Every rating is the same level.", n=n) for form in FORMS}
    beyond_residual = found.works - found.residual
    one, three = (found.works + (k - 1) * noise for noise in (found.within, found.residual))
    return {
        **_pair("icc.1", found, found.works - found.within, one, _limits_one(found)),
        **_pair("icc.2", found, beyond_residual, _all_spread(found), _limits_two(found)),
        **_pair("icc.3", found, beyond_residual, three, _limits_three(found)),
    }


def _mean_squares(table: Floats) -> _Squares:
    n, k = table.shape
    work_means, assessor_means, mean = table.mean(axis=1), table.mean(axis=0), table.mean()
    residual = table - work_means[:, None] - assessor_means[None, :] + mean
    works = k * float(((work_means - mean) ** 2).sum()) / (n - 1)
    assessors = n * float(((assessor_means - mean) ** 2).sum()) / (k - 1)
    within = float(((table - work_means[:, None]) ** 2).sum()) / (n * (k - 1))
    remaining = float((residual**2).sum()) / ((n - 1) * (k - 1))
    return _Squares(n, k, works, assessors, 0.0 if remaining < 1e-14 else remaining, within)


def _all_spread(found: _Squares) -> float:
    k, n = found.k, found.n
    return found.works + (k - 1) * found.residual + k * (found.assessors - found.residual) / n


def _pair(name: str, found: _Squares, signal: float, spread: float, limits: Limits) -> dict[str, Figure]:
    """One form for a single assessor and for the mean of k, by the Spearman-Brown formula."""
    forms = (f"{name}_1", f"{name}_k")
    if spread <= 1e-14:
        why = "The works do not differ, so there is nothing to tell apart."
        return {form: undefined(form, why, n=found.n) for form in forms}
    single = signal / spread
    figures = {forms[0]: _figure(forms[0], single, limits, found)}
    if 1 + (found.k - 1) * single <= 1e-12:
        why = "The works differ less than chance would make them."
        return figures | {forms[1]: undefined(forms[1], why, n=found.n)}
    stepped = None if limits is None else (_step_up(limits[0], found.k), _step_up(limits[1], found.k))
    return figures | {forms[1]: _figure(forms[1], _step_up(single, found.k), stepped, found)}


def _figure(form: str, value: float, limits: Limits, found: _Squares) -> Figure:
    if limits is None or not np.isfinite(limits).all():
        return Figure(form, value, found.n, "works", method="No interval: nothing is left to vary.")
    return Figure(form, value, found.n, "works", limits[0], limits[1], SOURCE)


def _step_up(single: float, k: int) -> float:
    below = 1 + (k - 1) * single
    return k * single / below if below > 0 else float("-inf")


def _quantile(first: float, second: float) -> float:
    return f_quantile(0.5 + CONFIDENCE / 2, first, second)


def _ratio_limits(ratio: float, first: float, second: float, k: int) -> Limits:
    """Limits of (F - 1) / (F + k - 1) when F has the given degrees of freedom."""
    low, high = ratio / _quantile(first, second), ratio * _quantile(second, first)
    return (low - 1) / (low + k - 1), (high - 1) / (high + k - 1)


def _limits_one(found: _Squares) -> Limits:
    if found.within == 0:
        return None
    return _ratio_limits(found.works / found.within, found.n - 1, found.n * (found.k - 1), found.k)


def _limits_three(found: _Squares) -> Limits:
    if found.residual == 0:
        return None
    freedom = (found.n - 1) * (found.k - 1)
    return _ratio_limits(found.works / found.residual, found.n - 1, freedom, found.k)


def _limits_two(found: _Squares) -> Limits:
    """Satterthwaite's degrees of freedom for the mixed denominator (McGraw and Wong 1996, table 7)."""
    n, k, works, residual = found.n, found.k, found.works, found.residual
    spread = _all_spread(found)
    if residual == 0 or spread <= 1e-14:
        return None
    value = (works - residual) / spread
    if value >= 1 - 1e-12:
        return None
    a = k * value / (n * (1 - value))
    b = 1 + k * value * (n - 1) / (n * (1 - value))
    parts = (a * found.assessors) ** 2 / (k - 1) + (b * residual) ** 2 / ((n - 1) * (k - 1))
    if parts <= 0:
        return None
    freedom = (a * found.assessors + b * residual) ** 2 / parts
    below, above = _quantile(n - 1, freedom), _quantile(freedom, n - 1)
    noise = k * found.assessors + (k * n - k - n) * residual
    low = n * (works - below * residual) / (below * noise + n * works)
    high = n * (above * works - residual) / (noise + n * above * works)
    return low, high
