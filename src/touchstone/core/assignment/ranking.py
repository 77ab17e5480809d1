"""One work at a time: who should read it, by the same rules and costs as a whole batch."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from touchstone.core.assignment.costs import Costs, place_costs
from touchstone.core.assignment.eligibility import survey
from touchstone.core.assignment.market import BARRED
from touchstone.core.assignment.model import Assessor, Rules, Tie, Work, require_distinct, require_kinds
from touchstone.core.assignment.reasons import Reason, Refusal, refusal, why


@dataclass(frozen=True, slots=True)
class Ranked:
    """An assessor who may read the work, what that costs in points, and the reasons."""

    assessor: str
    cost: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Everybody who may read a work, the least cost first; `refusal` explains when they are fewer than wanted."""

    ranked: tuple[Ranked, ...]
    refusal: Refusal | None


def rank_for(
    work: Work, assessors: Sequence[Assessor], *, ties: Iterable[Tie] = (), rules: Rules | None = None
) -> Ranking:
    """Who may read one work, in the order in which a batch of this work alone would take them.

    Raises DuplicateKey, OutOfRange.
    """
    rules, ties = rules or Rules(), tuple(ties)
    require_distinct("assessors", (assessor.key for assessor in assessors))
    require_kinds(ties)
    field = survey([work], assessors, ties, rules)
    costs = Costs.of(field, rules).of_work(0)
    able = np.flatnonzero(costs < BARRED).tolist()
    points = {who: int(costs[who]) + place_costs(assessors[who], rules.weights)[0] for who in able}
    ranked = tuple(
        Ranked(
            assessors[who].key,
            points[who],
            why(field, 0, who, choices=len(able), held=assessors[who].load + 1),
        )
        for who in sorted(able, key=lambda who: (points[who], who))
    )
    return Ranking(ranked, refusal(field, 0, given=len(ranked)) if len(ranked) < work.reads else None)


def draw_from(ranking: Ranking, work: Work, rules: Rules) -> tuple[Ranked, ...]:
    """The readers of one work: the best ranked, or by lot among the k times as many best under "1 in k".

    Where the pool is too small for that, the lot is drawn among all of it.
    """
    pool = ranking.ranked[: work.reads * rules.at_most_one_in]
    salt = hashlib.blake2b(work.key.encode(), digest_size=8).digest()
    coins = np.random.default_rng([rules.seed, int.from_bytes(salt)])
    places = coins.choice(len(pool), size=min(work.reads, len(pool)), replace=False)
    return tuple(pool[place] for place in sorted(places.tolist()))
