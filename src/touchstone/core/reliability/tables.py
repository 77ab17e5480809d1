"""Tables counted from the ratings of one criterion: two reads crossed, and levels per work."""

from dataclasses import dataclass

import numpy as np

from touchstone.core.reliability.ratings import Ints, Ratings, ReliabilityError, UnknownAssessor


class SeveralCriteria(ReliabilityError):
    """A table is counted for one criterion at a time."""


@dataclass(frozen=True)
class Patterns:
    """Works with the same levels are counted together: `levels` (D, K) how often each level was given,
    `works` (D,) how many works look like that. Only works with two or more reads are in."""

    levels: Ints
    works: Ints

    @property
    def reads(self) -> Ints:
        """Reads per work, for each pattern (D,)."""
        return np.asarray(self.levels.sum(axis=1), dtype=np.int64)


def _one_criterion(ratings: Ratings) -> int:
    if len(ratings.criteria) != 1:
        raise SeveralCriteria("Choose one criterion first: levels of different criteria are not compared.")
    return ratings.level_counts[0]


def read_table(ratings: Ratings) -> Ints:
    """First against second read of every work that has two: counts, shape (K, K).

    Reads are ordered by time, then by assessor. Third reads (adjudication) are left out: whoever
    settles a disagreement is no independent witness of it. Raises SeveralCriteria.
    """
    levels = _one_criterion(ratings)
    order = np.lexsort((ratings.assessor, ratings.day, ratings.work))
    work, level = ratings.work[order], ratings.level[order]
    first = np.ones(len(work), dtype=bool)
    first[1:] = work[1:] != work[:-1]
    start = np.flatnonzero(first)
    start = start[np.diff(np.append(start, len(work))) >= 2]
    return _cross(level[start], level[start + 1], levels)


def pair_table(ratings: Ratings, one: str, other: str) -> Ints:
    """The works both assessors read: counts, shape (K, K), rows `one`. Raises UnknownAssessor, SeveralCriteria."""
    levels = _one_criterion(ratings)
    found = []
    for name in (one, other):
        if name not in ratings.assessors:
            raise UnknownAssessor(f"“{name}” rated nothing here.")
        rows = ratings.assessor == ratings.assessors.index(name)
        column = np.full(len(ratings.works), -1, dtype=np.int64)
        column[ratings.work[rows]] = ratings.level[rows]
        found.append(column)
    both = (found[0] >= 0) & (found[1] >= 0)
    return _cross(found[0][both], found[1][both], levels)


def _cross(one: Ints, other: Ints, levels: int) -> Ints:
    return np.bincount(one * levels + other, minlength=levels * levels).reshape(levels, levels)


def patterns(ratings: Ratings) -> Patterns:
    """The distinct level counts of works read at least twice. Raises SeveralCriteria."""
    levels = _one_criterion(ratings)
    size = len(ratings.works) * levels
    counts = np.bincount(ratings.work * levels + ratings.level, minlength=size).reshape(-1, levels)
    counts = counts[counts.sum(axis=1) >= 2]
    base = int(counts.max(initial=0)) + 1
    if base**levels >= 2**62:
        distinct, works = np.unique(counts, axis=0, return_counts=True)
        return Patterns(distinct, works)
    # one number for each row: sorting numbers is many times faster than sorting rows
    keys = counts @ (base ** np.arange(levels, dtype=np.int64))
    _, where, works = np.unique(keys, return_index=True, return_counts=True)
    return Patterns(counts[where], works)
