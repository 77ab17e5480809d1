"""Who can be compared with whom: the design behind the ratings, and what to do where it is broken."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from touchstone.core.reliability.ratings import Ints, Ratings, ReliabilityError


class CannotCalibrate(ReliabilityError):
    """The ratings do not carry a many-facet Rasch model; the message says why and what to do."""


class Disconnected(CannotCalibrate):
    """Assessors fall into groups that share no work, so their severities cannot be compared."""

    def __init__(self, groups: tuple[tuple[str, ...], ...]) -> None:
        self.groups = groups
        shown = "; ".join(_names(group) for group in groups[:6]) + ("; …" if len(groups) > 6 else "")
        super().__init__(
            f"The assessors fall into {len(groups)} groups that share no work: {shown}. "
            "Let somebody of each group read a few works of another, or measure each group by itself."
        )


class Confounded(CannotCalibrate):
    """Severity cannot be told from difficulty: assessors and criteria are not crossed."""


class OneAssessor(CannotCalibrate):
    """There is nobody to compare with."""


class LevelNeverUsed(CannotCalibrate):
    """A level nobody gave has no step that could be measured."""


class WorksAlike(CannotCalibrate):
    """The works do not differ measurably, so there is no scale to measure on."""


class NotConverged(CannotCalibrate):
    """The estimates did not settle."""


@dataclass(frozen=True)
class Design:
    """`groups`: assessors connected through works they share; one group means all are comparable."""

    groups: tuple[tuple[str, ...], ...]
    works_read_twice: int
    confounded: bool

    @property
    def connected(self) -> bool:
        return len(self.groups) == 1


def examine(ratings: Ratings) -> Design:
    """The design of compact ratings."""
    labels = _linked(ratings.assessor, ratings.work, len(ratings.assessors), len(ratings.works))
    order = sorted(set(labels.tolist()), key=lambda label: (-int((labels == label).sum()), label))
    groups = tuple(tuple(ratings.assessors[code] for code in np.flatnonzero(labels == label)) for label in order)
    reads = np.unique(ratings.work * len(ratings.assessors) + ratings.assessor) // len(ratings.assessors)
    return Design(
        groups=groups,
        works_read_twice=int((np.bincount(reads) >= 2).sum()),
        confounded=_confounded(ratings, len(reads), len(groups)),
    )


def _linked(one: Ints, other: Ints, ones: int, others: int) -> Ints:
    """A label for each of `ones`, equal where a chain of shared `others` joins them."""
    labels = np.arange(ones)
    while True:
        lowest = np.full(others, ones)
        np.minimum.at(lowest, other, labels[one])
        found = labels.copy()
        np.minimum.at(found, one, lowest[other])
        if (found == labels).all():
            return labels
        labels = found


def _confounded(ratings: Ratings, reads: int, groups: int) -> bool:
    """Whether severities and difficulties leave more than one origin open, once the works are taken out."""
    assessors, criteria = len(ratings.assessors), len(ratings.criteria)
    if reads * criteria == len(ratings):
        return False
    by_criterion = _linked(ratings.assessor, ratings.criterion, assessors, criteria)
    if (by_criterion != by_criterion[0]).any():
        return True
    size = assessors + criteria
    shared = np.zeros((size, size))
    columns = np.stack([ratings.assessor, assessors + ratings.criterion])
    for part in np.array_split(np.arange(len(ratings.works)), max(1, len(ratings.works) // 2000)):
        rows = (ratings.work >= part[0]) & (ratings.work <= part[-1])
        shared += _within_works(ratings.work[rows] - part[0], columns[:, rows], len(part), size)
    return bool(np.linalg.matrix_rank(shared, hermitian=True) < size - 1 - groups)


def _within_works(work: Ints, columns: Ints, works: int, size: int) -> NDArray[np.float64]:
    counts = np.zeros((works, size))
    for column in columns:
        np.add.at(counts, (work, column), 1)
    cross = np.zeros((size, size))
    for one in columns:
        for other in columns:
            np.add.at(cross, (one, other), 1)
    rated = counts[:, :].sum(axis=1, keepdims=True) / len(columns)
    return cross - counts.T @ (counts / np.maximum(rated, 1))


def _names(group: tuple[str, ...]) -> str:
    return ", ".join(group[:4]) + (f" and {len(group) - 4} more" if len(group) > 4 else "")
