"""Ratings: who gave which level on which criterion of which work, frozen and in columns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]

SECONDS_A_DAY = 86_400


class ReliabilityError(ValueError):
    """Ratings cannot be measured as asked. The message is a plain sentence."""


class NoRatings(ReliabilityError):
    """There is nothing to measure."""


class RatedTwice(ReliabilityError):
    """One assessor rated one criterion of one work more than once."""


class LevelOutOfRange(ReliabilityError):
    """A rating names a level its criterion does not have."""


class UnknownCriterion(ReliabilityError):
    """A rating or a rule names a criterion that is not there."""


class UnknownAssessor(ReliabilityError):
    """An assessor is named who rated nothing here."""


class BadColumns(ReliabilityError):
    """Columns of different lengths, codes without a name, values not whole, or times without a zone."""


def day_of(moment: datetime) -> float:
    """A moment (with a time zone) in days since 1970, UTC, as Ratings.day and the borders of drift have it."""
    return moment.timestamp() / SECONDS_A_DAY


@dataclass(frozen=True, slots=True)
class Rating:
    """One level (its place in the criterion's list, 0 lowest) by one assessor; `at` carries a time zone."""

    work: str
    assessor: str
    criterion: str
    level: int
    at: datetime | None = None


@dataclass(frozen=True)
class Ratings:
    """Many ratings as columns of equal length R, sorted by work, assessor, criterion; read-only.

    `work`, `assessor` and `criterion` are codes into the tuples of names; `level` is ordinal from 0 to
    `level_counts[criterion] - 1`; `day` is the moment in days (UTC, since 1970), NaN where unknown.
    """

    works: tuple[str, ...]
    assessors: tuple[str, ...]
    criteria: tuple[str, ...]
    level_counts: tuple[int, ...]
    work: Ints
    assessor: Ints
    criterion: Ints
    level: Ints
    day: Floats

    def __post_init__(self) -> None:
        for column in (self.work, self.assessor, self.criterion, self.level, self.day):
            column.setflags(write=False)

    def __len__(self) -> int:
        return len(self.level)

    @cached_property
    def most_levels(self) -> int:
        """The largest number of levels of any criterion."""
        return max(self.level_counts)

    def only(self, keep: NDArray[np.bool_]) -> "Ratings":
        """The ratings a mask of length R keeps. Names and codes stay as they are."""
        return replace(
            self,
            work=self.work[keep],
            assessor=self.assessor[keep],
            criterion=self.criterion[keep],
            level=self.level[keep],
            day=self.day[keep],
        )

    def of_criterion(self, criterion: str) -> "Ratings":
        """The ratings of one criterion, as a set with that criterion alone. Raises UnknownCriterion."""
        if criterion not in self.criteria:
            raise UnknownCriterion(f"There is no criterion “{criterion}” in these ratings.")
        code = self.criteria.index(criterion)
        kept = self.only(self.criterion == code)
        return replace(
            kept,
            criteria=(criterion,),
            level_counts=(self.level_counts[code],),
            criterion=np.zeros(len(kept), dtype=np.int64),
        )

    def compact(self) -> "Ratings":
        """The same ratings without the works and assessors that rated or were rated nothing here."""
        works, work = np.unique(self.work, return_inverse=True)
        assessors, assessor = np.unique(self.assessor, return_inverse=True)
        return replace(
            self,
            works=tuple(self.works[code] for code in works),
            assessors=tuple(self.assessors[code] for code in assessors),
            work=work.astype(np.int64),
            assessor=assessor.astype(np.int64),
        )


def collect(rows: Iterable[Rating], levels: Mapping[str, int]) -> Ratings:
    """Gather single ratings. `levels` gives the number of levels of every criterion, in its order.

    Raises NoRatings, UnknownCriterion, LevelOutOfRange, RatedTwice, BadColumns.
    """
    listed = list(rows)
    for row in listed:
        if row.criterion not in levels:
            raise UnknownCriterion(f"There is no criterion “{row.criterion}” in the rubric.")
        if row.at is not None and row.at.tzinfo is None:
            raise BadColumns(f"The time of a rating of the work “{row.work}” has no time zone.")
    criteria = list(levels)
    works = sorted({row.work for row in listed})
    assessors = sorted({row.assessor for row in listed})
    place_of_work = {name: place for place, name in enumerate(works)}
    place_of_assessor = {name: place for place, name in enumerate(assessors)}
    return from_codes(
        work=[place_of_work[row.work] for row in listed],
        assessor=[place_of_assessor[row.assessor] for row in listed],
        criterion=[criteria.index(row.criterion) for row in listed],
        level=[row.level for row in listed],
        day=[np.nan if row.at is None else day_of(row.at) for row in listed],
        works=works,
        assessors=assessors,
        levels=levels,
    )


def from_codes(
    *,
    work: ArrayLike,
    assessor: ArrayLike,
    criterion: ArrayLike,
    level: ArrayLike,
    works: Sequence[str],
    assessors: Sequence[str],
    levels: Mapping[str, int],
    day: ArrayLike | None = None,
) -> Ratings:
    """Ratings from columns of codes, each of length R; see Ratings for their meaning.

    Raises NoRatings, BadColumns, LevelOutOfRange, RatedTwice.
    """
    columns = [_whole_numbers(column) for column in (work, assessor, criterion, level)]
    days = np.full(len(columns[0]), np.nan) if day is None else np.asarray(day, dtype=np.float64)
    if len({len(column) for column in (*columns, days)}) > 1:
        raise BadColumns("The columns of the ratings have different lengths.")
    if not len(days):
        raise NoRatings("There are no ratings to measure.")
    for column, names in zip(columns, (works, assessors, tuple(levels)), strict=False):
        if column.min() < 0 or column.max() >= len(names):
            raise BadColumns("A rating has a code that stands for no work, assessor or criterion.")
    _check_levels(columns[2], columns[3], levels)
    return _sorted(columns, days, tuple(works), tuple(assessors), levels)


def _whole_numbers(column: ArrayLike) -> Ints:
    found = np.asarray(column)
    if found.ndim != 1 or (found.size and found.dtype.kind not in "iu"):
        raise BadColumns("Codes and levels must be whole numbers, one for each rating.")
    return found.astype(np.int64)


def _check_levels(criterion: Ints, level: Ints, levels: Mapping[str, int]) -> None:
    counts = np.array(list(levels.values()), dtype=np.int64)
    if counts.min() < 2:
        raise LevelOutOfRange("A criterion needs at least two levels to be measured.")
    wrong = np.flatnonzero((level < 0) | (level >= counts[criterion]))
    if len(wrong):
        name = tuple(levels)[criterion[wrong[0]]]
        raise LevelOutOfRange(f"The criterion “{name}” has no level {level[wrong[0]]} (counted from 0).")


def _sorted(
    columns: list[Ints], days: Floats, works: tuple[str, ...], assessors: tuple[str, ...], levels: Mapping[str, int]
) -> Ratings:
    work, assessor, criterion, level = columns
    key = (work * len(assessors) + assessor) * len(levels) + criterion
    order = np.argsort(key, kind="stable")
    twice = np.flatnonzero(np.diff(key[order]) == 0)
    if len(twice):
        row = order[twice[0]]
        raise RatedTwice(
            f"“{assessors[assessor[row]]}” rated the criterion “{tuple(levels)[criterion[row]]}” "
            f"of the work “{works[work[row]]}” more than once. Keep one rating."
        )
    return Ratings(
        works=works,
        assessors=assessors,
        criteria=tuple(levels),
        level_counts=tuple(levels.values()),
        work=work[order],
        assessor=assessor[order],
        criterion=criterion[order],
        level=level[order],
        day=days[order],
    )
