"""The flow is the best there is (a linear program says so), breaks no limit, and stops when it is told to."""

import numpy as np
import pytest

from tests.unit.core.assignment.markets import dense, least_costs, random_market
from touchstone.core.assignment import flow
from touchstone.core.assignment.flow import CostsTooLarge, Flow, solve
from touchstone.core.assignment.market import BARRED, Market


@pytest.fixture
def tight(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few likely pairs, samples and tiny blocks even in a small market, so that every step has work to do."""
    monkeypatch.setattr(flow, "FEW", 0)
    monkeypatch.setattr(flow, "SMALL", 1)
    monkeypatch.setattr(flow, "BLOCK", 7)


def recount(market: Market, found: Flow) -> int:
    """The cost of a flow from its pairs alone; fails when a limit is broken."""
    pairs = list(zip(found.work.tolist(), found.assessor.tolist(), strict=True))
    assert len(set(pairs)) == len(pairs)
    costs = market.block(np.arange(market.need.size))[found.work, found.assessor]
    assert (costs < BARRED).all()
    assert (np.bincount(found.work, minlength=market.need.size) + found.left == market.need).all()
    total = int(costs.sum()) + int(found.left @ market.unread)
    for assessor, held in enumerate(np.bincount(found.assessor, minlength=market.assessors).tolist()):
        places = market.place_cost[market.place_of == assessor]
        assert held <= places.size
        total += int(places[:held].sum())
    return total


def compare(markets: list[Market]) -> None:
    found = [solve(market) for market in markets]
    for market, one in zip(markets, found, strict=True):
        assert one.cost == one.lower_bound == recount(market, one)
    assert sum(one.cost for one in found) == pytest.approx(least_costs(markets), abs=1e-4)


@pytest.mark.usefixtures("tight")
@pytest.mark.parametrize("seed", range(20))
def test_solve_when_markets_are_random_then_cost_is_that_of_the_linear_program(seed: int) -> None:
    dice = np.random.default_rng(seed)
    compare([random_market(dice) for _market in range(100)])


@pytest.mark.usefixtures("tight")
@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 200))
def test_solve_when_there_are_many_more_markets_then_cost_is_that_of_the_linear_program(seed: int) -> None:
    dice = np.random.default_rng(seed)
    compare([random_market(dice, most=14) for _market in range(100)])


def test_solve_when_a_market_is_large_enough_to_sample_then_it_is_still_the_best(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(flow, "SMALL", 20_000)
    dice = np.random.default_rng(5)
    costs = dice.integers(0, 1_000, (250, 100)).astype(np.int64)
    costs[dice.random(costs.shape) < 0.05] = BARRED
    places = [[20 * place for place in range(dice.integers(3, 10))] for _assessor in range(100)]
    compare([dense(costs, [2] * 250, [400_000] * 250, places)])


def test_solve_when_parts_are_shared_then_no_pair_gets_more_than_one_part() -> None:
    dice = np.random.default_rng(6)
    for _round in range(50):
        market = random_market(dice).shared(4)
        found = solve(market)
        assert found.cost == found.lower_bound == recount(market, found)


@pytest.mark.usefixtures("tight")
@pytest.mark.parametrize("questions", range(6))
def test_solve_when_time_runs_out_then_a_sound_flow_with_an_honest_bound(questions: int) -> None:
    dice = np.random.default_rng(questions)
    for _round in range(40):
        market = random_market(dice)
        asked = iter(range(questions))
        found = solve(market, lambda asked=asked: next(asked, None) is None)  # type: ignore[misc]
        best = solve(market).cost
        assert found.lower_bound <= best <= found.cost == recount(market, found)


def test_solve_when_there_is_nobody_or_nothing_then_everything_is_left() -> None:
    nobody = solve(dense(np.zeros((2, 0), np.int64), [1, 2], [5, 7], []))
    assert (nobody.cost, nobody.lower_bound, nobody.left.tolist()) == (19, 19, [1, 2])
    assert solve(dense(np.zeros((0, 2), np.int64), [], [], [[1], [2]])).cost == 0
    barred = solve(dense(np.full((2, 2), BARRED), [1, 1], [5, 7], [[1], []]))
    assert (barred.cost, barred.choices.tolist()) == (12, [0, 0])


def test_solve_when_costs_overflow_then_named_refusal() -> None:
    market = dense(np.array([[1, 2], [3, 4]]), [1, 1], [1 << 61, 1 << 61], [[0], [0]])
    with pytest.raises(CostsTooLarge, match="smaller weights"):
        solve(market)
