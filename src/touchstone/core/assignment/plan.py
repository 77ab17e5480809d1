"""A whole batch of works given out at once: the plan, its proof, and a reason for everything in it."""

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from touchstone.core.assignment.costs import Costs, place_costs
from touchstone.core.assignment.eligibility import Field, survey
from touchstone.core.assignment.flow import Flow, solve
from touchstone.core.assignment.lots import draw
from touchstone.core.assignment.market import BARRED, Ints, Market
from touchstone.core.assignment.meetings import Meetings, Pair
from touchstone.core.assignment.model import (
    Assessor,
    Bar,
    Rules,
    Tie,
    Work,
    require_distinct,
    require_kinds,
)
from touchstone.core.assignment.reasons import Reason, Refusal, refusal, why

Clock = Callable[[], bool]
Readers = list[list[int]]  # per work the places of its assessors


@dataclass(frozen=True, slots=True)
class Given:
    """One work given to one assessor, with the reasons."""

    work: str
    assessor: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Who reads what, and what nobody can read.

    `cost` is the plan's in points, reads left undone included. `expected` is the cost before meetings were
    repaired (with a lot: the mean over all lots), `lower_bound` what no plan under these rules can beat; the `gap`
    between them is 0 when it is proven best. `meetings_over` counts meetings beyond the cap.
    """

    given: tuple[Given, ...]
    left: tuple[Refusal, ...]
    cost: int
    expected: Fraction
    lower_bound: Fraction
    meetings_over: int
    field: Field = dataclasses.field(repr=False, compare=False)

    @property
    def gap(self) -> Fraction:
        """How much better the best plan could be at most, in points."""
        return self.expected - self.lower_bound

    def bars(self, work: str) -> dict[Bar, tuple[str, ...]]:
        """Who is barred from a work and why, by keys of assessors: for scoring leaders only. KeyError if unknown."""
        place = {known.key: place for place, known in enumerate(self.field.works)}[work]
        return self.field.bars(place)


def make_plan(
    works: Sequence[Work],
    assessors: Sequence[Assessor],
    *,
    ties: Iterable[Tie] = (),
    rules: Rules | None = None,
    met: Mapping[Pair, int] | None = None,
    out_of_time: Clock = lambda: False,
) -> Plan:
    """Give out works at the least cost that the hard rules allow.

    As many reads as possible find a reader, the urgent first. `met` says how often two assessors met before (keys in
    any order). `out_of_time()` is asked between steps; once true, the best plan found so far is finished and
    returned with its gap. Raises DuplicateKey, OutOfRange, CostsTooLarge.
    """
    rules, ties = rules or Rules(), tuple(ties)
    require_distinct("works", (work.key for work in works))
    require_distinct("assessors", (assessor.key for assessor in assessors))
    require_kinds(ties)
    field = survey(works, assessors, ties, rules)
    costs = Costs.of(field, rules)
    flow = solve(costs.market().shared(rules.at_most_one_in), out_of_time)
    readers = _readers(flow, rules, len(works))
    by_lot = {(work, who) for work, hands in enumerate(readers) for who in hands if rules.at_most_one_in > 1}
    if rules.at_most_one_in > 1:
        _complete_without_lot(readers, costs, out_of_time)
    if flow.cost > flow.lower_bound:
        _fill(readers, costs)
    cost = _cost(readers, costs)
    expected = Fraction(flow.cost, rules.at_most_one_in) if rules.at_most_one_in > 1 else Fraction(cost)
    over = _part(readers, costs, rules, met or {})
    return Plan(
        given=_given(readers, field, flow, by_lot, rules),
        left=_left(readers, field),
        cost=cost if rules.meet_cap is None else _cost(readers, costs),
        expected=expected,
        lower_bound=Fraction(flow.lower_bound, rules.at_most_one_in),
        meetings_over=over,
        field=field,
    )


def _readers(flow: Flow, rules: Rules, works: int) -> Readers:
    work, assessor = flow.work, flow.assessor
    if rules.at_most_one_in > 1:
        kept = draw(work, assessor, flow.left, parts=rules.at_most_one_in, seed=rules.seed)
        work, assessor = work[kept], assessor[kept]
    readers: Readers = [[] for _work in range(works)]
    for one, who in zip(work.tolist(), assessor.tolist(), strict=True):
        readers[one].append(who)
    return readers


def _complete_without_lot(readers: Readers, costs: Costs, out_of_time: Clock) -> None:
    """Find readers for works whose pool is too small for a lot: better a likely pair than nobody."""
    market, held = costs.market(), np.array(_held(readers, costs.field))
    missing = market.need - np.array([len(hands) for hands in readers], np.int64)
    short = np.flatnonzero(missing)

    def block(works: Ints) -> Ints:
        rows = costs.block(short[works])
        for row, work in zip(rows, short[works].tolist(), strict=True):
            row[readers[work]] = BARRED
        return rows

    first = np.searchsorted(market.place_of, np.arange(market.assessors))
    free = np.arange(market.place_of.size) - first[market.place_of] >= held[market.place_of]
    rest = Market(
        need=missing[short],
        unread=market.unread[short],
        assessors=market.assessors,
        place_of=market.place_of[free],
        place_cost=market.place_cost[free],
        block=block,
    )
    flow = solve(rest, out_of_time)
    for work, who in zip(short[flow.work].tolist(), flow.assessor.tolist(), strict=True):
        readers[work].append(who)


def _held(readers: Readers, field: Field) -> list[int]:
    """How many works of this plan each assessor has."""
    held = [0] * len(field.assessors)
    for hands in readers:
        for who in hands:
            held[who] += 1
    return held


def _fill(readers: Readers, costs: Costs) -> None:
    """Let nobody who may read and has room stand by while a work waits."""
    field = costs.field
    room = [assessor.room - held for assessor, held in zip(field.assessors, _held(readers, field), strict=True)]
    for place, work in enumerate(field.works):
        if len(readers[place]) < work.reads:
            row = costs.of_work(place)
            for who in np.argsort(row, kind="stable").tolist():
                if row[who] >= BARRED or len(readers[place]) == work.reads:
                    break
                if room[who] > 0 and who not in readers[place]:
                    readers[place].append(who)
                    room[who] -= 1


def _part(readers: Readers, costs: Costs, rules: Rules, met: Mapping[Pair, int]) -> int:
    """Part those who meet too often; answers how many meetings beyond the cap remain."""
    if rules.meet_cap is None:
        return 0
    Meetings(costs, readers, met, rules.meet_cap).repair()
    _fill(readers, costs)  # who handed a work on may have room for one that waits
    return Meetings(costs, readers, met, rules.meet_cap).over()


def _given(readers: Readers, field: Field, flow: Flow, by_lot: set[tuple[int, int]], rules: Rules) -> tuple[Given, ...]:
    held, choices, given = _held(readers, field), flow.choices.tolist(), []
    for place, hands in enumerate(readers):
        for who in hands:
            parts = rules.at_most_one_in if (place, who) in by_lot else 1
            load = field.assessors[who].load + held[who]
            reasons = why(field, place, who, choices=choices[place], held=load, parts=parts)
            given.append(Given(field.works[place].key, field.assessors[who].key, reasons))
    return tuple(given)


def _left(readers: Readers, field: Field) -> tuple[Refusal, ...]:
    return tuple(
        refusal(field, place, given=len(hands))
        for place, hands in enumerate(readers)
        if len(hands) < field.works[place].reads
    )


def _cost(readers: Readers, costs: Costs) -> int:
    """The plan's cost counted anew from who reads what."""
    market, held = costs.market(), _held(readers, costs.field)
    hands = np.array([len(hands) for hands in readers], np.int64)
    work, who = np.repeat(np.arange(hands.size), hands), [who for hands in readers for who in hands]
    places = sum(
        sum(place_costs(assessor, costs.weights)[:many])
        for assessor, many in zip(costs.field.assessors, held, strict=True)
    )
    return int(market.unread @ (market.need - hands)) + places + int(costs.at(work, np.array(who, np.int64)).sum())
