"""The cap on how often two assessors read together."""

from collections import Counter
from itertools import combinations

import numpy as np

from tests.unit.core.assignment.people import assessor, work
from touchstone.core.assignment.model import Assessor, Rules, Weights, Work
from touchstone.core.assignment.plan import Plan, make_plan

LOOSE = Weights(lot=0, load=0)


def meetings(plan: Plan) -> Counter[tuple[str, str]]:
    hands: dict[str, list[str]] = {}
    for one in plan.given:
        hands.setdefault(one.work, []).append(one.assessor)
    return Counter(pair for readers in hands.values() for pair in combinations(sorted(readers), 2))


def test_plan_when_two_would_always_meet_then_the_cap_parts_them() -> None:
    works, pool = (
        [work(f"w{n}", reads=2) for n in range(6)],
        [assessor(f"a{n}", capacity=6) for n in range(5)],
    )
    free, capped = (make_plan(works, pool, rules=Rules(LOOSE, meet_cap=cap)) for cap in (None, 1))
    assert max(meetings(free).values()) > 1
    assert max(meetings(capped).values()) == 1
    assert (capped.meetings_over, len(capped.given)) == (0, 12)


def test_plan_when_everybody_is_full_then_readers_are_exchanged() -> None:
    works, pool = (
        [work(f"w{n}", reads=2) for n in range(6)],
        [assessor(f"a{n}", capacity=3) for n in range(4)],
    )
    plan = make_plan(works, pool, rules=Rules(LOOSE, meet_cap=1))
    assert max(meetings(plan).values()) == 1
    assert set(Counter(one.assessor for one in plan.given).values()) == {3}


def test_plan_when_they_met_before_or_read_it_now_then_that_counts() -> None:
    pool = [assessor("a1"), assessor("a2"), assessor("a3", load=4)]
    rules = Rules(meet_cap=2)
    before = make_plan([work(reads=2)], pool, rules=rules, met={("a2", "a1"): 2})
    assert ("a1", "a2") not in meetings(before)
    beside = make_plan([work(reading=frozenset({"a1"}))], pool, rules=rules, met={("a1", "a2"): 2})
    assert [one.assessor for one in beside.given] == ["a3"]


def test_plan_when_the_cap_cannot_hold_then_the_work_is_read_and_the_excess_is_counted() -> None:
    works = [work(f"w{n}", reads=2) for n in range(3)]
    plan = make_plan(works, [assessor("a1"), assessor("a2")], rules=Rules(meet_cap=1))
    assert (len(plan.given), plan.meetings_over) == (6, 2)


def crowd(seed: int, people: int = 14, capacity: int = 14) -> tuple[list[Work], list[Assessor]]:
    dice = np.random.default_rng(seed)
    works = [work(f"w{n}", reads=2, tier=int(dice.integers(3))) for n in range(60)]
    tiers, loads = dice.integers(3, size=people).tolist(), dice.integers(3, size=people).tolist()
    return works, [
        assessor(f"a{n}", capacity=capacity, tier=tier, load=load)
        for n, (tier, load) in enumerate(zip(tiers, loads, strict=True))
    ]


def test_plan_when_nearly_every_meeting_is_needed_then_the_cap_still_holds() -> None:
    """60 works for 36 pairs that may meet twice."""
    for seed in range(6):
        works, pool = crowd(seed, people=9, capacity=20)
        plan = make_plan(works, pool, rules=Rules(meet_cap=2))
        assert plan.meetings_over == 0
        assert max(meetings(plan).values()) == 2


def test_plan_when_repaired_then_limits_hold_and_the_cost_never_falls_below_the_bound() -> None:
    for seed in range(6):
        works, pool = crowd(seed)
        free, capped = (make_plan(works, pool, rules=Rules(meet_cap=cap)) for cap in (None, 1))
        held = Counter(one.assessor for one in capped.given)
        assert all(held[who.key] <= who.room for who in pool)
        assert len({(one.work, one.assessor) for one in capped.given}) == 120
        assert capped.cost >= free.cost == capped.expected == capped.lower_bound
        excess = sum(max(0, times - 1) for times in meetings(capped).values())
        assert capped.meetings_over == excess < sum(max(0, times - 1) for times in meetings(free).values())
