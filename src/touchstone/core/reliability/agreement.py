"""Exact and adjacent agreement of two reads."""

from fractions import Fraction

import numpy as np

from touchstone.core.reliability.distributions import wilson
from touchstone.core.reliability.figure import CONFIDENCE, Figure, undefined
from touchstone.core.reliability.ratings import Ints, ReliabilityError

NO_SECOND_READ = "No work was read by two assessors yet."


class BadTable(ReliabilityError):
    """A table of two reads must be square and hold counts."""


def counts(table: Ints) -> Ints:
    """The table (K, K) checked. Raises BadTable."""
    found = np.asarray(table)
    square = found.ndim == 2 and found.shape[0] == found.shape[1] and found.shape[0] > 0
    if not square or found.dtype.kind not in "iu" or found.min() < 0:
        raise BadTable("A table of two reads is square and holds whole numbers, none below zero.")
    return found.astype(np.int64)


def exact_agreement(table: Ints) -> Figure:
    """Share of works given the same level in both reads; table (K, K) of counts. Wilson interval."""
    return _share("agreement.exact", counts(table), 0)


def adjacent_agreement(table: Ints) -> Figure:
    """Share of works given the same level or neighbouring ones (exact included); table (K, K) of counts."""
    return _share("agreement.adjacent", counts(table), 1)


def _share(key: str, table: Ints, apart: int) -> Figure:
    place = np.arange(len(table))
    near = np.abs(place[:, None] - place[None, :]) <= apart
    return proportion(key, int(table[near].sum()), int(table.sum()))


def proportion(key: str, hits: int, n: int, why: str = NO_SECOND_READ) -> Figure:
    """`hits` of `n` works as a figure with Wilson's interval; undefined, for the reason given, when n is 0."""
    if n == 0:
        return undefined(key, why)
    share = Fraction(hits, n)
    low, high = wilson(hits, n, CONFIDENCE)
    return Figure(key, float(share), n, "works", low, high, "Wilson 1927", exact=share)
