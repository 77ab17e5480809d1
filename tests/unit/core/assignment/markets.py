"""Random markets, and their least cost by a linear program that knows nothing of how we solve them."""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import block_diag, coo_matrix, vstack

from touchstone.core.assignment.market import BARRED, Ints, Market


def dense(costs: Ints, need: Sequence[int], unread: Sequence[int], places: Sequence[Sequence[int]]) -> Market:
    """A market with these costs (works × assessors), and per assessor the costs of her places."""
    return Market(
        need=np.array(need, np.int64),
        unread=np.array(unread, np.int64),
        assessors=costs.shape[1],
        place_of=np.repeat(np.arange(costs.shape[1]), [len(row) for row in places]).astype(np.int64),
        place_cost=np.array([cost for row in places for cost in row], np.int64),
        block=lambda works: costs[works],
    )


def random_market(dice: np.random.Generator, *, most: int = 8) -> Market:
    """Up to `most` works and assessors: any share barred, shortage or plenty, wide and narrow costs."""
    works, assessors = dice.integers(1, most + 1, 2)
    costs = dice.integers(0, dice.choice([2, 10, 1_000]), (works, assessors)).astype(np.int64)
    costs[dice.random(costs.shape) < dice.choice([0.05, 0.4, 0.9])] = BARRED
    rise = int(dice.choice([1, 20, 500]))
    places = [sorted(dice.integers(0, rise, dice.integers(0, 4)).tolist()) for _assessor in range(assessors)]
    return dense(costs, dice.integers(1, 4, works).tolist(), dice.integers(1, 3_000, works).tolist(), places)


def least_costs(markets: Sequence[Market]) -> float:
    """The sum of the markets' least costs: one linear program, solved by HiGHS.

    Columns: a share of every open pair, the places filled, the reads left. A transport problem has whole optima.
    """
    programs = [_program(market) for market in markets]
    objective, rows, right, upper = zip(*programs, strict=True)
    answer = linprog(
        np.concatenate(objective),
        A_eq=block_diag(rows),
        b_eq=np.concatenate(right),
        bounds=np.stack((np.zeros(sum(map(len, upper))), np.concatenate(upper)), axis=1),
        method="highs",
    )
    assert answer.status == 0
    return float(answer.fun)


def _program(market: Market) -> tuple[Ints, coo_matrix, Ints, Ints]:
    works, many, places = market.need.size, market.assessors, market.place_of.size
    costs = market.block(np.arange(works))
    work, who = np.nonzero(costs < BARRED)
    pairs = work.size

    def ones(rows: Ints, first: int, width: int, height: int, sign: int = 1) -> coo_matrix:
        columns = first + np.arange(rows.size)
        return coo_matrix((np.full(rows.size, sign), (rows, columns)), (height, width))

    width = pairs + places + works
    reads = ones(work, 0, width, works) + ones(np.arange(works), pairs + places, width, works)
    filled = ones(who, 0, width, many) + ones(market.place_of, pairs, width, many, -1)
    objective = np.concatenate((costs[work, who], market.place_cost, market.unread))
    right = np.concatenate((market.need, np.zeros(many, np.int64)))
    upper = np.concatenate((np.ones(pairs + places, np.int64), market.need))
    return objective, vstack((reads, filled)), right, upper
