"""What the levels given allow to be measured: unused levels, and assessors who know only one end of the scale."""

from dataclasses import replace
from typing import Literal

import numpy as np

from touchstone.core.reliability.rasch.design import LevelNeverUsed
from touchstone.core.reliability.ratings import Ints, Ratings

type Steps = Literal["rating scale", "partial credit"]


def level_uses(ratings: Ratings) -> Ints:
    """How often each level of each criterion was given (I, K)."""
    size, most = len(ratings.criteria), ratings.most_levels
    return np.bincount(ratings.criterion * most + ratings.level, minlength=size * most).reshape(size, most)


def drop_unused_levels(ratings: Ratings) -> tuple[Ratings, tuple[str, ...]]:
    """Number the levels anew without those nobody gave, criterion by criterion; and the criteria changed.

    A criterion on which only one level was given is left out: it says nothing.
    """
    uses = level_uses(ratings) > 0
    place = np.cumsum(uses, axis=1) - 1
    counts = tuple(int(row.sum()) for row in uses)
    changed = tuple(
        name for name, new, old in zip(ratings.criteria, counts, ratings.level_counts, strict=True) if new != old
    )
    kept = [code for code, count in enumerate(counts) if count > 1]
    if not kept:
        raise LevelNeverUsed("Only one level was ever given, so there is nothing to measure.")
    rows = ratings.only(np.isin(ratings.criterion, kept))
    code = np.full(len(counts), -1)
    code[kept] = np.arange(len(kept))
    return (
        replace(
            rows,
            criteria=tuple(ratings.criteria[old] for old in kept),
            level_counts=tuple(counts[old] for old in kept),
            criterion=code[rows.criterion],
            level=place[rows.criterion, rows.level],
        ),
        changed,
    )


def without_extremes(ratings: Ratings) -> tuple[Ratings, tuple[str, ...]]:
    """Set assessors aside, again and again, until everybody left gave more than one end of the scale."""
    aside: list[str] = []
    highest = np.array(ratings.level_counts)
    while len(ratings):
        given = np.bincount(ratings.assessor)
        bottom = np.bincount(ratings.assessor, ratings.level == 0)
        top = np.bincount(ratings.assessor, ratings.level == highest[ratings.criterion] - 1)
        extreme = (bottom == given) | (top == given)
        if not extreme.any():
            break
        aside += [ratings.assessors[code] for code in np.flatnonzero(extreme)]
        ratings = ratings.only(~extreme[ratings.assessor]).compact()
    return ratings, tuple(sorted(aside))


def check_levels(ratings: Ratings, steps: Steps) -> None:
    """Raises LevelNeverUsed where a step cannot be measured."""
    used = level_uses(ratings)
    if steps == "rating scale":
        if len(set(ratings.level_counts)) > 1:
            raise LevelNeverUsed(
                "One rating scale needs the same number of levels on every criterion. Use partial credit."
            )
        used = used.sum(axis=0, keepdims=True)
    for name, counts, levels in zip(ratings.criteria, used, ratings.level_counts, strict=False):
        if (counts[:levels] == 0).any():
            where = "any criterion" if steps == "rating scale" else f"“{name}”"
            raise LevelNeverUsed(
                f"Nobody gave level {int(np.argmin(counts[:levels]))} (counted from 0) on {where}. "
                "Drop unused levels first, or use one rating scale for all criteria."
            )
