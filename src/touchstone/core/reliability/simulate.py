"""Ratings drawn from a many-facet Rasch model, for the same design as real ones or for a new one."""

from dataclasses import replace

import numpy as np

from touchstone.core.reliability.rasch.model import Parameters, level_chances
from touchstone.core.reliability.ratings import Floats, Ints, Ratings, from_codes


def draw_levels(
    rng: np.random.Generator, at: Parameters, works: Floats, work: Ints, assessor: Ints, criterion: Ints
) -> Ints:
    """One level for each row (R,), given where the works (N,) stand in logits."""
    location = works[work] - at.severity[assessor]
    chance = level_chances(location[:, None], at.cumulative[criterion])[:, 0, :]
    reached = np.cumsum(chance, axis=1)[:, :-1]
    return np.asarray((rng.random(len(work))[:, None] > reached).sum(axis=1), dtype=np.int64)


def redraw(rng: np.random.Generator, ratings: Ratings, at: Parameters) -> Ratings:
    """New levels for the same works, assessors and criteria, works drawn from the model's population."""
    works = rng.normal(at.mean, at.sd, len(ratings.works))
    level = draw_levels(rng, at, works, ratings.work, ratings.assessor, ratings.criterion)
    return replace(ratings, level=level)


def random_design(rng: np.random.Generator, *, works: int, at: Parameters, reads: int) -> Ratings:
    """Ratings of new works, each read by `reads` assessors drawn without regard to anything."""
    assessors, criteria = len(at.severity), len(at.steps)
    readers = rng.random((works, assessors)).argsort(axis=1)[:, :reads]
    work = np.repeat(np.arange(works), reads * criteria)
    assessor = np.repeat(readers.ravel(), criteria)
    criterion = np.tile(np.arange(criteria), works * reads)
    level = draw_levels(rng, at, rng.normal(at.mean, at.sd, works), work, assessor, criterion)
    return from_codes(
        work=work,
        assessor=assessor,
        criterion=criterion,
        level=level,
        works=[f"work {code}" for code in range(works)],
        assessors=[f"assessor {code}" for code in range(assessors)],
        levels={f"criterion {code}": int(np.isfinite(row).sum()) + 1 for code, row in enumerate(at.steps)},
    )
