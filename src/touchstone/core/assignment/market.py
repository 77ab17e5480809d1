"""The flow problem as arrays: what there is to give out, to whom, at which cost."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

BARRED = np.int64(1) << 56
"""The cost that stands for "this pair may not be"."""

BLOCK = 1 << 18  # pairs looked at together, so that a block stays in the processor's cache
THINNED = 4


@dataclass(frozen=True, eq=False)
class Market:
    """Works that need readers and assessors who have places, as arrays.

    `need[w]` readers are wanted; `unread[w]` is the cost of each one missing. Place `i` belongs to assessor
    `place_of[i]` and costs `place_cost[i]` (places sorted by assessor, then cost). `block(works)` gives the costs of
    these works against all assessors, a fresh array, BARRED where a pair may not be; all costs from 0 up. A pair is
    used at most once.
    """

    need: Ints
    unread: Ints
    assessors: int
    place_of: Ints
    place_cost: Ints
    block: Callable[[Ints], Ints]

    def shared(self, parts: int) -> "Market":
        """The same market in units of 1/parts of a read: then no pair gets more than that part."""
        return Market(
            self.need * parts,
            self.unread,
            self.assessors,
            np.repeat(self.place_of, parts),
            np.repeat(self.place_cost, parts),
            self.block,
        )

    def sample(self) -> "Market":
        """One work in THINNED and one place in THINNED: a small market with much the same prices."""
        works = self.need.size
        some = np.sort(np.random.default_rng(works).permutation(works)[: -(-works // THINNED)])
        return Market(
            self.need[some],
            self.unread[some],
            self.assessors,
            self.place_of[::THINNED],
            self.place_cost[::THINNED],
            lambda works: self.block(some[works]),
        )
