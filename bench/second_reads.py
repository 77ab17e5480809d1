"""Which second reads are worth it? A simulation on real ratings; writes its table and plot into the docs.

    TOUCHSTONE_REFERENCE=folder python -m bench.second_reads

Works that many assessors read are judged again with one, two or three of those reads, in every order there
is: nothing is drawn at random. A decision is wrong when most of the assessors who were not used decided
otherwise (a tie counts half). The model's severities come from other works only, in five folds.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.chart import Curve, Panel, Point, draw
from tests.unit.core.reliability import real_data
from touchstone.core.reliability.advice import advise
from touchstone.core.reliability.consistency import Cut, Reads, reads
from touchstone.core.reliability.rasch.calibration import calibrate
from touchstone.core.reliability.ratings import Floats, Ints, Ratings, from_codes

DOCS = Path(__file__).resolve().parent.parent / "docs"
GUIDE, PLOT = DOCS / "guides" / "reliability.md", DOCS / "images" / "second-reads.svg"
BEGIN, END = "<!-- second reads: begin -->", "<!-- second reads: end -->"
FOLDS = 5
FEWEST_READS = 6
RESAMPLES = 2000
SEED = 20_260_101


@dataclass(frozen=True)
class Scenario:
    title: str
    read: Callable[[], Ratings]
    needed: dict[str, int]


SCENARIOS = (
    Scenario("Scripts, level 1 on all three criteria", real_data.ten_raters, {"crit2": 1, "crit3": 1, "crit4": 1}),
    Scenario("Scripts, level 2 on all three criteria", real_data.ten_raters, {"crit2": 2, "crit3": 2, "crit4": 2}),
    Scenario("Essays, level 1 on all five criteria", real_data.writing, {f"k{n}": 1 for n in range(1, 6)}),
)


@dataclass(frozen=True)
class Judged:
    """One row per work and first assessor (F,): wrong alone; wrong and reads in all with a second read."""

    work: Ints
    weight: Floats
    alone: Floats
    seconded: Floats
    reads: Floats
    near: Floats
    stands: Floats


@dataclass(frozen=True)
class Policy:
    name: str
    wrong: float
    low: float
    high: float
    reads: float


def judge(ratings: Ratings, cut: Cut) -> Judged:
    """Judge every much-read work from every first read."""
    found = reads(ratings, cut)
    often = np.bincount(found.work, minlength=len(ratings.works))
    chosen = np.flatnonzero(often >= FEWEST_READS)
    stands = _stands(ratings, cut, found, chosen)
    rows = []
    for place, work in enumerate(chosen):
        own = np.flatnonzero(found.work == work)
        for one in range(len(own)):
            second, in_all = _with_second(found.earned[own], one)
            alone = _wrong(found.earned[own], (one,), bool(found.earned[own][one]))
            read = own[one]
            rows.append(
                (place, 1 / (len(own) * len(chosen)), alone, second, in_all, found.steps[read] == 1, stands[read])
            )
    columns = np.array(rows, dtype=np.float64).T
    return Judged(columns[0].astype(np.int64), *columns[1:])


def _wrong(earned: np.ndarray, used: tuple[int, ...], said: bool) -> float:
    rest = np.delete(earned, used)
    share = float((rest != said).mean())
    return 0.5 if share == 0.5 else float(share > 0.5)


def _with_second(earned: np.ndarray, one: int) -> tuple[float, float]:
    """Mean over all second reads, and third ones where the two disagree: wrong, and reads in all."""
    wrong, in_all = [], []
    others = [place for place in range(len(earned)) if place != one]
    for two in others:
        if earned[one] == earned[two]:
            wrong.append(_wrong(earned, (one, two), bool(earned[one])))
            in_all.append(2.0)
            continue
        thirds = [place for place in others if place != two]
        wrong.append(float(np.mean([_wrong(earned, (one, two, three), bool(earned[three])) for three in thirds])))
        in_all.append(3.0)
    return float(np.mean(wrong)), float(np.mean(in_all))


def _stands(ratings: Ratings, cut: Cut, found: Reads, chosen: Ints) -> Floats:
    """How probably each single read's decision would stand, by a model that never saw the work."""
    stands = np.full(len(found.work), np.nan)
    for fold in range(FOLDS):
        left_out = chosen[fold::FOLDS]
        inside = np.isin(ratings.work, left_out)
        model = calibrate(ratings.only(~inside).compact(), works_handed_out_at_random=True)
        alone, names = _each_read_alone(ratings.only(inside))
        chosen_reads = np.flatnonzero(np.isin(found.work, left_out))
        earned = {names(found.work[read], found.assessor[read]): bool(found.earned[read]) for read in chosen_reads}
        advice = {one.work: one.stands for one in advise(model, alone, cut, earned)}
        for read in chosen_reads:
            stands[read] = advice[names(found.work[read], found.assessor[read])]
    # equal reads stay equal on every machine, so that their order is the files' and not the processor's
    return stands.round(6)


def _each_read_alone(ratings: Ratings) -> tuple[Ratings, Callable[[int, int], str]]:
    """The same ratings with every read as a work of its own."""
    key = ratings.work * len(ratings.assessors) + ratings.assessor
    keys, work = np.unique(key, return_inverse=True)
    alone = from_codes(
        work=work,
        assessor=ratings.assessor,
        criterion=ratings.criterion,
        level=ratings.level,
        works=[str(one) for one in keys],
        assessors=ratings.assessors,
        levels=dict(zip(ratings.criteria, ratings.level_counts, strict=True)),
    )
    return alone, lambda work, assessor: str(work * len(ratings.assessors) + assessor)


def policies(judged: Judged) -> list[Policy]:
    """Single, near the cut, double, and by the model: as many reads as near the cut, and a fifth of the works."""
    near = judged.near.astype(bool)
    nobody, everybody = np.zeros(len(near), dtype=bool), np.ones(len(near), dtype=bool)
    budget = _cost(judged, near)[1]
    return [
        _policy("one read", judged, nobody),
        _policy("second read near the cut", judged, near),
        _policy("as many second reads, where the model advises", judged, _advised(judged, budget)),
        _policy("second read of the least certain fifth", judged, _least_certain(judged, 0.2)),
        _policy("two reads for all", judged, everybody),
    ]


def _advised(judged: Judged, budget: float) -> np.ndarray:
    """The least certain reads first, as many as the budget of reads per work pays for."""
    order = np.argsort(judged.stands, kind="stable")
    spent = 1 + np.cumsum((judged.weight * (judged.reads - 1))[order])
    chosen = np.zeros(len(order), dtype=bool)
    chosen[order[: int(np.searchsorted(spent, budget + 1e-12, side="right"))]] = True
    return chosen


def _least_certain(judged: Judged, share: float) -> np.ndarray:
    """The share of first reads whose decision is least certain."""
    order = np.argsort(judged.stands, kind="stable")
    chosen = np.zeros(len(order), dtype=bool)
    chosen[order[: int(np.searchsorted(np.cumsum(judged.weight[order]), share + 1e-12, side="right"))]] = True
    return chosen


def _cost(judged: Judged, second: np.ndarray) -> tuple[float, float]:
    wrong = np.where(second, judged.seconded, judged.alone)
    in_all = np.where(second, judged.reads, 1.0)
    return float(judged.weight @ wrong), float(judged.weight @ in_all)


def _policy(name: str, judged: Judged, second: np.ndarray) -> Policy:
    wrong, in_all = _cost(judged, second)
    works = int(judged.work.max()) + 1
    rows = np.where(second, judged.seconded, judged.alone) * judged.weight * works
    by_work = np.bincount(judged.work, rows, works)
    drawn = np.random.default_rng(SEED).integers(0, works, (RESAMPLES, works))
    low, high = np.quantile(by_work[drawn].mean(axis=1), [0.025, 0.975])
    return Policy(name, wrong, float(low), float(high), in_all)


def panel(title: str, judged: Judged) -> Panel:
    found = policies(judged)
    shares = [_cost(judged, _advised(judged, budget)) for budget in np.linspace(1, found[-1].reads, 25)]
    advised = Curve("where the model advises", tuple((reads_, wrong) for wrong, reads_ in shares))
    chance = Curve("drawn by lot", tuple((one.reads, one.wrong) for one in (found[0], found[-1])))
    named = {"one": found[0], "near the cut": found[1], "two": found[-1]}
    points = tuple(Point(name, one.reads, one.wrong) for name, one in named.items())
    return Panel(title, (chance, advised), points)


def table(found: list[tuple[str, int, list[Policy]]]) -> str:
    lines = []
    for title, works, rows in found:
        lines += [f"**{title}** ({works} works)", "", "| policy | reads per work | wrong decisions | 95 % interval |"]
        lines += ["|---|---|---|---|"]
        lines += [
            f"| {one.name} | {one.reads:.2f} | {one.wrong:.1%} | {one.low:.1%} to {one.high:.1%} |" for one in rows
        ]
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    if "TOUCHSTONE_REFERENCE" not in os.environ:
        raise SystemExit("Set TOUCHSTONE_REFERENCE to the folder that holds data/ with the reference ratings.")
    found, panels = [], []
    for scenario in SCENARIOS:
        judged = judge(scenario.read(), Cut(scenario.needed))
        found.append((scenario.title, int(judged.work.max()) + 1, policies(judged)))
        panels.append(panel(scenario.title, judged))
    before, rest = GUIDE.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    GUIDE.write_text(f"{before}{BEGIN}\n{table(found)}{END}{after}", encoding="utf-8")
    PLOT.write_text(draw(panels, "reads per work", "wrong decisions"), encoding="utf-8")
    print(table(found))


if __name__ == "__main__":
    main()
