"""Who scores what: seconds, peak memory and gap of three sizes, against one OR-tools flow over all pairs."""

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from bench.table import Row
from touchstone.core.assignment.costs import Costs
from touchstone.core.assignment.eligibility import survey
from touchstone.core.assignment.market import BARRED, Market
from touchstone.core.assignment.model import Assessor, Bar, Circle, Rules, Work
from touchstone.core.assignment.plan import make_plan

SIZES = ((1_000, 200), (5_000, 500), (20_000, 2_000))
READS = 2
ROUNDS = 5
LONG = 5.0  # seconds after which no further round begins
DISTRICTS = 20  # so that one pair in twenty is tied
Instance = tuple[list[Work], list[Assessor]]


def measure(sizes: tuple[tuple[int, int], ...] = SIZES) -> list[Row]:
    """Each engine in a process of its own, on the same instance; the costs found must be equal.

    Ours makes the plan from works and assessors to reasons; OR-tools is given ready arrays of all pairs, and only
    building its graph and solving count. Memory is what the process needed at its peak.
    """
    rows = []
    for works, assessors in sizes:
        ours, theirs = (_in_a_process(engine, works, assessors) for engine in ("plan", "whole"))
        if ours["cost"] != theirs["cost"]:
            raise SystemExit(f"The plan costs {ours['cost']}, the best is {theirs['cost']}.")
        figure = f"{ours['seconds']:.2f} s, {ours['megabytes']:,.0f} MB, gap {ours['gap']:.0f}"
        against = f"{theirs['seconds']:.2f} s, {theirs['megabytes']:,.0f} MB: OR-tools over all pairs"
        rows.append(Row(f"plan: {works:,} works × {assessors:,} assessors × {READS} reads", figure, against))
    return rows


def instance(works: int, assessors: int, seed: int = 1) -> Instance:
    """Works and assessors of three tiers in twenty districts, with a quarter more places than reads."""
    dice = np.random.default_rng(seed)
    capacity = -(-works * READS * 5 // (4 * assessors))
    item = frozenset({"item"})
    return (
        [
            Work(
                f"work {n}",
                "item",
                f"earner {n}",
                reads=READS,
                tier=int(dice.integers(3)),
                waiting_days=int(dice.integers(15)),
                due_in_days=int(dice.integers(-3, 14)),
                circles=_district(dice),
            )
            for n in range(works)
        ],
        [
            Assessor(
                f"assessor {n}",
                item,
                confirmed=True,
                capacity=capacity + 3,
                load=int(dice.integers(6)),
                tier=int(dice.integers(3)),
                circles=_district(dice),
            )
            for n in range(assessors)
        ],
    )


def _district(dice: np.random.Generator) -> frozenset[Circle]:
    return frozenset({Circle(Bar.DISTRICT, str(dice.integers(DISTRICTS)))})


def _in_a_process(engine: str, works: int, assessors: int) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.assignment", engine, str(works), str(assessors)],
        capture_output=True,
        check=True,
        text=True,
    )
    answer: dict[str, float] = json.loads(done.stdout)
    return answer


def _plan(instance: Instance) -> dict[str, float]:
    plan, seconds = _median(lambda: make_plan(*instance))
    return {"seconds": seconds, "cost": plan.cost, "gap": float(plan.gap)}


def _whole(instance: Instance) -> dict[str, float]:
    """OR-tools' min-cost flow with an arc for every open pair."""
    works, assessors = instance
    market = Costs.of(survey(works, assessors, (), Rules()), Rules()).market()
    pairs = _all_pairs(market)
    cost, seconds = _median(lambda: _solved(market, *pairs))
    return {"seconds": seconds, "cost": cost}


def _median[Answer](work: Callable[[], Answer]) -> tuple[Answer, float]:
    """What the work answers, and its median seconds over ROUNDS; long work runs once."""
    times: list[float] = []
    while len(times) < ROUNDS and sum(times) < LONG:
        begin = time.perf_counter()
        answer = work()
        times.append(time.perf_counter() - begin)
    return answer, statistics.median(times)


def _solved(market: Market, work: np.ndarray, assessor: np.ndarray, cost: np.ndarray) -> int:
    works = market.need.size
    engine, sink = SimpleMinCostFlow(), works + market.assessors
    engine.add_arcs_with_capacity_and_unit_cost(work, assessor, np.ones(work.size, np.int64), cost)
    places, ones = market.place_of + works, np.ones(market.place_of.size, np.int64)
    engine.add_arcs_with_capacity_and_unit_cost(places, np.full(places.size, sink), ones, market.place_cost)
    everybody = np.arange(works)
    engine.add_arcs_with_capacity_and_unit_cost(everybody, np.full(works, sink), market.need, market.unread)
    engine.set_nodes_supplies(everybody, market.need)
    engine.set_node_supply(sink, -int(market.need.sum()))
    if engine.solve() != engine.OPTIMAL:
        raise SystemExit("OR-tools found no flow.")
    best: int = engine.optimal_cost()
    return best


def _all_pairs(market: Market) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Work, assessor's node and cost of every open pair, in the narrowest types OR-tools takes."""
    works, found = market.need.size, []
    for start in range(0, works, 100):
        these = np.arange(start, min(works, start + 100))
        costs = market.block(these)
        row, who = np.nonzero(costs < BARRED)
        found.append(((row + start).astype(np.int32), (who + works).astype(np.int32), costs[row, who]))
    work, assessor, cost = (np.concatenate(column) for column in zip(*found, strict=True))
    return work, assessor, cost


if __name__ == "__main__":
    measured = {"plan": _plan, "whole": _whole}[sys.argv[1]](instance(int(sys.argv[2]), int(sys.argv[3])))
    measured["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(json.dumps(measured))
