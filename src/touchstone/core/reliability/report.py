"""Every figure for one set of ratings: by criterion, for the decision, from the model, in one report."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from fractions import Fraction
from math import isfinite

import numpy as np

from touchstone.core.reliability.advice import Advice, advise
from touchstone.core.reliability.agreement import adjacent_agreement, exact_agreement
from touchstone.core.reliability.alpha import krippendorff_alpha
from touchstone.core.reliability.consistency import (
    DECISION,
    Cut,
    NothingDecided,
    decision_consistency,
    decisions,
    reads,
)
from touchstone.core.reliability.drift import Drift, NoTimes, drift
from touchstone.core.reliability.figure import Figure, undefined
from touchstone.core.reliability.generalizability import (
    CannotStudy,
    DecisionStudy,
    coefficients,
    decision_study,
    study_ratings,
)
from touchstone.core.reliability.icc import FORMS, Incomplete, complete_table, intraclass
from touchstone.core.reliability.kappa import cohen_kappa, fleiss_kappa
from touchstone.core.reliability.model_report import ModelReport, measure
from touchstone.core.reliability.rasch.calibration import Calibration
from touchstone.core.reliability.rasch.levels import Steps
from touchstone.core.reliability.ratings import Ratings
from touchstone.core.reliability.readings import reading
from touchstone.core.reliability.tables import patterns, read_table

LISTED = 50

type Json = str | int | float | bool | list[Json] | dict[str, Json] | None


@dataclass(frozen=True)
class Section:
    """Agreement and reliability of one criterion, or of the decision."""

    name: str
    table: tuple[tuple[int, ...], ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Spread:
    """The generalizability study: variance components by effect, one assessor's reliability, the decision study."""

    design: str
    components: Mapping[str, float]
    figures: tuple[Figure, ...]
    decision: DecisionStudy


@dataclass(frozen=True)
class Report:
    """Everything measured. What could not be measured says why in `why_not`, by part."""

    works: int
    works_read_twice: int
    assessors: int
    ratings: int
    criteria: tuple[Section, ...]
    decision: Section | None
    spread: Spread | None
    model: ModelReport | None
    drift: Drift | None
    least_certain: tuple[Advice, ...]
    why_not: Mapping[str, str]

    def as_json(self) -> dict[str, Json]:
        """The report as JSON can hold it; every figure brings its sentence as `reading`."""
        found = _plain(self)
        assert isinstance(found, dict)
        return found


def report(
    ratings: Ratings,
    cut: Cut | None = None,
    *,
    borders: tuple[float, ...] = (),
    handed_out_at_random: bool = False,
    replications: int | None = None,
) -> Report:
    """Measure ratings: all criteria, the decision under `cut`, the model, and drift between `borders` (days).

    Leave adjudicated (third) reads out of the ratings or give their times: agreement uses the first two
    reads. `replications` is the number of bootstrap fits behind infit and outfit (None: chosen by size, 0:
    no ranges). Raises UnknownCriterion, BadCut; everything else that fails is told in `why_not`.
    """
    ratings = ratings.compact()
    why_not: dict[str, str] = {}
    sections = tuple(_section(ratings.of_criterion(name)) for name in ratings.criteria)
    decision = None if cut is None else _decision(ratings, cut, why_not)
    model, calibration = measure(ratings, handed_out_at_random, replications, why_not)
    least_certain: tuple[Advice, ...] = ()
    if cut is not None and model is not None and calibration is not None:
        least_certain = _advice(ratings, model, calibration, cut, why_not)
    return Report(
        works=len(ratings.works),
        works_read_twice=_read_twice(ratings),
        assessors=len(ratings.assessors),
        ratings=len(ratings),
        criteria=sections,
        decision=decision,
        spread=_spread(ratings, why_not),
        model=model,
        drift=_drift(ratings, borders, why_not),
        least_certain=least_certain,
        why_not=why_not,
    )


def _section(ratings: Ratings, extra: tuple[Figure, ...] = ()) -> Section:
    table = read_table(ratings)
    found = patterns(ratings)
    try:
        correlations = tuple(intraclass(complete_table(ratings)).values())
    except Incomplete as reason:
        correlations = tuple(undefined(form, str(reason)) for form in FORMS)
    figures = (
        *extra,
        exact_agreement(table),
        adjacent_agreement(table),
        cohen_kappa(table),
        cohen_kappa(table, "linear"),
        cohen_kappa(table, "quadratic"),
        fleiss_kappa(found),
        krippendorff_alpha(found, "nominal"),
        krippendorff_alpha(found, "ordinal"),
        krippendorff_alpha(found, "interval"),
        *correlations,
        *_one_facet(ratings),
    )
    return Section(ratings.criteria[0], tuple(tuple(int(count) for count in row) for row in table), figures)


def _one_facet(ratings: Ratings) -> tuple[Figure, Figure]:
    try:
        return coefficients(ratings, {"r": 1})
    except CannotStudy as reason:
        return undefined("g.relative", str(reason)), undefined("g.absolute", str(reason))


def _decision(ratings: Ratings, cut: Cut, why_not: dict[str, str]) -> Section | None:
    try:
        return _section(decisions(ratings, cut), decision_consistency(ratings, cut))
    except NothingDecided as reason:
        why_not[DECISION] = str(reason)
        return None


def _spread(ratings: Ratings, why_not: dict[str, str]) -> Spread | None:
    try:
        found = study_ratings(ratings)
    except CannotStudy as reason:
        why_not["spread"] = str(reason)
        return None
    components = {" × ".join(effect): value for effect, value in found.components.items()}
    one_assessor = {facet: 1.0 if facet == "r" else float(found.counts[facet]) for facet in found.design.facets}
    figures = coefficients(ratings, one_assessor)
    return Spread(found.design.name, components, figures, decision_study(found))


def _drift(ratings: Ratings, borders: tuple[float, ...], why_not: dict[str, str]) -> Drift | None:
    if not borders:
        why_not["drift"] = "No periods were given to compare."
        return None
    # Rubrics whose criteria differ in their number of levels have no scale in common: then each has its own steps.
    steps: Steps = "rating scale" if len(set(ratings.level_counts)) == 1 else "partial credit"
    try:
        return drift(ratings, borders, steps)
    except NoTimes as reason:
        why_not["drift"] = str(reason)
        return None


def _advice(
    ratings: Ratings, model: ModelReport, found: Calibration, cut: Cut, why_not: dict[str, str]
) -> tuple[Advice, ...]:
    """The works read once whose decision is least certain."""
    if model.levels_dropped_on or set(found.ratings.criteria) != set(ratings.criteria):
        why_not["least_certain"] = "Some levels were never given, so the cut cannot be placed on the model's scale."
        return ()
    known = ratings.only(np.isin(np.array(ratings.assessors)[ratings.assessor], found.ratings.assessors)).compact()
    try:
        single = reads(known, cut)
    except NothingDecided as reason:
        why_not["least_certain"] = str(reason)
        return ()
    often = np.bincount(single.work, minlength=len(known.works))
    earned = {
        known.works[work]: bool(said) for work, said in zip(single.work, single.earned, strict=True) if often[work] == 1
    }
    return advise(found, known, cut, earned)[:LISTED]


def _read_twice(ratings: Ratings) -> int:
    """Works that two or more assessors rated on any criterion."""
    work, assessor = ratings.work, ratings.assessor
    return int((np.bincount(np.unique(work * len(ratings.assessors) + assessor) // len(ratings.assessors)) >= 2).sum())


def _plain(value: object) -> Json:
    """Dataclasses with their properties, fractions and tuples as JSON has them; infinities as null."""
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, float):
        return float(value) if isfinite(value) else None
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if is_dataclass(value):
        names = [field.name for field in fields(value)]
        names += [name for name, member in vars(type(value)).items() if isinstance(member, property)]
        found: dict[str, Json] = {name: _plain(getattr(value, name)) for name in names}
        return found | {"reading": reading(value)} if isinstance(value, Figure) else found
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    raise TypeError(f"A report cannot hold {type(value).__name__}.")
