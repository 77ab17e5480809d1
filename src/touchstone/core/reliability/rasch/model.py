"""The many-facet Rasch model: parameters, the chance of each level, and ratings laid out for counting.

ln(P[k] / P[k-1]) = work - severity of the assessor - step k of the criterion    (Linacre 1989;
steps: Andrich 1978 for one rating scale, Masters 1982 for partial credit). Unit: logits.
"""

from dataclasses import dataclass

import numpy as np

from touchstone.core.reliability.ratings import Floats, Ints, Ratings

NODES = 11
# numbers held at once for each node, so that memory stays small however many ratings there are
CELLS = 270_000


@dataclass(frozen=True)
class Parameters:
    """severity (J,); steps (I, K-1), infinite above a criterion's highest level; works ~ Normal(mean, sd)."""

    severity: Floats
    steps: Floats
    mean: float
    sd: float

    @property
    def cumulative(self) -> Floats:
        """Sums of the steps up to each level (I, K), 0 for the lowest."""
        return np.concatenate([np.zeros((len(self.steps), 1)), np.cumsum(self.steps, axis=1)], axis=1)


@dataclass(frozen=True)
class Block:
    """A stretch of whole works (N of them, coded 0 to N-1 here), sorted by work, assessor, criterion.

    `reading` says which of the A reads (one assessor, one work) each of the R ratings belongs to.
    `pairs` (2, ...) lists every ordered pair of reads of one work, each read with itself too.
    """

    work: Ints
    work_starts: Ints
    assessor: Ints
    criterion: Ints
    level: Ints
    reading_starts: Ints
    reading_work: Ints
    reading_assessor: Ints
    pairs: Ints


def lay_out(ratings: Ratings, most: int) -> list[Block]:
    """Cut compact ratings into blocks of whole works with about `most` ratings each."""
    starts = np.flatnonzero(np.append(True, np.diff(ratings.work) != 0))
    ends = np.append(starts[1:], len(ratings))
    blocks, begin = [], 0
    for place, end in enumerate(ends):
        if end - starts[begin] >= most or place == len(ends) - 1:
            blocks.append(_block(ratings, slice(starts[begin], end)))
            begin = place + 1
    return blocks


def _block(ratings: Ratings, rows: slice) -> Block:
    work, assessor = ratings.work[rows] - ratings.work[rows.start], ratings.assessor[rows]
    new_work = np.append(True, np.diff(work) != 0)
    new_reading = new_work | np.append(True, np.diff(assessor) != 0)
    work_starts, reading_starts = np.flatnonzero(new_work), np.flatnonzero(new_reading)
    work = np.cumsum(new_work) - 1
    return Block(
        work=work,
        work_starts=work_starts,
        assessor=assessor,
        criterion=ratings.criterion[rows],
        level=ratings.level[rows],
        reading_starts=reading_starts,
        reading_work=work[reading_starts],
        reading_assessor=assessor[reading_starts],
        pairs=_pairs(work[reading_starts]),
    )


def _pairs(reading_work: Ints) -> Ints:
    reads = np.bincount(reading_work)
    first_of_work = np.cumsum(reads) - reads
    partners = reads[reading_work]
    one = np.repeat(np.arange(len(reading_work)), partners)
    within = np.arange(len(one)) - np.repeat(np.cumsum(partners) - partners, partners)
    return np.stack([one, first_of_work[reading_work[one]] + within])


def level_chances(location: Floats, cumulative: Floats) -> Floats:
    """Chance of each level (R, Q, K) at locations (R, Q), work minus severity, with summed steps (R, K)."""
    places = np.arange(cumulative.shape[1], dtype=np.float64)
    # levels in front while adding up: NumPy is slow along a short last axis
    chance = location[None, :, :] * places[:, None, None] - cumulative.T[:, :, None]
    chance -= chance.max(axis=0)
    np.exp(chance, out=chance)
    chance /= chance.sum(axis=0)
    return np.moveaxis(chance, 0, 2)


@dataclass(frozen=True)
class Posterior:
    """What the ratings of N works say about them: nodes and their weights (N, Q), and ln likelihood (N,).

    `chance` (R, Q, K) holds the chance of each level at each node, which whoever asks for this needs next.
    """

    nodes: Floats
    weights: Floats
    log_likelihood: Floats
    modes: Floats
    chance: Floats

    @property
    def mean(self) -> Floats:
        return np.asarray((self.weights * self.nodes).sum(axis=1), dtype=np.float64)

    @property
    def sd(self) -> Floats:
        away = self.nodes - self.mean[:, None]
        return np.asarray(np.sqrt((self.weights * away**2).sum(axis=1)), dtype=np.float64)


def posterior(block: Block, at: Parameters, start: Floats | None = None) -> Posterior:
    """Adaptive Gauss-Hermite quadrature (Naylor and Smith 1982; Pinheiro and Bates 1995), work by work."""
    modes, spread = _modes(block, at, start)
    points, weights = np.polynomial.hermite.hermgauss(NODES)
    nodes = modes[:, None] + np.sqrt(2) * spread[:, None] * points
    location = nodes[block.work] - at.severity[block.assessor][:, None]
    chance = level_chances(location, at.cumulative[block.criterion])
    given = np.take_along_axis(chance, block.level[:, None, None], axis=2)[:, :, 0]
    with np.errstate(divide="ignore"):
        log_joint = np.add.reduceat(np.log(given), block.work_starts, axis=0)
    log_joint += -0.5 * ((nodes - at.mean) / at.sd) ** 2 - np.log(at.sd)
    log_joint += (np.log(weights) + points**2)[None, :] + np.log(spread)[:, None] - 0.5 * np.log(np.pi)
    top = log_joint.max(axis=1, keepdims=True)
    shares = np.exp(log_joint - top)
    total = shares.sum(axis=1, keepdims=True)
    return Posterior(nodes, shares / total, (top + np.log(total))[:, 0], modes, chance)


def _modes(block: Block, at: Parameters, start: Floats | None) -> tuple[Floats, Floats]:
    """Where each work most likely stands, and the standard deviation of a normal of the same curvature."""
    places = np.arange(at.steps.shape[1] + 1, dtype=np.float64)
    works = np.full(len(block.work_starts), at.mean) if start is None else start.copy()
    cumulative, severity = at.cumulative[block.criterion], at.severity[block.assessor]
    for _ in range(30):
        chance = level_chances((works[block.work] - severity)[:, None], cumulative)[:, 0, :]
        expected = chance @ places
        slope = np.add.reduceat(block.level - expected, block.work_starts) - (works - at.mean) / at.sd**2
        curve = np.add.reduceat(chance @ places**2 - expected**2, block.work_starts) + 1 / at.sd**2
        step = np.clip(slope / curve, -2, 2)
        works = works + step
        if np.abs(step).max() < 1e-4:
            break
    return works, np.asarray(1 / np.sqrt(curve), dtype=np.float64)
