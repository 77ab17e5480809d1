"""Decisions: what each read would decide alone, and how often two reads decide alike, near the cut and away."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from touchstone.core.reliability.agreement import proportion
from touchstone.core.reliability.figure import Figure
from touchstone.core.reliability.ratings import Floats, Ints, Ratings, ReliabilityError, UnknownCriterion

DECISION = "decision"


class BadCut(ReliabilityError):
    """A cut names no criterion, or a level that cannot divide works."""


class NothingDecided(ReliabilityError):
    """No read rated every criterion the rule needs."""


@dataclass(frozen=True)
class Cut:
    """The passing rule in places: every criterion named must reach at least its level (0 lowest)."""

    needed: Mapping[str, int]

    def __post_init__(self) -> None:
        if not self.needed:
            raise BadCut("A cut needs at least one criterion; an empty one would pass everybody.")

    def columns(self, ratings: Ratings) -> tuple[Ints, Ints]:
        """Codes of the criteria needed and their levels. Raises UnknownCriterion, BadCut."""
        for name, level in self.needed.items():
            if name not in ratings.criteria:
                raise UnknownCriterion(f"The passing rule names “{name}”, which is not in these ratings.")
            if not 0 < level < ratings.level_counts[ratings.criteria.index(name)]:
                raise BadCut(f"The level needed on “{name}” does not divide works in two.")
        codes = [ratings.criteria.index(name) for name in self.needed]
        return np.array(codes, dtype=np.int64), np.array(list(self.needed.values()), dtype=np.int64)


@dataclass(frozen=True)
class Reads:
    """One row per read that rated all the criteria needed (length D), sorted by work, then assessor.

    `steps` is how many single-level steps would turn the decision: one is nearest to the cut.
    """

    work: Ints
    assessor: Ints
    day: Floats
    earned: NDArray[np.bool_]
    steps: Ints


def reads(ratings: Ratings, cut: Cut) -> Reads:
    """What each assessor's levels decide by themselves. Raises NothingDecided, UnknownCriterion, BadCut."""
    codes, needed = cut.columns(ratings)
    place = np.full(len(ratings.criteria), -1, dtype=np.int64)
    place[codes] = np.arange(len(codes))
    rows = np.flatnonzero(place[ratings.criterion] >= 0)
    key = ratings.work[rows] * len(ratings.assessors) + ratings.assessor[rows]
    keys, first, read = np.unique(key, return_index=True, return_inverse=True)
    above = np.full((len(keys), len(codes)), np.iinfo(np.int64).min)
    above[read, place[ratings.criterion[rows]]] = ratings.level[rows] - needed[place[ratings.criterion[rows]]]
    whole = (above > np.iinfo(np.int64).min).all(axis=1)
    if not whole.any():
        raise NothingDecided("No read rated every criterion the passing rule needs.")
    above, keys, first = above[whole], keys[whole], rows[first[whole]]
    earned = (above >= 0).all(axis=1)
    steps = np.where(earned, above.min(axis=1) + 1, np.clip(-above, 0, None).sum(axis=1))
    return Reads(ratings.work[first], ratings.assessor[first], ratings.day[first], earned, steps)


def decisions(ratings: Ratings, cut: Cut) -> Ratings:
    """The decisions of single reads as ratings of one criterion with two levels: 0 not yet, 1 earned.

    Every figure for a criterion can so be had for the decision. Raises as `reads` does.
    """
    found = reads(ratings, cut)
    return Ratings(
        works=ratings.works,
        assessors=ratings.assessors,
        criteria=(DECISION,),
        level_counts=(2,),
        work=found.work.copy(),
        assessor=found.assessor.copy(),
        criterion=np.zeros(len(found.work), dtype=np.int64),
        level=found.earned.astype(np.int64),
        day=found.day.copy(),
    )


def decision_consistency(ratings: Ratings, cut: Cut) -> tuple[Figure, Figure, Figure]:
    """How often the second read decides as the first: all works, those near the cut, and those away.

    Near means that one step on one criterion would turn the first read's decision. Shares with Wilson
    intervals. Raises as `reads` does.
    """
    found = reads(ratings, cut)
    order = np.lexsort((found.assessor, found.day, found.work))
    work = found.work[order]
    starts = np.flatnonzero(np.append(True, work[1:] != work[:-1]))
    starts = starts[np.diff(np.append(starts, len(work))) >= 2]
    first, second = order[starts], order[starts + 1]
    same = found.earned[first] == found.earned[second]
    near = found.steps[first] == 1
    none_near, none_away = ("No work read twice was near the cut.", "Every work read twice was near the cut.")
    return (
        proportion("consistency.all", int(same.sum()), len(same)),
        proportion("consistency.near", int(same[near].sum()), int(near.sum()), none_near),
        proportion("consistency.away", int(same[~near].sum()), int((~near).sum()), none_away),
    )
