"""The many-facet Rasch model of a set of ratings, measured as far as their design carries it."""

from dataclasses import dataclass

import numpy as np

from touchstone.core.reliability.figure import Figure
from touchstone.core.reliability.rasch.calibration import Calibration, Measure, calibrate
from touchstone.core.reliability.rasch.design import CannotCalibrate, Disconnected
from touchstone.core.reliability.rasch.fit import REPLICATIONS, Fit, fit_of, separation
from touchstone.core.reliability.rasch.levels import Steps, drop_unused_levels, level_uses
from touchstone.core.reliability.ratings import Ratings
from touchstone.core.reliability.readings import fit_reading, severity_reading

USES_FOR_OWN_STEPS = 10
FEWEST_REPLICATIONS = 40
RATINGS_REFITTED = 400_000


@dataclass(frozen=True, slots=True)
class Line:
    """One assessor (severity) or criterion (difficulty, with its steps): logits, fit, and a sentence."""

    name: str
    value: float
    error: float
    low: float
    high: float
    ratings: int
    fit: Fit | None
    steps: tuple[float, ...]
    reading: str


@dataclass(frozen=True)
class ModelReport:
    """What the model found, and what had to be left out for it: assessors and levels, by name."""

    steps: Steps
    assessors: tuple[Line, ...]
    criteria: tuple[Line, ...]
    separation: tuple[Figure, ...]
    works_mean: float
    works_sd: float
    set_aside: tuple[str, ...]
    other_groups: tuple[tuple[str, ...], ...]
    levels_dropped_on: tuple[str, ...]


def measure(
    ratings: Ratings, handed_out_at_random: bool, replications: int | None, why_not: dict[str, str]
) -> tuple[ModelReport | None, Calibration | None]:
    """Fit the model; where the design is broken, fit the largest connected group and name the others.

    What cannot be measured is told in `why_not`.
    """
    try:
        usable, dropped = drop_unused_levels(ratings)
        found, others = _fit_largest(usable, handed_out_at_random)
    except CannotCalibrate as reason:
        why_not["model"] = str(reason)
        return None, None
    assessor_fits, criterion_fits = _fits(found, replications, why_not)
    return (
        ModelReport(
            steps=found.steps,
            assessors=tuple(_line(*one) for one in zip(found.assessors, assessor_fits, strict=True)),
            criteria=_criteria(found, criterion_fits),
            separation=tuple(separation(found).values()),
            works_mean=found.parameters.mean,
            works_sd=found.parameters.sd,
            set_aside=found.set_aside,
            other_groups=others,
            levels_dropped_on=dropped,
        ),
        found,
    )


def steps_for(ratings: Ratings) -> Steps:
    """Own steps for each criterion if every level was given often enough (Linacre 2002), else one scale."""
    uses = level_uses(ratings)
    given = [row[:levels].min() for row, levels in zip(uses, ratings.level_counts, strict=True)]
    even = len(set(ratings.level_counts)) == 1
    return "rating scale" if even and min(given) < USES_FOR_OWN_STEPS else "partial credit"


def _fit_largest(ratings: Ratings, at_random: bool) -> tuple[Calibration, tuple[tuple[str, ...], ...]]:
    try:
        return calibrate(ratings, steps_for(ratings), works_handed_out_at_random=at_random), ()
    except Disconnected as broken:
        keep = [ratings.assessors.index(name) for name in broken.groups[0]]
        if len(keep) < 2:
            raise
        group, _ = drop_unused_levels(ratings.only(np.isin(ratings.assessor, keep)).compact())
        return calibrate(group, steps_for(group)), broken.groups[1:]


def _fits(
    found: Calibration, replications: int | None, why_not: dict[str, str]
) -> tuple[tuple[Fit | None, ...], tuple[Fit | None, ...]]:
    if replications is None:
        replications = max(FEWEST_REPLICATIONS, min(REPLICATIONS, RATINGS_REFITTED // len(found.ratings)))
    nothing = (None,) * len(found.assessors), (None,) * len(found.criteria)
    if replications == 0:
        return nothing
    try:
        return fit_of(found, replications)
    except CannotCalibrate as reason:
        why_not["fit"] = str(reason)
        return nothing


def _line(measure: Measure, fit: Fit | None) -> Line:
    said = severity_reading(measure.name, measure.low, measure.high)
    return _with_fit(measure, fit, (), said)


def _criteria(found: Calibration, fits: tuple[Fit | None, ...]) -> tuple[Line, ...]:
    lines = []
    for code, (one, fit) in enumerate(zip(found.criteria, fits, strict=True)):
        steps = tuple(float(step) for step in found.parameters.steps[code] if np.isfinite(step))
        lines.append(_with_fit(one, fit, steps, ""))
    return tuple(lines)


def _with_fit(measure: Measure, fit: Fit | None, steps: tuple[float, ...], said: str) -> Line:
    if fit is not None:
        said = f"{said} {fit_reading(measure.name, fit.noisy, fit.muted)}".lstrip()
    name, value, error = measure.name, measure.value, measure.error
    return Line(name, value, error, measure.low, measure.high, measure.ratings, fit, steps, said)
