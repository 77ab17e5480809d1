"""Agreement on a million ratings and a Rasch model of a hundred thousand, against plain NumPy in the same run."""

import statistics
import time
from collections.abc import Callable

import numpy as np

from bench.table import Row
from touchstone.core.reliability.alpha import krippendorff_alpha
from touchstone.core.reliability.kappa import cohen_kappa
from touchstone.core.reliability.rasch.calibration import calibrate
from touchstone.core.reliability.rasch.model import Parameters
from touchstone.core.reliability.ratings import Floats, Ratings, from_codes
from touchstone.core.reliability.simulate import random_design
from touchstone.core.reliability.tables import patterns, read_table

WORKS = 500_000
ASSESSORS = 500
ROUNDS = 3


def measure() -> list[Row]:
    """Medians of interleaved rounds for agreement; one run each for the model, which takes seconds."""
    return [*_agreement(), *_model()]


def _agreement() -> list[Row]:
    one, two = _million()
    ratings = from_codes(
        work=np.tile(np.arange(WORKS), 2),
        assessor=np.repeat([0, 1], WORKS),
        criterion=np.zeros(2 * WORKS, dtype=np.int64),
        level=np.concatenate([one, two]),
        works=[str(work) for work in range(WORKS)],
        assessors=["first", "second"],
        levels={"criterion": 4},
    )
    jobs = {
        "plain kappa": lambda: _plain_kappa(one, two),
        "kappas": lambda: _three_kappas(ratings),
        "plain alpha": lambda: _plain_alpha(np.stack([one, two])),
        "alpha": lambda: krippendorff_alpha(patterns(ratings), "ordinal").value,
    }
    times, values = _interleaved(jobs)
    if abs(values["kappas"] - values["plain kappa"]) > 1e-9 or abs(values["alpha"] - values["plain alpha"]) > 1e-5:
        raise SystemExit("Reliability disagrees with plain NumPy.")
    return [
        Row(
            "plain NumPy: one weighted kappa, 1,000,000 ratings", f"{times['plain kappa'] * 1000:.0f} ms", "no interval"
        ),
        _against("three kappas with intervals, exact", times["kappas"], times["plain kappa"]),
        Row("plain NumPy: ordinal alpha, 1,000,000 ratings", f"{times['plain alpha'] * 1000:.0f} ms", "no interval"),
        _against("alpha with 1,000 resamples, exact", times["alpha"], times["plain alpha"]),
    ]


def _million() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(1)
    true = rng.integers(0, 4, WORKS)
    one, two = (np.clip(true + rng.choice([-1, 0, 0, 0, 1], WORKS), 0, 3) for _ in range(2))
    return one, two


def _three_kappas(ratings: Ratings) -> float:
    table = read_table(ratings)
    values = [cohen_kappa(table, weights).value for weights in ("none", "linear", "quadratic")]
    return values[-1] or 0.0


def _plain_kappa(one: np.ndarray, two: np.ndarray) -> float:
    """Quadratic kappa as a formula of sums, without a table."""
    expected = ((one[:, None] == np.arange(4)).mean(axis=0), (two[:, None] == np.arange(4)).mean(axis=0))
    apart = (np.arange(4)[:, None] - np.arange(4)[None, :]) ** 2
    return float(1 - ((one - two) ** 2).mean() / (expected[0] @ apart @ expected[1]))


def _plain_alpha(reads: np.ndarray) -> float:
    """Ordinal alpha for two reads of every work, from ranks."""
    counts = np.bincount(reads.ravel(), minlength=4)
    rank = (np.cumsum(counts) - counts / 2)[reads]
    n = rank.size
    observed = ((rank[0] - rank[1]) ** 2).mean()
    return float(1 - observed / (2 * rank.var() * n / (n - 1)))


def _model() -> list[Row]:
    rng = np.random.default_rng(2)
    steps = np.array([[-1.5, 0.0, 1.5], [-1.0, 0.2, 1.1], [-1.2, -0.2, 1.1], [-2.0, 0.0, 1.0]])
    severity = rng.normal(0, 0.6, ASSESSORS)
    true = Parameters(severity - severity.mean(), steps - steps.mean(), 0.3, 1.2)
    ratings = random_design(rng, works=12_500, at=true, reads=2)
    begin = time.perf_counter()
    plain = _joint(ratings)
    middle = time.perf_counter()
    found = calibrate(ratings)
    end = time.perf_counter()
    truth = true.severity[[int(name.split()[-1]) for name in found.ratings.assessors]]
    error, joint = _off(found.parameters.severity, truth), _off(plain, truth)
    return [
        Row(
            "plain NumPy: Rasch by joint likelihood, 100,000 ratings",
            f"{middle - begin:.1f} s",
            f"500 assessors, severities off by {joint:.3f} logits",
        ),
        Row(
            "Rasch with standard errors, 100,000 ratings",
            f"{end - middle:.1f} s",
            f"{(end - middle) / (middle - begin):.1f} x plain, off by {error:.3f} logits",
        ),
    ]


def _joint(ratings: Ratings) -> Floats:
    """Joint maximum likelihood, one Newton step for each facet in turn; the textbook's short program."""
    works, steps = np.zeros(len(ratings.works)), np.zeros((len(ratings.criteria), 3))
    severity = np.zeros(len(ratings.assessors))
    places = np.arange(4.0)
    for _ in range(200):
        before = severity.copy()
        for codes, values, side in ((ratings.work, works, 1), (ratings.assessor, severity, -1)):
            chance = _chances(works, severity, steps, ratings)
            expected = chance @ places
            spread = np.bincount(codes, chance @ places**2 - expected**2, len(values))
            values += np.clip(side * np.bincount(codes, ratings.level - expected, len(values)) / spread, -1, 1)
            np.clip(values, -6, 6, out=values)
        severity -= severity.mean()
        chance = _chances(works, severity, steps, ratings)
        for criterion in range(len(steps)):
            rows = ratings.criterion == criterion
            reached = chance[rows][:, :0:-1].cumsum(axis=1)[:, ::-1]
            seen = (ratings.level[rows, None] >= np.arange(1, 4)).sum(axis=0)
            steps[criterion] += (reached.sum(axis=0) - seen) / (reached * (1 - reached)).sum(axis=0)
        if np.abs(severity - before).max() < 1e-3:
            break
    return severity


def _chances(works: Floats, severity: Floats, steps: Floats, ratings: Ratings) -> Floats:
    summed = np.concatenate([np.zeros((len(steps), 1)), steps.cumsum(axis=1)], axis=1)
    logits = (works[ratings.work] - severity[ratings.assessor])[:, None] * np.arange(4.0)
    chance = np.exp(logits - summed[ratings.criterion])
    return np.asarray(chance / chance.sum(axis=1, keepdims=True), dtype=np.float64)


def _off(found: Floats, truth: Floats) -> float:
    """Root mean square error."""
    return float(np.sqrt(((found - truth) ** 2).mean()))


def _interleaved(jobs: dict[str, Callable[[], float | None]]) -> tuple[dict[str, float], dict[str, float]]:
    times: dict[str, list[float]] = {name: [] for name in jobs}
    values: dict[str, float] = {}
    for _round in range(ROUNDS):
        for name, job in jobs.items():
            begin = time.perf_counter()
            values[name] = job() or 0.0
            times[name].append(time.perf_counter() - begin)
    return {name: statistics.median(taken) for name, taken in times.items()}, values


def _against(what: str, taken: float, plain: float) -> Row:
    return Row(what, f"{taken * 1000:.0f} ms", f"{taken / plain:.1f} x plain")


if __name__ == "__main__":
    from bench.table import show

    show(measure())
