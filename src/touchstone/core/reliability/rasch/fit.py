"""Does the model hold? Infit, outfit, their critical values, separation and reliability of separation."""

from dataclasses import dataclass

import numpy as np

from touchstone.core.reliability.bootstrap import SEED
from touchstone.core.reliability.figure import Figure, undefined
from touchstone.core.reliability.rasch.calibration import Calibration, Measure, calibrate
from touchstone.core.reliability.rasch.design import CannotCalibrate
from touchstone.core.reliability.rasch.model import CELLS, Parameters, lay_out, posterior
from touchstone.core.reliability.ratings import Floats, Ratings
from touchstone.core.reliability.simulate import redraw

REPLICATIONS = 100


@dataclass(frozen=True)
class MeanSquares:
    """Infit and outfit of the assessors (J,) and the criteria (I,); 1 is what the model expects."""

    assessor_infit: Floats
    assessor_outfit: Floats
    criterion_infit: Floats
    criterion_outfit: Floats

    def stacked(self) -> Floats:
        return np.concatenate([self.assessor_infit, self.assessor_outfit, self.criterion_infit, self.criterion_outfit])


@dataclass(frozen=True, slots=True)
class Fit:
    """Infit and outfit of one assessor or criterion, each with the range the model itself produces."""

    name: str
    infit: float
    outfit: float
    infit_range: tuple[float, float]
    outfit_range: tuple[float, float]

    @property
    def noisy(self) -> bool:
        """Less predictable than the model allows."""
        return self.infit > self.infit_range[1] or self.outfit > self.outfit_range[1]

    @property
    def muted(self) -> bool:
        """More predictable than the model allows: few levels used, or levels not given independently."""
        return self.infit < self.infit_range[0] or self.outfit < self.outfit_range[0]


def mean_squares(ratings: Ratings, at: Parameters) -> MeanSquares:
    """Infit and outfit (Wright and Masters 1982) of compact ratings.

    Squared residuals are averaged over what the ratings leave open about each work (Adams and Wu 2007,
    the mixed-coefficients model), so that 1 is the expectation however few reads a work has.
    """
    squares, spread, ratio = (np.concatenate(column) for column in zip(*_residuals(ratings, at), strict=True))
    facets = []
    for codes, size in ((ratings.assessor, len(ratings.assessors)), (ratings.criterion, len(ratings.criteria))):
        facets.append(np.bincount(codes, squares, size) / np.bincount(codes, spread, size))
        facets.append(np.bincount(codes, ratio, size) / np.bincount(codes, minlength=size))
    return MeanSquares(*facets)


def _residuals(ratings: Ratings, at: Parameters) -> list[tuple[Floats, Floats, Floats]]:
    found: list[tuple[Floats, Floats, Floats]] = []
    for block in lay_out(ratings, CELLS // (4 * ratings.most_levels)):
        places = np.arange(at.steps.shape[1] + 1, dtype=np.float64)
        known = posterior(block, at)
        expected = known.chance @ places
        spread = known.chance @ places**2 - expected**2
        squares, weights = (block.level[:, None] - expected) ** 2, known.weights[block.work]
        found.append(
            (
                (weights * squares).sum(axis=1),
                (weights * spread).sum(axis=1),
                (weights * squares / spread).sum(axis=1),
            )
        )
    return found


def fit_of(found: Calibration, replications: int = REPLICATIONS) -> tuple[tuple[Fit, ...], tuple[Fit, ...]]:
    """Fit of every assessor and criterion, with critical values by parametric bootstrap.

    Fixed limits such as 0.5 to 1.5 mislead, for the spread of these figures depends on sample and design
    (Wolfe 2013, J. Appl. Meas. 14, 1-9): ratings are drawn from the fitted model on the same design,
    fitted again, and the middle 95 % of what comes out is the range. A fixed seed makes it repeatable.
    """
    measured = mean_squares(found.ratings, found.parameters).stacked()
    rng = np.random.default_rng(SEED)
    drawn = [again for again in (_refit(rng, found) for _ in range(replications)) if again is not None]
    if len(drawn) < 0.8 * replications:
        raise CannotCalibrate("Ratings drawn from the fitted model could not be fitted again: too few ratings.")
    low, high = np.quantile(np.array(drawn), [0.025, 0.975], axis=0)
    assessors, criteria = len(found.assessors), len(found.criteria)
    names = [measure.name for measure in (*found.assessors, *found.criteria)]
    infit = np.r_[0:assessors, 2 * assessors : 2 * assessors + criteria]
    outfit = np.r_[assessors : 2 * assessors, 2 * assessors + criteria : 2 * (assessors + criteria)]
    ranges = [(float(least), float(most)) for least, most in zip(low, high, strict=True)]
    fits = tuple(
        Fit(name, float(measured[one]), float(measured[two]), ranges[one], ranges[two])
        for name, one, two in zip(names, infit, outfit, strict=True)
    )
    return fits[:assessors], fits[assessors:]


def _refit(rng: np.random.Generator, found: Calibration) -> Floats | None:
    """Mean squares of one set drawn from the model; None where chance made it unfit for fitting."""
    drawn = redraw(rng, found.ratings, found.parameters)
    try:
        again = calibrate(drawn, found.steps, works_handed_out_at_random=True, start=found.parameters)
    except CannotCalibrate:
        return None
    if again.set_aside:
        return None
    return mean_squares(drawn, again.parameters).stacked()


def separation(found: Calibration) -> dict[str, Figure]:
    """How well the measures tell assessors, criteria and works apart.

    Reliability of separation is true variance over observed variance; separation is true spread over error
    (Wright and Masters 1982, 92 and 106). Works: variance of their means over that plus the mean posterior
    variance (Adams 2005, Stud. Educ. Eval. 31, 162-172).
    """
    figures: dict[str, Figure] = {}
    for key, measures in (("assessors", found.assessors), ("criteria", found.criteria)):
        figures |= _separation_of(key, measures)
    error = float((found.work_errors**2).mean())
    true = float(found.work_values.var())
    return figures | _figures("works", true, error, len(found.work_values))


def _separation_of(key: str, measures: tuple[Measure, ...]) -> dict[str, Figure]:
    if len(measures) < 2:
        why = "There is only one, so there is nothing to tell apart."
        return {name: undefined(name, why, n=1, unit=key) for name in (f"reliability.{key}", f"separation.{key}")}
    error = float(np.mean([measure.error**2 for measure in measures]))
    observed = float(np.var([measure.value for measure in measures], ddof=1))
    return _figures(key, max(0.0, observed - error), error, len(measures))


def _figures(key: str, true: float, error: float, n: int) -> dict[str, Figure]:
    method = "No interval: the estimate sums up the whole set."
    return {
        f"reliability.{key}": Figure(f"reliability.{key}", true / (true + error), n, key, method=method),
        f"separation.{key}": Figure(f"separation.{key}", float(np.sqrt(true / error)), n, key, method=method),
    }
