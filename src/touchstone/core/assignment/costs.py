"""What each pair costs, in whole points: the soft wishes, added up. The flow is the least sum of them.

A pair costs what its reader lacks in experience (or has to spare), what her full hands mean for urgent work, and
surcharges for allied pools, the earner's own district and earlier assessors where rules let them. A lot between 0
and `weights.lot` decides between equals; it comes from a hash of seed and keys, so it is the same in a batch and alone.
A reader's places cost more the fuller she gets, so the sum is least when all are filled alike.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from touchstone.core.assignment.eligibility import BARS, OPEN, Field
from touchstone.core.assignment.market import BARRED, BLOCK, Ints, Market
from touchstone.core.assignment.model import MOST_TIER, Assessor, Bar, Rules, Weights, Work

MOST_URGENT = 20
_TENTHS = 10

Words = NDArray[np.uint32]


def urgency(work: Work) -> int:
    """0 to 20: a point for each of the ten last days before the promise and each of the first ten days of waiting."""
    return min(10, max(0, 10 - work.due_in_days)) + min(10, work.waiting_days)


def place_costs(assessor: Assessor, weights: Weights) -> list[int]:
    """The cost of each further work for this assessor, rising to `weights.load` for her last place."""
    return [weights.load * held // assessor.capacity for held in range(assessor.load + 1, assessor.capacity + 1)]


@dataclass(frozen=True, eq=False)
class Costs:
    """The costs of all pairs of a field, computed when asked for."""

    field: Field
    weights: Weights
    base: Ints
    tier: Ints
    shut: NDArray[np.bool_]
    urgent: Ints
    busy: Ints
    work_lot: Words
    assessor_lot: Words
    surcharge: Ints

    @classmethod
    def of(cls, field: Field, rules: Rules) -> "Costs":
        """Costs of the field under the rules."""
        weights, assessors = rules.weights, field.assessors
        surcharge = np.zeros(OPEN, np.int64)
        surcharge[[BARS.index(Bar.DISTRICT), BARS.index(Bar.DOMAIN)]] = weights.local
        surcharge[BARS.index(Bar.EARLIER)] = weights.earlier
        return cls(
            field=field,
            weights=weights,
            base=np.stack([_base(assessors, tier, weights) for tier in range(MOST_TIER + 1)]),
            tier=np.array([work.tier for work in field.works], np.int64),
            shut=(field.standing != OPEN) | field.full,
            urgent=np.array([urgency(work) for work in field.works], np.int64),
            busy=np.array([_TENTHS * a.load // max(1, a.capacity) for a in assessors], np.int64),
            work_lot=_lots(rules.seed, [work.key for work in field.works]),
            assessor_lot=_lots(rules.seed, [assessor.key for assessor in assessors]),
            surcharge=surcharge,
        )

    def block(self, works: Ints) -> Ints:
        """Costs of these works (by place) against all assessors; BARRED where a pair may not be."""
        costs: Ints = self.base[self.tier[works]]
        costs += self.weights.urgency * self.urgent[works, None] * self.busy
        costs += _drawn(self.work_lot[works, None] ^ self.assessor_lot, self.weights.lot)
        rows, who, why = self.field.allowed.of(works)
        np.add.at(costs, (rows, who), self.surcharge[why])
        rows, who, _why = self.field.barred.of(works)
        costs[rows, who] = BARRED
        costs[self.shut[self.field.group[works]]] = BARRED
        return costs

    def of_work(self, work: int) -> Ints:
        """Costs of one work against all assessors."""
        costs: Ints = self.block(np.array([work]))[0]
        return costs

    def at(self, work: Ints, assessor: Ints) -> Ints:
        """Costs of single pairs, which must be sorted by work and may be."""
        size = max(1, BLOCK // max(1, len(self.field.assessors)))
        found = [np.zeros(0, np.int64)]
        for start in range(0, len(self.field.works), size):
            these = slice(*np.searchsorted(work, (start, start + size)))
            if these.start < these.stop:
                block = self.block(np.arange(start, min(start + size, len(self.field.works))))
                found.append(block[work[these] - start, assessor[these]])
        return np.concatenate(found)

    def market(self) -> Market:
        """The flow problem of the whole field."""
        assessors, works = self.field.assessors, self.field.works
        places = [place_costs(assessor, self.weights) for assessor in assessors]
        need = np.array([work.reads for work in works], np.int64)
        return Market(
            need=need,
            unread=self._more_than_any_change(int(need.sum())) * (1 + self.urgent),
            assessors=len(assessors),
            place_of=np.repeat(np.arange(len(assessors)), [len(costs) for costs in places]),
            place_cost=np.array([cost for costs in places for cost in costs], np.int64),
            block=self.block,
        )

    def _more_than_any_change(self, reads: int) -> int:
        """More than it can ever cost to shift others along so that one more read finds a reader.

        Shifting passes each assessor once at most. So as many reads as possible find a reader, the urgent first.
        """
        weights = self.weights
        dearest = (
            MOST_TIER * max(weights.missing_tier, weights.spare_tier) + weights.allied + weights.earlier + weights.lot
        )
        dearest += 2 * weights.local + weights.urgency * MOST_URGENT * _TENTHS
        return (dearest + 1) * (1 + min(reads, len(self.field.assessors))) + weights.load


def _base(assessors: Sequence[Assessor], tier: int, weights: Weights) -> Ints:
    """What each assessor costs a work that asks for this tier, whatever the work."""
    tiers = np.array([assessor.tier for assessor in assessors], np.int64)
    costs: Ints = weights.missing_tier * np.maximum(0, tier - tiers) + weights.spare_tier * np.maximum(0, tiers - tier)
    return costs + weights.allied * np.array([assessor.allied for assessor in assessors], np.int64)


def _lots(seed: int, keys: Sequence[str]) -> Words:
    """One number of 32 bits per key, from BLAKE2b of seed and key."""
    salt = hashlib.blake2b(str(seed).encode(), digest_size=16).digest()
    digests = (hashlib.blake2b(key.encode(), digest_size=4, salt=salt).digest() for key in keys)
    return np.frombuffer(b"".join(digests), np.uint32)


def _drawn(mixed: Words, most: int) -> Ints:
    """Numbers from 0 to `most` out of the xor of two lots, by the finalizer of MurmurHash3 (32 bits)."""
    mixed ^= mixed >> np.uint32(16)
    mixed *= np.uint32(0x85EBCA6B)
    mixed ^= mixed >> np.uint32(13)
    mixed *= np.uint32(0xC2B2AE35)
    mixed >>= np.uint32(16)
    mixed *= np.uint32(most + 1)
    mixed >>= np.uint32(16)
    return mixed.astype(np.int64)
