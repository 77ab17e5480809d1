"""Slope and curvature of the marginal likelihood: Fisher's identity, and Louis 1982 for the information.

The plain parameter vector holds severities (J), steps (I times K-1, criterion by criterion), the works'
mean and the logarithm of their standard deviation: P in all. Source for the information: Louis 1982,
J. R. Stat. Soc. B 44, 226-233: what complete data would tell, less what the unknown works withhold.
"""

from dataclasses import dataclass

import numpy as np

from touchstone.core.reliability.rasch.model import Block, Parameters, Posterior
from touchstone.core.reliability.ratings import Floats


@dataclass
class Slopes:
    """Running totals: slope (P,), information of complete data (P, P) and its missing part (P, P)."""

    slope: Floats
    complete: Floats
    missing: Floats

    @classmethod
    def none(cls, at: Parameters) -> "Slopes":
        size = len(at.severity) + at.steps.size + 2
        return cls(np.zeros(size), np.zeros((size, size)), np.zeros((size, size)))

    def finish(self) -> None:
        """Fill the halves of the symmetric matrices that were left out."""
        for matrix in (self.complete, self.missing):
            matrix += np.triu(matrix, 1).T

    @property
    def information(self) -> Floats:
        return self.complete - self.missing


def add_block(totals: Slopes, block: Block, at: Parameters, found: Posterior) -> None:
    """Add one block's share, given where its works probably are. Only upper triangles are filled."""
    reached = np.cumsum(found.chance[:, :, :0:-1], axis=2)[:, :, ::-1]
    weights = found.weights[block.work]
    _add_complete(totals, block, at, found, _covariances(reached, weights))
    places = np.arange(1, at.steps.shape[1] + 1)
    excess = (block.level[:, None] >= places)[:, None, :] - reached
    _add_scores(totals, block, at, found, excess)


def _covariances(reached: Floats, weights: Floats) -> Floats:
    """Expected covariance of "level m or above" with "level m' or above" for each rating (R, K-1, K-1)."""
    steps = reached.shape[2]
    weighted = reached * weights[:, :, None]
    mean = weighted.sum(axis=1)
    higher = np.maximum.outer(np.arange(steps), np.arange(steps))
    return np.asarray(mean[:, higher] - weighted.transpose(0, 2, 1) @ reached, dtype=np.float64)


def _add_complete(totals: Slopes, block: Block, at: Parameters, found: Posterior, spread: Floats) -> None:
    assessors, (criteria, steps) = len(at.severity), at.steps.shape
    information = totals.complete
    places = np.arange(assessors)
    information[places, places] += np.bincount(block.assessor, spread.sum(axis=(1, 2)), assessors)
    for criterion in range(criteria):
        rows = block.criterion == criterion
        own = slice(assessors + criterion * steps, assessors + (criterion + 1) * steps)
        information[own, own] += np.triu(spread[rows].sum(axis=0))
        np.add.at(information[:assessors, own], block.assessor[rows], spread[rows].sum(axis=2))
    away = (found.nodes - at.mean) / at.sd
    information[-2, -2] += len(away) / at.sd**2
    information[-2, -1] += 2 * (found.weights * away).sum() / at.sd
    information[-1, -1] += 2 * (found.weights * away**2).sum()


def _add_scores(totals: Slopes, block: Block, at: Parameters, found: Posterior, excess: Floats) -> None:
    """Slopes of complete data at every node: their mean is the slope, their spread the missing information."""
    assessors = len(at.severity)
    shared = _shared_scores(block, at, found, excess)
    severe = -np.add.reduceat(excess.sum(axis=2), block.reading_starts, axis=0)
    weighted = severe * found.weights[block.reading_work]
    shared_mean = (found.weights[:, None, :] @ shared)[:, 0, :]
    severe_mean = weighted.sum(axis=1)
    totals.slope[:assessors] += np.bincount(block.reading_assessor, severe_mean, assessors)
    totals.slope[assessors:] += shared_mean.sum(axis=0)

    flat = shared.reshape(-1, shared.shape[2])
    total = (flat * found.weights.reshape(-1, 1)).T @ flat - shared_mean.T @ shared_mean
    totals.missing[assessors:, assessors:] += np.triu(total)
    mixed = (weighted[:, None, :] @ shared[block.reading_work])[:, 0, :]
    mixed -= severe_mean[:, None] * shared_mean[block.reading_work]
    np.add.at(totals.missing[:assessors, assessors:], block.reading_assessor, mixed)
    one, other = block.pairs
    together = (weighted[one] * severe[other]).sum(axis=1) - severe_mean[one] * severe_mean[other]
    cells = block.reading_assessor[one] * assessors + block.reading_assessor[other]
    crossed = np.bincount(cells, together, assessors**2).reshape(assessors, assessors)
    totals.missing[:assessors, :assessors] += np.triu(crossed)


def _shared_scores(block: Block, at: Parameters, found: Posterior, excess: Floats) -> Floats:
    """Slopes by step, mean and spread for each work and node (N, Q, P - J)."""
    criteria, steps = at.steps.shape
    shared = np.zeros((*found.nodes.shape, at.steps.size + 2))
    for criterion in range(criteria):
        rows = np.flatnonzero(block.criterion == criterion)
        if not len(rows):
            continue
        work = block.work[rows]
        starts = np.flatnonzero(np.append(True, np.diff(work) != 0))
        own = slice(criterion * steps, (criterion + 1) * steps)
        shared[work[starts], :, own] = -np.add.reduceat(excess[rows], starts, axis=0)
    away = (found.nodes - at.mean) / at.sd
    shared[:, :, -2] = away / at.sd
    shared[:, :, -1] = away**2 - 1
    return shared
