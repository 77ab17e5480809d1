"""Generalizability: where the spread of levels comes from, and how many assessors and criteria would do.

Levels are treated as evenly spaced numbers. Source throughout: Brennan 2001, Generalizability Theory.
"""

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from touchstone.core.reliability.bootstrap import SEED, percentile_interval
from touchstone.core.reliability.figure import Figure, undefined
from touchstone.core.reliability.ratings import Floats, Ints, Ratings, ReliabilityError

RESAMPLES = 200
MOST_RESAMPLED = 30_000
TARGET = Fraction(80, 100)
OBJECT = "p"

type Effect = tuple[str, ...]


class CannotStudy(ReliabilityError):
    """The observations do not carry the design asked for."""


@dataclass(frozen=True)
class Design:
    """Effects of a design. p are the works, the objects measured; the last effect is the residual.

    A facet without an effect of its own is nested: ("r", "t") without ("r",) is r:t.
    """

    name: str
    effects: tuple[Effect, ...]

    @property
    def facets(self) -> tuple[str, ...]:
        return tuple(sorted({facet for effect in self.effects for facet in effect} - {OBJECT}))


P_R = Design("p × r", (("p",), ("r",), ("p", "r")))
R_IN_P = Design("r:p", (("p",), ("r", "p")))
P_R_T = Design("p × (r:t)", (("p",), ("t",), ("r", "t"), ("p", "t"), ("p", "r", "t")))
P_R_I = Design("p × r × i", (("p",), ("r",), ("i",), ("p", "r"), ("p", "i"), ("r", "i"), ("p", "r", "i")))


@dataclass(frozen=True)
class Study:
    """Variance components, one for each effect of the design, as estimated: they may be below zero.

    `counts` holds the number of conditions observed for each facet, p too.
    """

    design: Design
    components: Mapping[Effect, float]
    counts: Mapping[str, int]

    def errors(self, sizes: Mapping[str, float]) -> tuple[float, float, float]:
        """Universe-score, relative error and absolute error variance for these numbers of conditions.

        Components below zero count as zero. A size may be infinite. Brennan 2001, chapters 4 and 5.
        """
        shares = {
            effect: max(0.0, value) / math.prod(sizes[facet] for facet in effect if facet != OBJECT)
            for effect, value in self.components.items()
        }
        relative = sum(share for effect, share in shares.items() if OBJECT in effect and effect != (OBJECT,))
        absolute = sum(share for effect, share in shares.items() if effect != (OBJECT,))
        return shares[(OBJECT,)], relative, absolute

    def generalizability(self, sizes: Mapping[str, float]) -> float | None:
        """Coefficient for comparing works with each other (E rho squared); None without any spread."""
        signal, relative, _ = self.errors(sizes)
        return signal / (signal + relative) if signal + relative > 0 else None

    def dependability(self, sizes: Mapping[str, float]) -> float | None:
        """Coefficient for decisions against a fixed standard (phi); None without any spread."""
        signal, _, absolute = self.errors(sizes)
        return signal / (signal + absolute) if signal + absolute > 0 else None


def study(values: Floats, facets: Mapping[str, Ints], design: Design) -> Study:
    """Estimate the variance components of a random-effects design from R observations.

    `facets` holds a code for each observation (R,) for p and every facet of the design. Gaps and unequal
    numbers are allowed: MINQUE with zero prior weights (Hartley, Rao and LaMotte 1978, Biometrics 34,
    233-242), which is unbiased for any design and equals analysis of variance for a balanced one.
    Raises CannotStudy.
    """
    values = np.asarray(values, dtype=np.float64)
    columns = {facet: _codes(facets[facet]) for facet in (OBJECT, *design.facets)}
    counts = {facet: int(column.max()) + 1 for facet, column in columns.items()}
    for facet, count in counts.items():
        if count < 2:
            raise CannotStudy(f"The design {design.name} needs at least two conditions of “{facet}”.")
    cells = [_cell(columns, effect) for effect in design.effects]
    if len(np.unique(cells[-1])) < len(values):
        # repeated cells have a residual of their own; the rule of one rating each keeps them out
        raise CannotStudy("A work was observed more than once under the same conditions.")
    left = np.zeros((len(cells), len(cells)))
    for one, other in itertools.combinations_with_replacement(range(len(cells)), 2):
        left[one, other] = left[other, one] = _crossed(cells[one], cells[other])
    centred = values - values.mean()
    right = np.array([float((np.bincount(cell, centred) ** 2).sum()) for cell in cells])
    scale = np.sqrt(np.diag(left))
    if (scale == 0).any() or np.linalg.matrix_rank(left / np.outer(scale, scale), tol=1e-10) < len(cells):
        raise CannotStudy(f"The observations cannot tell the effects of the design {design.name} apart.")
    solved = np.linalg.solve(left / np.outer(scale, scale), right / scale) / scale
    return Study(design, dict(zip(design.effects, solved.tolist(), strict=True)), counts)


def _codes(column: Ints) -> Ints:
    return np.asarray(np.unique(column, return_inverse=True)[1], dtype=np.int64)


def _cell(columns: Mapping[str, Ints], effect: Effect) -> Ints:
    """The cell of an effect that each observation falls into, coded from 0."""
    cell = np.zeros(len(columns[OBJECT]), dtype=np.int64)
    for facet in effect:
        cell = cell * (int(columns[facet].max()) + 1) + columns[facet]
    return _codes(cell)


def _crossed(one: Ints, other: Ints) -> float:
    """Sum over pairs of cells of (n_ab - n_a n_b / n) squared: the trace MINQUE needs, without matrices."""
    n, width = len(one), int(other.max()) + 1
    joint, together = np.unique(one * width + other, return_counts=True)
    of_one, of_other = np.bincount(one), np.bincount(other)
    product = of_one[joint // width] * of_other[joint % width]
    squares = float((of_one.astype(np.float64) ** 2).sum() * (of_other.astype(np.float64) ** 2).sum())
    return float((together.astype(np.float64) ** 2).sum() - 2 / n * (together * product).sum() + squares / n**2)


def study_ratings(ratings: Ratings) -> Study:
    """The study of ratings: p × r × i where there are several criteria, p × r for one. Raises CannotStudy."""
    return study(ratings.level.astype(np.float64), _facets(ratings), design_of(ratings))


def design_of(ratings: Ratings) -> Design:
    return P_R_I if len(ratings.criteria) > 1 else P_R


def _facets(ratings: Ratings) -> dict[str, Ints]:
    return {"p": ratings.work, "r": ratings.assessor, "i": ratings.criterion}


def coefficients(ratings: Ratings, sizes: Mapping[str, float]) -> tuple[Figure, Figure]:
    """Generalizability and dependability with bootstrap intervals over works, assessors as they are."""
    design, keys = design_of(ratings), ("g.relative", "g.absolute")
    found = study_ratings(ratings)
    n = found.counts[OBJECT]
    values = found.generalizability(sizes), found.dependability(sizes)
    rounds = RESAMPLES if len(ratings) <= MOST_RESAMPLED else 0
    drawn = np.array([_again(ratings, design, sizes, number) for number in range(rounds)]).reshape(-1, 2)
    figures = [_coefficient(*one, n) for one in zip(keys, values, drawn.T, strict=True)]
    return figures[0], figures[1]


def _coefficient(key: str, value: float | None, drawn: Floats, works: int) -> Figure:
    if value is None:
        return undefined(key, "No spread was found that could be explained.", n=works)
    if not len(drawn):
        method = f"No interval: drawing more than {MOST_RESAMPLED:,} ratings again takes too long."
        return Figure(key, value, works, "works", method=method)
    low, high, method = percentile_interval(drawn, works)
    return Figure(key, value, works, "works", low, high, method)


def _again(ratings: Ratings, design: Design, sizes: Mapping[str, float], number: int) -> tuple[float, float]:
    """Both coefficients of works drawn again; a work drawn twice counts as two."""
    works = len(ratings.works)
    drawn = np.sort(np.random.default_rng([SEED, number]).integers(0, works, works))
    starts = np.searchsorted(ratings.work, drawn)
    lengths = np.searchsorted(ratings.work, drawn, side="right") - starts
    rows = np.repeat(starts - (np.cumsum(lengths) - lengths), lengths) + np.arange(lengths.sum())
    facets = {facet: column[rows] for facet, column in _facets(ratings).items()}
    facets[OBJECT] = np.repeat(np.arange(works), lengths)
    try:
        found = study(ratings.level[rows].astype(np.float64), facets, design)
    except CannotStudy:
        return math.nan, math.nan
    relative, absolute = found.generalizability(sizes), found.dependability(sizes)
    return math.nan if relative is None else relative, math.nan if absolute is None else absolute


@dataclass(frozen=True)
class Plan:
    """Numbers of conditions to observe, and the dependability they promise."""

    sizes: Mapping[str, int]
    dependability: float


@dataclass(frozen=True)
class DecisionStudy:
    """Plans tried, the cheapest that reaches the target (None if none does), and the best any number could do.

    `ceiling` has infinitely many assessors (facet r) and the other facets as observed.
    """

    target: Fraction
    plans: tuple[Plan, ...]
    enough: Plan | None
    ceiling: float | None


def decision_study(found: Study, target: Fraction = TARGET, most: int = 10) -> DecisionStudy:
    """How many assessors and criteria bring dependability to the target? Tries 1 to `most` of each facet.

    The cheapest plan has the fewest ratings, then the fewest assessors.
    """
    facets = found.design.facets
    plans = []
    for numbers in itertools.product(range(1, most + 1), repeat=len(facets)):
        sizes = dict(zip(facets, numbers, strict=True))
        value = found.dependability(sizes)
        if value is not None:
            plans.append(Plan(sizes, value))
    reaching = [plan for plan in plans if plan.dependability >= float(target)]
    enough = min(reaching, key=lambda plan: (math.prod(plan.sizes.values()), plan.sizes["r"]), default=None)
    observed = {facet: math.inf if facet == "r" else float(found.counts[facet]) for facet in facets}
    return DecisionStudy(target, tuple(plans), enough, found.dependability(observed))
