"""Plans break no hard rule, leave no work waiting beside somebody free, explain everything, and agree with rankings."""

from collections import Counter, defaultdict

import pytest
from hypothesis import given, settings

from tests.unit.core.assignment.people import assessor, at, batches, forbidden, work
from touchstone.core.assignment import flow
from touchstone.core.assignment.model import (
    Assessor,
    Bar,
    DuplicateKey,
    OutOfRange,
    Rules,
    Tie,
    Weights,
    Work,
)
from touchstone.core.assignment.plan import Plan, make_plan
from touchstone.core.assignment.ranking import rank_for

Batch = tuple[list[Work], list[Assessor], tuple[Tie, ...], Rules]


def readers_of(plan: Plan) -> dict[str, set[str]]:
    readers: dict[str, set[str]] = defaultdict(set)
    for one in plan.given:
        assert one.assessor not in readers[one.work]
        readers[one.work].add(one.assessor)
    return readers


def others_than_earlier(one: Work, batch: Batch) -> int:
    _works, assessors, ties, rules = batch
    return sum(not forbidden(one, who, ties, rules) and who.key not in one.earlier for who in assessors)


def bars_of(one: Work, who: Assessor, batch: Batch) -> set[Bar]:
    """Every bar of a pair but capacity."""
    _works, _assessors, ties, rules = batch
    returns = rules.earlier_may_return and others_than_earlier(one, batch) < one.reads
    earlier = who.key in one.earlier and not returns
    return forbidden(one, who, ties, rules) | ({Bar.EARLIER} if earlier else set())


def may_read(one: Work, who: Assessor, batch: Batch) -> bool:
    return not bars_of(one, who, batch)


@settings(max_examples=120, deadline=None)
@given(batches())
def test_plan_when_anything_is_given_out_then_no_hard_rule_is_broken(batch: Batch) -> None:
    check_hard_rules(batch)


@pytest.mark.long
@settings(max_examples=3_000, deadline=None)
@given(batches())
def test_plan_when_very_much_is_given_out_then_no_hard_rule_is_broken(batch: Batch) -> None:
    check_hard_rules(batch)


def check_hard_rules(batch: Batch) -> None:
    works, assessors, ties, rules = batch
    plan = make_plan(works, assessors, ties=ties, rules=rules)
    readers, by_key = readers_of(plan), {who.key: who for who in assessors}
    held = Counter(one.assessor for one in plan.given)
    for who in assessors:
        assert held[who.key] <= max(0, who.capacity - who.load)
    for one in works:
        assert len(readers[one.key]) <= one.reads
        assert all(may_read(one, by_key[key], batch) for key in readers[one.key])
        if len(readers[one.key]) < one.reads:
            free = [who for who in assessors if held[who.key] < who.room and who.key not in readers[one.key]]
            assert not any(may_read(one, who, batch) for who in free)
    assert plan.lower_bound <= plan.expected


@settings(max_examples=60, deadline=None)
@given(batches())
def test_plan_when_a_work_lacks_readers_then_the_counts_explain_everybody(batch: Batch) -> None:
    works, assessors, ties, rules = batch
    plan = make_plan(works, assessors, ties=ties, rules=rules)
    readers = readers_of(plan)
    assert {one.work for one in plan.left} == {one.key for one in works if len(readers[one.key]) < one.reads}
    for refusal in plan.left:
        one = next(one for one in works if one.key == refusal.work)
        assert refusal.qualified == sum(one.item in who.items for who in assessors)
        assert refusal.qualified == refusal.given + refusal.taken + sum(refusal.bars.values())
        assert min([refusal.taken, *refusal.bars.values()]) >= 0
        for bar, keys in plan.bars(one.key).items():
            for who in (who for who in assessors if who.key in keys):
                said = bars_of(one, who, batch) | ({Bar.FULL} if who.room == 0 else set())
                assert bar == min(said, key=list(Bar).index)


@settings(max_examples=60, deadline=None)
@given(batches())
def test_ranking_when_a_work_comes_alone_then_a_batch_of_it_costs_the_same(batch: Batch) -> None:
    works, assessors, ties, rules = batch
    rules = Rules(local_pool=rules.local_pool, earlier_may_return=rules.earlier_may_return, seed=rules.seed)
    for one in works[:1]:
        plan = make_plan([one], assessors, ties=ties, rules=rules)
        ranking = rank_for(one, assessors, ties=ties, rules=rules)
        best = ranking.ranked[: one.reads]
        costs = {ranked.assessor: ranked.cost for ranked in ranking.ranked}
        assert sum(costs[one.assessor] for one in plan.given) == sum(ranked.cost for ranked in best)
        assert len(plan.given) == len(best)
        assert (ranking.refusal,) == (plan.left or (None,))
        if not plan.left:
            assert plan.cost == sum(ranked.cost for ranked in best)


@pytest.mark.parametrize("kind", [Bar.SCHOOL, Bar.DISTRICT, Bar.DOMAIN, Bar.STATE, Bar.COHORT])
def test_plan_when_earner_and_assessor_share_a_circle_then_somebody_else_reads(kind: Bar) -> None:
    plan = make_plan([work(circles=at(kind, "x"))], [assessor("near", circles=at(kind, "x")), assessor("far", load=4)])
    assert [one.assessor for one in plan.given] == ["far"]


def test_plan_when_the_only_assessor_coaches_the_cohort_then_nobody_and_that_is_said() -> None:
    plan = make_plan([work()], [assessor("coach")], ties=[Tie("earner of w1", "coach", Bar.COACH)])
    assert not plan.given
    assert plan.left[0].bars == {Bar.COACH: 1}
    assert plan.bars("w1") == {Bar.COACH: ("coach",)}


def test_plan_when_the_own_pool_is_tied_then_the_allied_pool_reads() -> None:
    pool = [assessor("own", circles=at(Bar.SCHOOL, "x")), assessor("allied", allied=True)]
    plan = make_plan([work(circles=at(Bar.SCHOOL, "x"))], pool)
    assert [one.assessor for one in plan.given] == ["allied"]
    assert "allied" in {reason.key for reason in plan.given[0].reasons}


def test_plan_when_the_item_has_a_local_pool_then_the_district_may_but_the_school_may_not() -> None:
    near = assessor("near", circles=at(Bar.DISTRICT, "d"))
    nearer = assessor("nearer", circles=at(Bar.DISTRICT, "d") | at(Bar.SCHOOL, "s"))
    one = work(circles=at(Bar.DISTRICT, "d") | at(Bar.SCHOOL, "s"))
    assert not make_plan([one], [near, nearer]).given
    plan = make_plan([one], [near, nearer], rules=Rules(local_pool=frozenset({"asking"})))
    assert [(one.assessor, one.reasons[-1].key) for one in plan.given] == [("near", "local")]


def test_plan_when_a_small_pool_may_return_then_the_earlier_assessor_only_if_nobody_else_could() -> None:
    rules, again = Rules(earlier_may_return=True), work(earlier=frozenset({"a1"}))
    assert [one.assessor for one in make_plan([again], [assessor("a1"), assessor("a2", load=4)]).given] == ["a2"]
    busy = make_plan([again], [assessor("a1"), assessor("a2", load=5)], rules=rules)
    assert busy.left[0].bars == {Bar.EARLIER: 1, Bar.FULL: 1}
    alone = make_plan([again], [assessor("a1")], rules=rules)
    assert alone.given[0].reasons[-1].key == "earlier"


def test_plan_when_places_are_short_then_the_urgent_work_is_read() -> None:
    works = [work("calm"), work("late", due_in_days=-2), work("waited", waiting_days=9)]
    plan = make_plan(works, [assessor(capacity=2)])
    assert {one.work for one in plan.given} == {"late", "waited"}
    assert (plan.left[0].work, plan.left[0].taken) == ("calm", 1)


def test_plan_when_everybody_fits_then_loads_are_levelled_by_share() -> None:
    plan = make_plan([work(f"w{n}") for n in range(12)], [assessor("big", capacity=16), assessor("small", capacity=8)])
    held = Counter(one.assessor for one in plan.given)
    assert held == {"big": 8, "small": 4}


def test_plan_when_a_work_asks_for_experience_then_it_goes_to_the_experienced() -> None:
    works = [work("hard", tier=2), work("plain")]
    plan = make_plan(works, [assessor("senior", tier=2), assessor("junior")])
    assert {(one.work, one.assessor) for one in plan.given} == {("hard", "senior"), ("plain", "junior")}


def test_plan_when_run_twice_then_the_same_and_another_seed_gives_another_lot() -> None:
    works, pool = [work(f"w{n}") for n in range(20)], [assessor(f"a{n}", capacity=10) for n in range(10)]
    plans = [readers_of(make_plan(works, pool, rules=Rules(seed=seed))) for seed in (1, 1, 2)]
    assert plans[0] == plans[1] != plans[2]


def test_plan_when_time_is_out_from_the_start_then_all_who_can_be_given_are() -> None:
    works, pool = [work(f"w{n}", reads=2) for n in range(20)], [assessor(f"a{n}") for n in range(8)]
    plan = make_plan(works, pool, out_of_time=lambda: True)
    assert len(plan.given) == 40
    assert plan.gap >= 0


def test_plan_when_time_is_out_and_likely_readers_are_full_then_unlikely_ones_are_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(flow, "FEW", 0)
    monkeypatch.setattr(flow, "SMALL", 1)
    pool = [assessor(f"a{n}", capacity=3) for n in range(2)] + [assessor(f"b{n}", tier=9) for n in range(4)]
    plan = make_plan([work(f"w{n}") for n in range(8)], pool, out_of_time=lambda: True)
    assert Counter(one.assessor[0] for one in plan.given) == {"a": 6, "b": 2}
    best = make_plan([work(f"w{n}") for n in range(8)], pool)
    assert plan.lower_bound < best.lower_bound == best.cost < plan.cost == plan.expected


@pytest.mark.parametrize(
    ("build", "error", "sentence"),
    [
        (lambda: work(reads=0), OutOfRange, "reads of work w1 must be a whole number from 1"),
        (lambda: work(reads=1.5), OutOfRange, "whole number"),
        (lambda: work(due_in_days=10**9), OutOfRange, "promise"),
        (lambda: work(circles=at(Bar.KIN, "x")), OutOfRange, "not a kind of circle"),
        (lambda: assessor(capacity=-1), OutOfRange, "capacity of assessor a1"),
        (lambda: Weights(load=-1), OutOfRange, "weight load"),
        (lambda: Rules(at_most_one_in=3), OutOfRange, "1 in 1, 2, 4 or 8"),
        (lambda: Rules(seed=-1), OutOfRange, "seed"),
        (lambda: make_plan([work(), work()], []), DuplicateKey, "two works with the key w1"),
        (lambda: make_plan([], [assessor(), assessor()]), DuplicateKey, "two assessors with the key a1"),
        (lambda: make_plan([work()], [], ties=[Tie("e", "a", Bar.FULL)]), OutOfRange, "not a kind of tie"),
    ],
)
def test_input_when_it_cannot_mean_anything_then_named_refusal(build, error, sentence) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(error, match=sentence):
        build()
