"""Drawing a whole assignment out of a fractional one, so that nobody can count on a certain reader.

Against collusion no pair may be likelier than 1 in k (Jecmen et al., Mitigating Manipulation in Peer Review via
Randomized Reviewer Assignments, 2020). The flow solved in units of 1/k read gives every pair 0 or 1/k. For k a power
of two the draw is halving: walk the graph of pairs in trails, deal the pairs of each trail alternately into two
halves, toss a coin per trail for the half to keep (Euler partition; Gabow, 1976). Each pair stays with chance
exactly 1/2, each work keeps exactly half its readers, each assessor half hers, rounded either way, so never more
than her places.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from touchstone.core.assignment.market import Ints


def draw(work: Ints, assessor: Ints, left: Ints, *, parts: int, seed: int) -> NDArray[np.bool_]:
    """Which pairs are drawn, each with chance 1/parts (a power of two).

    `work` and `assessor` are the pairs that hold 1/parts each; `left[w]` parts of work w that nobody holds. Pairs and
    left parts of a work must be a multiple of `parts`; what is drawn of it is that number divided by `parts`.
    """
    coins = np.random.default_rng(seed)
    nobody = int(assessor.max(initial=-1)) + 1
    ends = np.concatenate((work, np.repeat(np.arange(left.size), left)))
    others = np.concatenate((assessor, np.full(int(left.sum()), nobody))) + left.size
    kept = np.arange(ends.size)
    while parts > 1:
        kept = kept[_half(ends[kept].tolist(), others[kept].tolist(), coins)]
        parts //= 2
    drawn = np.zeros(ends.size, bool)
    drawn[kept] = True
    return drawn[: work.size]


def _half(ends: list[int], others: list[int], coins: np.random.Generator) -> NDArray[np.bool_]:
    keep = np.zeros(len(ends), bool)
    for trail in _trails(ends, others):
        keep[trail[int(coins.integers(2)) :: 2]] = True
    return keep


def _trails(ends: list[int], others: list[int]) -> Iterator[list[int]]:
    """Every edge once, in trails as long as they go: first those between nodes of odd degree, then the closed ones."""
    at: list[list[int]] = [[] for _node in range(max(others, default=-1) + 1)]
    for edge, (one, other) in enumerate(zip(ends, others, strict=True)):
        at[one].append(edge)
        at[other].append(edge)
    walked = [False] * len(ends)
    odd_first = sorted(range(len(at)), key=lambda node: len(at[node]) % 2 == 0)
    for start in odd_first:
        while trail := _walk(start, at, walked, ends, others):
            yield trail


def _walk(node: int, at: list[list[int]], walked: list[bool], ends: list[int], others: list[int]) -> list[int]:
    trail: list[int] = []
    while True:
        while at[node] and walked[at[node][-1]]:
            at[node].pop()
        if not at[node]:
            return trail
        edge = at[node].pop()
        walked[edge] = True
        trail.append(edge)
        node = others[edge] if node == ends[edge] else ends[edge]
