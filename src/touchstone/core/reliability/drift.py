"""Drift: has an assessor become more severe or lenient against the colleagues of the same time?"""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from touchstone.core.reliability.distributions import normal_quantile
from touchstone.core.reliability.figure import CONFIDENCE
from touchstone.core.reliability.rasch.calibration import Calibration, calibrate
from touchstone.core.reliability.rasch.design import CannotCalibrate
from touchstone.core.reliability.rasch.levels import Steps, drop_unused_levels
from touchstone.core.reliability.ratings import Floats, Ratings, ReliabilityError

NOTICEABLE = 0.5


class NoTimes(ReliabilityError):
    """Some ratings do not say when they were given."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Change of one assessor's severity between two periods, in logits; positive is more severe now."""

    assessor: str
    earlier: int
    later: int
    change: float
    low: float
    high: float

    @property
    def noticeable(self) -> bool:
        """Larger than half a logit, and not explained by chance when everybody is looked at together."""
        return abs(self.change) >= NOTICEABLE and (self.low > 0 or self.high < 0)


@dataclass(frozen=True, slots=True)
class Standing:
    """One assessor's severity in one period, in logits around the mean of that period's assessors."""

    assessor: str
    period: int
    severity: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Drift:
    """Severity by period, shifts between neighbouring ones, and periods not measured, with the reason."""

    standings: tuple[Standing, ...]
    shifts: tuple[Shift, ...]
    unmeasured: tuple[tuple[int, str], ...]


def drift(ratings: Ratings, borders: tuple[float, ...], steps: Steps = "rating scale") -> Drift:
    """Compare severities between periods; `borders` are the days (as in Ratings.day) on which a new one begins.

    Each period is fitted by itself, and severities are compared after both are centred on the assessors at
    work in both (separate-window method: Myford and Wolfe 2009, J. Educ. Meas. 46, 371-389). A drift of all
    together cannot be seen so: seeded works of known level are for that. Intervals are widened so that
    CONFIDENCE holds for all shifts of a pair of periods together (Bonferroni). Raises NoTimes.
    """
    if np.isnan(ratings.day).any():
        raise NoTimes("Drift needs the time of every rating.")
    period = np.searchsorted(np.asarray(borders), ratings.day, side="right")
    fitted: dict[int, Calibration] = {}
    unmeasured = []
    for number in range(len(borders) + 1):
        try:
            fitted[number] = _fit(ratings.only(period == number), steps)
        except CannotCalibrate as reason:
            unmeasured.append((number, str(reason)))
    numbers = sorted(fitted)
    shifts = [shift for one, two in pairwise(numbers) for shift in _shifts((one, fitted[one]), (two, fitted[two]))]
    standings = [
        Standing(one.name, number, one.value, one.low, one.high)
        for number in numbers
        for one in fitted[number].assessors
    ]
    return Drift(tuple(standings), tuple(shifts), tuple(unmeasured))


def _fit(ratings: Ratings, steps: Steps) -> Calibration:
    if not len(ratings):
        raise CannotCalibrate("Nothing was rated in this period.")
    return calibrate(drop_unused_levels(ratings.compact())[0], steps)


def _shifts(one: tuple[int, Calibration], two: tuple[int, Calibration]) -> list[Shift]:
    common = sorted(set(one[1].ratings.assessors) & set(two[1].ratings.assessors))
    if len(common) < 2:
        return []
    (before, spread_before), (after, spread_after) = (_centred(found, common) for _, found in (one, two))
    reach = normal_quantile(1 - (1 - CONFIDENCE) / (2 * len(common)))
    shifts = []
    for place, name in enumerate(common):
        change = float(after[place] - before[place])
        error = math.sqrt(float(spread_before[place] + spread_after[place]))
        shifts.append(Shift(name, one[0], two[0], change, change - reach * error, change + reach * error))
    return shifts


def _centred(found: Calibration, names: list[str]) -> tuple[Floats, Floats]:
    """Severities of these assessors around their own mean, and their variances."""
    places = [found.ratings.assessors.index(name) for name in names]
    centre = np.eye(len(names)) - 1 / len(names)
    covariance = centre @ found.covariance[np.ix_(places, places)] @ centre
    return centre @ found.parameters.severity[places], np.diag(covariance)
