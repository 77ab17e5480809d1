"""Fitting the many-facet Rasch model: marginal maximum likelihood by Newton steps.

Works are drawn from a normal distribution; assessors and criteria are fixed. So extreme works need no
special care, and estimates of severity stay consistent however few reads each work has, which joint
maximum likelihood does not offer (Haberman 1977; Bock and Aitkin 1981, Psychometrika 46, 443-459).
"""

from dataclasses import dataclass
from math import nan, sqrt

import numpy as np

from touchstone.core.reliability.distributions import normal_quantile
from touchstone.core.reliability.figure import CONFIDENCE
from touchstone.core.reliability.rasch import design
from touchstone.core.reliability.rasch.derivatives import Slopes, add_block
from touchstone.core.reliability.rasch.levels import Steps, check_levels, level_uses, without_extremes
from touchstone.core.reliability.rasch.model import CELLS, Block, Parameters, lay_out, posterior
from touchstone.core.reliability.ratings import Floats, Ratings

NEWTON_STEPS = 60
HALVINGS = 12
LONGEST_STEP = 1.0
# twice the gain still expected: estimates are within a thousandth of a standard error
SETTLED = 1e-7
SMALLEST_SD = 0.05
TOO_FEW = "The estimates did not settle. There are probably too few ratings for each assessor."


@dataclass(frozen=True, slots=True)
class Measure:
    """One assessor's severity or one criterion's difficulty in logits, with standard error and interval."""

    name: str
    value: float
    error: float
    ratings: int

    @property
    def low(self) -> float:
        return self.value - normal_quantile(0.5 + CONFIDENCE / 2) * self.error

    @property
    def high(self) -> float:
        return self.value + normal_quantile(0.5 + CONFIDENCE / 2) * self.error


@dataclass(frozen=True)
class Calibration:
    """A fitted model. Severities and difficulties each have mean 0; positive is severe, or hard.

    `ratings` are those the model rests on (compact). `set_aside` names assessors who gave nothing but the
    highest or nothing but the lowest levels: their severity has no finite estimate. `work_values` (N,) and
    `work_errors` (N,) are posterior means and standard deviations, in the order of `ratings.works`.
    `covariance` (P, P) belongs to the plain parameter vector of `derivatives`.
    """

    ratings: Ratings
    steps: Steps
    parameters: Parameters
    assessors: tuple[Measure, ...]
    criteria: tuple[Measure, ...]
    work_values: Floats
    work_errors: Floats
    covariance: Floats
    log_likelihood: float
    newton_steps: int
    set_aside: tuple[str, ...]

    def severity(self, assessor: str) -> Measure | None:
        """The measure of an assessor, or None for one who was set aside or is unknown."""
        return next((found for found in self.assessors if found.name == assessor), None)


def calibrate(
    ratings: Ratings,
    steps: Steps = "partial credit",
    *,
    works_handed_out_at_random: bool = False,
    start: Parameters | None = None,
) -> Calibration:
    """Fit the model to ratings of R rows.

    "partial credit" gives each criterion its own steps, "rating scale" one set for all (equal numbers of
    levels). Groups of assessors without a common work are refused, unless the caller vouches that works
    were handed out at random: then each group's works stand for the same population.

    Raises OneAssessor, Disconnected, Confounded, LevelNeverUsed, WorksAlike, NotConverged.
    """
    usable, aside = without_extremes(ratings.compact())
    _check(usable, steps, works_handed_out_at_random)
    free = _free_directions(usable, steps)
    blocks = lay_out(usable, _ratings_per_block(usable))
    begin = start if start is not None and len(start.severity) == len(usable.assessors) else _first_guess(usable, steps)
    parameters, found, taken = _climb(blocks, begin, free)
    return _measures(usable, steps, parameters, found, free, blocks, taken, aside)


def _ratings_per_block(ratings: Ratings) -> int:
    shared = len(ratings.criteria) * (ratings.most_levels - 1) + 2
    return max(500, CELLS // (shared + 4 * ratings.most_levels))


def _check(ratings: Ratings, steps: Steps, random: bool) -> None:
    if len(ratings.assessors) < 2:
        raise design.OneAssessor(
            "Fewer than two assessors used more than one end of the scale, so severities cannot be compared."
        )
    check_levels(ratings, steps)
    found = design.examine(ratings)
    if found.confounded:
        raise design.Confounded(
            "Assessors and criteria are not crossed, so severity cannot be told from difficulty. "
            "Let assessors rate the same criteria on some works."
        )
    if not found.connected and not random:
        raise design.Disconnected(found.groups)


def _free_directions(ratings: Ratings, steps: Steps) -> Floats:
    """How the plain parameters (P,) move with the free ones: severities and difficulties keep mean 0."""
    criteria, width = len(ratings.criteria), ratings.most_levels - 1
    if steps == "rating scale":
        thresholds = np.kron(np.ones((criteria, 1)), _around_zero(np.full(width, 1.0)))
        moves = np.hstack([np.kron(_around_zero(np.full(criteria, 1.0)), np.ones((width, 1))), thresholds])
    else:
        real = np.array([step < levels - 1 for levels in ratings.level_counts for step in range(width)])
        share = np.array([1 / (levels - 1) for levels in ratings.level_counts for step in range(width)])
        moves = np.zeros((criteria * width, int(real.sum()) - 1))
        moves[real] = _around_zero(share[real])
    severities = _around_zero(np.ones(len(ratings.assessors)))
    free = np.zeros((severities.shape[0] + moves.shape[0] + 2, severities.shape[1] + moves.shape[1] + 2))
    free[: severities.shape[0], : severities.shape[1]] = severities
    free[severities.shape[0] : -2, severities.shape[1] : -2] = moves
    free[-2, -2] = free[-1, -1] = 1
    return free


def _around_zero(weights: Floats) -> Floats:
    """An orthonormal basis (n, n-1) of the vectors whose weighted sum is 0."""
    full, _ = np.linalg.qr(weights[:, None], mode="complete")
    return np.asarray(full[:, 1:], dtype=np.float64)


def _first_guess(ratings: Ratings, kind: Steps) -> Parameters:
    """Steps from how often neighbouring levels were given; everybody equally severe."""
    uses = level_uses(ratings) + 0.5
    if kind == "rating scale":
        uses = np.broadcast_to(uses.sum(axis=0), uses.shape)
    steps = np.log(uses[:, :-1] / uses[:, 1:])
    real = np.arange(steps.shape[1])[None, :] < np.array(ratings.level_counts)[:, None] - 1
    difficulty = np.array([row[own].mean() for row, own in zip(steps, real, strict=True)])
    mean = float(difficulty.mean())
    return Parameters(np.zeros(len(ratings.assessors)), np.where(real, steps - mean, np.inf), -mean, 1.0)


def _moved(at: Parameters, change: Floats) -> Parameters:
    assessors = len(at.severity)
    return Parameters(
        severity=at.severity + change[:assessors],
        steps=at.steps + change[assessors:-2].reshape(at.steps.shape),
        mean=at.mean + float(change[-2]),
        sd=at.sd * float(np.exp(change[-1])),
    )


def _slopes(blocks: list[Block], at: Parameters, modes: list[Floats | None]) -> tuple[Slopes, float]:
    totals, log_likelihood = Slopes.none(at), 0.0
    for place, block in enumerate(blocks):
        found = posterior(block, at, modes[place])
        modes[place] = found.modes
        log_likelihood += float(found.log_likelihood.sum())
        add_block(totals, block, at, found)
    totals.finish()
    return totals, log_likelihood


def _climb(blocks: list[Block], at: Parameters, free: Floats) -> tuple[Parameters, Slopes, int]:
    """Newton steps, halved while they do not climb, until the expected gain is nil."""
    modes: list[Floats | None] = [None] * len(blocks)
    totals, height = _slopes(blocks, at, modes)
    for taken in range(NEWTON_STEPS):
        slope = free.T @ totals.slope
        step = _newton_step(slope, free, totals)
        if slope @ step < SETTLED:
            return at, totals, taken
        change = free @ step
        change *= min(1.0, LONGEST_STEP / float(np.abs(change).max()))
        for _ in range(HALVINGS):
            after = _moved(at, change)
            totals, found = _slopes(blocks, after, modes)
            if found >= height - 1e-9:
                break
            change /= 2
        at, height = after, found
        if at.sd < SMALLEST_SD:
            raise design.WorksAlike("The works do not differ measurably, so severities cannot be put on a scale.")
    raise design.NotConverged(TOO_FEW)


def _newton_step(slope: Floats, free: Floats, totals: Slopes) -> Floats:
    for information in (totals.information, totals.complete):
        matrix = free.T @ information @ free
        try:
            np.linalg.cholesky(matrix)
        except np.linalg.LinAlgError:
            continue
        return np.asarray(np.linalg.solve(matrix, slope), dtype=np.float64)
    raise design.NotConverged(TOO_FEW)


def _inverse(information: Floats) -> Floats:
    try:
        np.linalg.cholesky(information)
    except np.linalg.LinAlgError:
        raise design.NotConverged(TOO_FEW) from None
    return np.asarray(np.linalg.inv(information), dtype=np.float64)


def _measures(
    ratings: Ratings,
    steps: Steps,
    at: Parameters,
    totals: Slopes,
    free: Floats,
    blocks: list[Block],
    taken: int,
    aside: tuple[str, ...],
) -> Calibration:
    covariance = free @ _inverse(free.T @ totals.information @ free) @ free.T
    works = [posterior(block, at) for block in blocks]
    assessors = len(at.severity)
    errors = np.sqrt(np.diag(covariance))
    rated = np.bincount(ratings.assessor, minlength=assessors)
    return Calibration(
        ratings=ratings,
        steps=steps,
        parameters=at,
        assessors=tuple(
            Measure(name, float(at.severity[code]), float(errors[code]), int(rated[code]))
            for code, name in enumerate(ratings.assessors)
        ),
        criteria=_difficulties(ratings, at, covariance),
        work_values=np.concatenate([found.mean for found in works]),
        work_errors=np.concatenate([found.sd for found in works]),
        covariance=covariance,
        log_likelihood=sum(float(found.log_likelihood.sum()) for found in works),
        newton_steps=taken,
        set_aside=aside,
    )


def _difficulties(ratings: Ratings, at: Parameters, covariance: Floats) -> tuple[Measure, ...]:
    """The mean step of each criterion; its error is not a number where the ratings do not settle it."""
    assessors, width = len(at.severity), at.steps.shape[1]
    found = []
    for code, name in enumerate(ratings.criteria):
        real = ratings.level_counts[code] - 1
        own = slice(assessors + code * width, assessors + code * width + real)
        variance = float(covariance[own, own].sum())
        error = sqrt(variance) / real if variance >= 0 else nan
        count = int((ratings.criterion == code).sum())
        found.append(Measure(name, float(at.steps[code, :real].mean()), error, count))
    return tuple(found)
