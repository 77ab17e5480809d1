"""Which work needs a second read? Advice from the model; it never changes a decision."""

from dataclasses import dataclass

import numpy as np

from touchstone.core.reliability.consistency import Cut
from touchstone.core.reliability.rasch.calibration import Calibration
from touchstone.core.reliability.rasch.model import level_chances
from touchstone.core.reliability.ratings import Floats, Ratings, UnknownAssessor, UnknownCriterion

GRID = 241
REACH = 6.0


@dataclass(frozen=True, slots=True)
class Advice:
    """`chance_earned`: how probably most of all qualified assessors would say earned, given the reads so far.

    `stands`: how probably they would decide as the reads so far did.
    """

    work: str
    earned: bool
    chance_earned: float

    @property
    def stands(self) -> float:
        return self.chance_earned if self.earned else 1 - self.chance_earned


def pass_curve(found: Calibration, cut: Cut, works: Floats) -> Floats:
    """The share of the calibrated assessors expected to say earned, for works standing at (G,) logits.

    Levels on different criteria are taken as independent, given work and assessor. Raises UnknownCriterion,
    BadCut.
    """
    codes, needed = cut.columns(found.ratings)
    severity = found.parameters.severity
    earned = np.ones((len(severity), len(works)))
    for code, level in zip(codes, needed, strict=True):
        steps = np.broadcast_to(found.parameters.cumulative[code], (len(severity), found.parameters.steps.shape[1] + 1))
        chance = level_chances(works[None, :] - severity[:, None], steps)
        earned *= chance[:, :, level:].sum(axis=2)
    return np.asarray(earned.mean(axis=0), dtype=np.float64)


def advise(found: Calibration, ratings: Ratings, cut: Cut, earned: dict[str, bool]) -> tuple[Advice, ...]:
    """Advice for every work in `earned` (its decision as it is now), least certain first.

    `ratings` are the reads so far; their assessors and criteria must be in the calibration. Where a work
    stands is weighed by Bayes' rule: the population of the calibration, then the reads and the severity of
    who made them. Raises UnknownAssessor, UnknownCriterion, BadCut.
    """
    at = found.parameters
    grid = np.linspace(at.mean - REACH * at.sd, at.mean + REACH * at.sd, GRID)
    majority = pass_curve(found, cut, grid) > 0.5
    weights = _where_works_stand(found, ratings, grid)
    place = {name: code for code, name in enumerate(ratings.works)}
    advice = [
        Advice(name, said, float(weights[place[name]] @ majority)) for name, said in earned.items() if name in place
    ]
    return tuple(sorted(advice, key=lambda one: (one.stands, one.work)))


def _where_works_stand(found: Calibration, ratings: Ratings, grid: Floats) -> Floats:
    """The probability of each point of the grid for each work (N, G)."""
    assessor = _translated(ratings.assessors, found.ratings.assessors, ratings.assessor, UnknownAssessor)
    criterion = _translated(ratings.criteria, found.ratings.criteria, ratings.criterion, UnknownCriterion)
    at = found.parameters
    log_weight = np.broadcast_to(-0.5 * ((grid - at.mean) / at.sd) ** 2, (len(ratings.works), len(grid))).copy()
    # the chance of a level depends on assessor, criterion and level alone: one curve serves many ratings
    kinds, kind = np.unique(np.stack([assessor, criterion, ratings.level]), axis=1, return_inverse=True)
    chance = level_chances(grid[None, :] - at.severity[kinds[0]][:, None], at.cumulative[kinds[1]])
    curves = np.log(np.take_along_axis(chance, kinds[2][:, None, None], axis=2)[:, :, 0])
    np.add.at(log_weight, ratings.work, curves[kind.ravel()])
    weight = np.exp(log_weight - log_weight.max(axis=1, keepdims=True))
    return np.asarray(weight / weight.sum(axis=1, keepdims=True), dtype=np.float64)


def _translated(
    names: tuple[str, ...],
    known: tuple[str, ...],
    codes: "np.ndarray[tuple[int], np.dtype[np.int64]]",
    error: type[UnknownAssessor] | type[UnknownCriterion],
) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    place = {name: code for code, name in enumerate(known)}
    new = np.array([place.get(name, -1) for name in names], dtype=np.int64)[codes]
    if (new < 0).any():
        missing = names[int(codes[int(np.argmin(new))])]
        raise error(f"“{missing}” is not in the calibration, so these reads cannot be weighed.")
    return new
