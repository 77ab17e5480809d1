"""Least-cost flow with a proof: solve on few pairs, price all of them, bring in what would help.

A work needs readers, an assessor has places that cost more the fuller she gets, a read that nobody takes has a
price too. On a few likely pairs per work the flow is found by OR-tools (cost scaling; docs/decisions/0018). The prices
of that answer (linear-programming duals) are then held against *every* pair, block by block. A pair that would
lower the cost joins, and the flow is found again; when none is left the answer is the best of all, and before that
the prices give a lower bound (weak duality; Ahuja, Magnanti and Orlin, Network Flows, 1993, chapters 9 and 16.4).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # type: ignore[import-untyped]

from touchstone.core.assignment.market import BARRED, BLOCK, THINNED, Ints, Market
from touchstone.core.assignment.model import AssignmentError

SMALL = 200_000  # pairs from which a sample pays
FEW = 10  # likely pairs per work beyond twice the reads it needs

_NONE: Ints = np.zeros(0, np.int64)


class CostsTooLarge(AssignmentError):
    """The costs are so large that whole numbers of 64 bits would overflow."""


@dataclass(frozen=True, eq=False)
class Flow:
    """The pairs used, the reads nobody takes, cost and a lower bound of the best cost.

    `choices` counts the open pairs of every work; `prices` are what a place with each assessor is worth at the end.
    """

    work: Ints
    assessor: Ints
    left: Ints
    cost: int
    lower_bound: int
    choices: Ints
    prices: Ints


class _Pairs(NamedTuple):
    """Pairs as three columns sorted by work; each work's last one is (work, nobody, cost of a missing read)."""

    work: Ints
    assessor: Ints
    cost: Ints


def solve(market: Market, out_of_time: Callable[[], bool] = lambda: False) -> Flow:
    """The flow of least cost, or the best found when `out_of_time()` says to stop.

    The least it does is one look at all pairs and one flow on the likely ones. Raises CostsTooLarge.
    """
    if not market.need.size or not market.assessors:
        return _nobody_reads(market)
    prices = _opening_prices(market, out_of_time)
    pairs, bound, choices = _likely_pairs(market, prices)
    while True:
        taken, places = _flow(market, pairs)
        cost = int(pairs.cost @ taken) + int(market.place_cost @ places)
        prices, worth = _duals(market, pairs, taken, places)
        better = None if out_of_time() else _priced(market, pairs, taken, prices, worth, out_of_time)
        if better is None:
            break
        found, more = better
        bound = max(bound, found)
        if not more.work.size:
            break
        pairs = _sorted(_joined([pairs, more]))
    used = (taken > 0) & (pairs.assessor < market.assessors)
    left = taken[pairs.assessor == market.assessors]
    return Flow(pairs.work[used], pairs.assessor[used], left, cost, min(bound, cost), choices, prices)


def _nobody_reads(market: Market) -> Flow:
    cost = int(market.need @ market.unread)
    prices = np.zeros(market.assessors, np.int64)
    return Flow(_NONE, _NONE, market.need, cost, cost, np.zeros_like(market.need), prices)


def _opening_prices(market: Market, out_of_time: Callable[[], bool]) -> Ints:
    """The prices of a sample of the market; in a small one each assessor's next place if all are filled alike."""
    if not market.place_of.size:
        return np.zeros(market.assessors, np.int64)
    rooms = np.bincount(market.place_of, minlength=market.assessors)
    share = min(1.0, int(market.need.sum()) / market.place_of.size)
    at = np.cumsum(rooms) - rooms + np.minimum((rooms * share).astype(np.int64), np.maximum(rooms - 1, 0))
    alike = np.where(rooms > 0, market.place_cost[np.minimum(at, market.place_cost.size - 1)], 0)
    if _is_small(market) or out_of_time():
        return alike
    sample = market.sample()
    prices = solve(sample, out_of_time).prices
    return np.where(np.bincount(sample.place_of, minlength=market.assessors) > 0, prices, alike)


def _is_small(market: Market) -> bool:
    """Whether a sample would not pay, or would hold fewer reads than there are assessors."""
    return market.need.size * market.assessors < SMALL or int(market.need.sum()) < THINNED * market.assessors


def _likely_pairs(market: Market, prices: Ints) -> tuple[_Pairs, int, Ints]:
    """The cheapest pairs of every work at these prices, the bound the prices give, and open pairs per work."""
    keep = FEW + 2 * int(market.need.max())
    if _is_small(market):
        keep = max(keep, SMALL // market.need.size)
    found, bound, choices = [_nobody(market)], _places_bound(market, prices), np.zeros_like(market.need)
    for start, stop in _blocks(market):
        costs = market.block(np.arange(start, stop))
        choices[start:stop] = (costs < BARRED).sum(axis=1)
        reduced = costs + prices
        best = _smallest(reduced, keep)
        cheapest = np.take_along_axis(reduced, best, 1)
        bound += _reads_bound(cheapest, market.need[start:stop], market.unread[start:stop])
        row, place = np.nonzero(cheapest < BARRED)
        who = best[row, place]
        found.append(_Pairs(row + start, who, costs[row, who]))
    return _sorted(_joined(found)), bound, choices


def _flow(market: Market, pairs: _Pairs) -> tuple[Ints, Ints]:
    """The least-cost flow on these pairs: units on each pair and on each place."""
    works, many, places = market.need.size, market.assessors, market.place_of.size
    engine, sink = SimpleMinCostFlow(), works + many
    nobody = pairs.assessor == many  # its node is the sink itself
    once = np.where(nobody, market.need[pairs.work], 1)
    engine.add_arcs_with_capacity_and_unit_cost(pairs.work, pairs.assessor + works, once, pairs.cost)
    engine.add_arcs_with_capacity_and_unit_cost(
        market.place_of + works, np.full(places, sink), np.ones(places, np.int64), market.place_cost
    )
    supply = np.concatenate((market.need, np.zeros(many, np.int64), [-market.need.sum()]))
    engine.set_nodes_supplies(np.arange(sink + 1), supply)
    status = engine.solve()
    if status != engine.OPTIMAL:  # a read may always stay unread, so only the size of the costs can stop it
        raise CostsTooLarge(f"The costs are too large to compute with ({status.name}). Use smaller weights.")
    units: Ints = engine.flows(np.arange(pairs.work.size + places)).astype(np.int64)
    return units[: pairs.work.size], units[pairs.work.size :]


def _duals(market: Market, pairs: _Pairs, taken: Ints, places: Ints) -> tuple[Ints, Ints]:
    """Prices of assessors and worths of works: shortest ways from the sink through what the flow leaves open.

    Bellman and Ford's method on whole columns. The flow being the cheapest, there is no negative cycle, and the
    ways are at most as long as there are nodes.
    """
    many = market.assessors
    firsts = _firsts(pairs.work)
    free = np.where((taken > 0) & (pairs.assessor < many), BARRED, pairs.cost)
    used = np.flatnonzero((taken > 0) & (pairs.assessor < many))
    used = used[np.argsort(pairs.assessor[used], kind="stable")]
    holders = _firsts(pairs.assessor[used])
    prices = np.full(many + 1, BARRED)
    prices[many] = 0
    open_places = np.flatnonzero(places == 0)[::-1]
    prices[market.place_of[open_places]] = market.place_cost[open_places]  # the cheapest open place is written last
    while True:
        worth = np.minimum.reduceat(free + prices[pairs.assessor], firsts)
        if not used.size:
            return prices[:many], worth
        offered = np.minimum.reduceat(worth[pairs.work[used]] - pairs.cost[used], holders)
        who = pairs.assessor[used][holders]
        if not (offered < prices[who]).any():
            return prices[:many], worth
        prices[who] = np.minimum(prices[who], offered)


def _priced(
    market: Market, pairs: _Pairs, taken: Ints, prices: Ints, worth: Ints, out_of_time: Callable[[], bool]
) -> tuple[int, _Pairs] | None:
    """The lower bound these prices give, and pairs outside that would lower the cost; None when time ran out."""
    bound, found = _places_bound(market, prices), [_Pairs(_NONE, _NONE, _NONE)]
    held = np.flatnonzero((taken > 0) & (pairs.assessor < market.assessors))
    edges = np.searchsorted(pairs.work[held], np.arange(market.need.size + 1))
    paid = np.add.reduceat(taken * (pairs.cost + np.append(prices, 0)[pairs.assessor]), _firsts(pairs.work))
    for start, stop in _blocks(market):
        if out_of_time():
            return None
        costs = market.block(np.arange(start, stop))
        outside = costs + prices
        mine = held[edges[start] : edges[stop]]
        outside[pairs.work[mine] - start, pairs.assessor[mine]] = BARRED
        rows = np.flatnonzero(outside.min(axis=1) < worth[start:stop])
        bound += int(paid[start:stop].sum() - paid[rows + start].sum())
        if rows.size:
            need, limit = market.need[rows + start], worth[rows + start]
            bound += _reads_bound(costs[rows] + prices, need, market.unread[rows + start])
            best = _smallest(outside[rows], int(need.max()) + FEW)
            row, place = np.nonzero(np.take_along_axis(outside[rows], best, 1) < limit[:, None])
            who = best[row, place]
            found.append(_Pairs(rows[row] + start, who, costs[rows[row], who]))
    return bound, _joined(found)


def _places_bound(market: Market, prices: Ints) -> int:
    """The part of the dual value that assessors give: places cheaper than their price are sold."""
    return int(np.minimum(0, market.place_cost - prices[market.place_of]).sum())


def _reads_bound(reduced: Ints, need: Ints, unread: Ints) -> int:
    """The part of the dual value that works give: each takes its cheapest readers, or leaves reads undone."""
    most = int(need.max())
    cheapest = np.take_along_axis(reduced, _smallest(reduced, most), 1)
    cheapest = np.minimum(np.sort(cheapest, axis=1), unread[:, None])
    asked = np.arange(cheapest.shape[1]) < need[:, None]
    beyond = np.maximum(0, need - cheapest.shape[1])
    return int((cheapest * asked).sum() + (beyond * unread).sum())


def _smallest(rows: Ints, count: int) -> NDArray[np.intp]:
    """Columns of the `count` smallest numbers of each row, in no order."""
    if count >= rows.shape[1]:
        return np.broadcast_to(np.arange(rows.shape[1]), rows.shape)
    return np.argpartition(rows, count - 1, axis=1)[:, :count]


def _blocks(market: Market) -> Iterator[tuple[int, int]]:
    works, size = market.need.size, max(1, BLOCK // max(1, market.assessors))
    return ((start, min(works, start + size)) for start in range(0, works, size))


def _firsts(column: Ints) -> NDArray[np.intp]:
    """Where each run of equal numbers begins in a sorted column."""
    return np.flatnonzero(np.diff(column, prepend=-1))


def _nobody(market: Market) -> _Pairs:
    works = np.arange(market.need.size)
    return _Pairs(works, np.full(works.size, market.assessors), market.unread)


def _joined(columns: list[_Pairs]) -> _Pairs:
    return _Pairs(*(np.concatenate(column) for column in zip(*columns, strict=True)))


def _sorted(pairs: _Pairs) -> _Pairs:
    order = np.lexsort((pairs.assessor, pairs.work))
    return _Pairs(*(column[order] for column in pairs))
