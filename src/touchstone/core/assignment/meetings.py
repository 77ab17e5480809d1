"""Keeping the same two assessors from reading together too often.

A cap on meetings does not fit a flow (the cost of a reader would depend on the other one), so it is repaired
afterwards: a reader who meets another too often hands the work to the cheapest person with room, or exchanges it for
another work when nobody has room. No hard rule breaks, and no other two meet too often by it. The cap is a wish: where
no such step exists it stays broken, and is counted.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations

import numpy as np

from touchstone.core.assignment.costs import Costs, place_costs
from touchstone.core.assignment.market import BARRED
from touchstone.core.assignment.model import Work

Pair = tuple[str, str]
Step = tuple[int, int, int | None]  # what it costs, the new reader, the work she gives in exchange
MOST_TRIED = 40  # other readers tried per reader, the cheapest first


def pair_of(one: str, other: str) -> Pair:
    """Two assessors' keys in a fixed order."""
    return (one, other) if one < other else (other, one)


class Meetings:
    """Who reads what while meetings are repaired, and how often each two meet, earlier runs included."""

    def __init__(self, costs: Costs, readers: list[list[int]], met: Mapping[Pair, int], cap: int) -> None:
        self._costs, self._readers, self._cap = costs, readers, cap
        self._works: list[Work] = list(costs.field.works)
        self._keys = [assessor.key for assessor in costs.field.assessors]
        self._places = [place_costs(assessor, costs.weights) for assessor in costs.field.assessors]
        self._hands: dict[int, set[int]] = defaultdict(set)
        self._met = Counter({pair_of(*pair): times for pair, times in met.items()})
        for work, hands in enumerate(readers):
            for reader in hands:
                self._hands[reader].add(work)
            self._met.update(self._pairs(work))

    def repair(self) -> None:
        """Change readers of works whose two readers meet more often than the cap, where that can be."""
        for work in range(len(self._works)):
            for reader in list(self._readers[work]):
                if any(self._met[pair] > self._cap for pair in self._pairs_with(work, reader)):
                    self._replace(work, reader)

    def over(self) -> int:
        """How many meetings of this run go beyond the cap."""
        now = Counter(pair for work in range(len(self._works)) for pair in self._pairs(work))
        return sum(min(times, max(0, self._met[pair] - self._cap)) for pair, times in now.items())

    def _pairs(self, work: int) -> Iterable[Pair]:
        given = [self._keys[reader] for reader in self._readers[work]]
        yield from (pair_of(one, other) for one, other in combinations(given, 2))
        yield from (pair_of(one, other) for one in given for other in self._works[work].reading)

    def _pairs_with(self, work: int, reader: int) -> list[Pair]:
        key = self._keys[reader]
        others = {self._keys[other] for other in self._readers[work] if other != reader}
        return [pair_of(key, other) for other in sorted(others | self._works[work].reading)]

    def _replace(self, work: int, reader: int) -> None:
        """Give the work to the cheapest other reader: one with room, else one who gives another work in exchange."""
        row = self._costs.of_work(work)
        others = [
            other
            for other in np.argsort(row, kind="stable")[:MOST_TRIED].tolist()
            if row[other] < BARRED and other not in self._readers[work] and self._welcome(work, other, reader)
        ]
        steps: list[Step] = [(int(row[other]) + self._next_place(other), other, None) for other in others]
        steps = [step for step in steps if step[0] < BARRED]
        if not steps:
            steps = [step for other in others for step in self._swaps(int(row[other]), reader, other)]
        if steps:
            _cost, other, swapped = min(steps, key=lambda step: step[0])
            self._change(work, reader, other)
            if swapped is not None:
                self._change(swapped, other, reader)

    def _next_place(self, reader: int) -> int:
        held = len(self._hands[reader])
        return self._places[reader][held] if held < len(self._places[reader]) else int(BARRED)

    def _swaps(self, cost: int, reader: int, other: int) -> list[Step]:
        """What the other reader can give for a work that costs so much with her."""
        works = sorted(self._hands[other] - self._hands[reader])
        rows = self._costs.block(np.array(works, np.int64))
        return [
            (cost + int(rows[row, reader] - rows[row, other]), other, swapped)
            for row, swapped in enumerate(works)
            if rows[row, reader] < BARRED and self._welcome(swapped, reader, other)
        ]

    def _welcome(self, work: int, newcomer: int, leaver: int) -> bool:
        """Whether the newcomer would meet nobody too often if she read this work in place of the leaver."""
        key, gone = self._keys[newcomer], self._keys[leaver]
        others = {self._keys[other] for other in self._readers[work]} | self._works[work].reading
        return all(self._met[pair_of(key, other)] < self._cap for other in others - {gone})

    def _change(self, work: int, leaver: int, newcomer: int) -> None:
        self._met.subtract(self._pairs_with(work, leaver))
        self._readers[work][self._readers[work].index(leaver)] = newcomer
        self._hands[leaver].remove(work)
        self._hands[newcomer].add(work)
        self._met.update(self._pairs_with(work, newcomer))
