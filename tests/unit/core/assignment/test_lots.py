"""The lot: chances of pairs as promised, limits kept, and small pools never left waiting for it."""

from collections import Counter

import numpy as np
import pytest

from tests.unit.core.assignment.people import assessor, work
from touchstone.core.assignment.lots import draw
from touchstone.core.assignment.model import Assessor, Rules, Weights, Work
from touchstone.core.assignment.plan import make_plan
from touchstone.core.assignment.ranking import draw_from, rank_for

RUNS = 600


def batch() -> tuple[list[Work], list[Assessor]]:
    return [work(f"w{n}", reads=1 + n % 2) for n in range(6)], [assessor(f"a{n}", capacity=3) for n in range(9)]


@pytest.mark.parametrize("parts", [2, 4])
def test_plan_when_drawn_often_then_no_pair_is_likelier_than_allowed(parts: int) -> None:
    """With costs that would always choose the same pairs: every pair of the flow must come up 1 in `parts` times.

    600 draws: five standard errors are 0.10 for a half and 0.09 for a quarter.
    """
    works, pool = batch()
    seen: Counter[tuple[str, str]] = Counter()
    weights = Weights(lot=0)
    for seed in range(RUNS):
        plan = make_plan(works, pool, rules=Rules(weights, at_most_one_in=parts, seed=seed))
        assert len(plan.given) == sum(one.reads for one in works)
        seen.update((one.work, one.assessor) for one in plan.given)
    assert len(seen) == parts * sum(one.reads for one in works)
    for times in seen.values():
        assert times / RUNS == pytest.approx(1 / parts, abs=0.10)


def test_draw_when_graphs_are_random_then_works_keep_their_part_and_assessors_at_most_theirs() -> None:
    dice = np.random.default_rng(3)
    for seed in range(200):
        parts, works, many = int(dice.choice([2, 4, 8])), int(dice.integers(1, 6)), int(dice.integers(1, 12))
        need = parts * dice.integers(1, 3, works)
        taken = dice.random((works, many)) < 0.6
        taken &= np.cumsum(taken, axis=1) <= need[:, None]
        work_of, who = np.nonzero(taken)
        kept = draw(work_of, who, need - taken.sum(axis=1), parts=parts, seed=seed)
        assert (np.bincount(work_of[kept], minlength=works) <= need // parts).all()
        full = taken.sum(axis=1) == need
        assert (np.bincount(work_of[kept], minlength=works)[full] == (need // parts)[full]).all()
        held = np.bincount(who, minlength=many)
        drawn = np.bincount(who[kept], minlength=many)
        assert (held // parts <= drawn).all()
        assert (drawn <= -(-held // parts)).all()


def test_plan_when_the_pool_is_too_small_for_the_lot_then_the_work_is_read_all_the_same() -> None:
    for seed in range(20):
        plan = make_plan([work(reads=2)], [assessor("a1"), assessor("a2")], rules=Rules(at_most_one_in=4, seed=seed))
        assert {one.assessor for one in plan.given} == {"a1", "a2"}


def test_draw_from_when_one_work_comes_alone_then_its_readers_are_one_in_k_too() -> None:
    pool = [assessor(f"a{n}", load=n % 4) for n in range(9)]
    seen: Counter[str] = Counter()
    for run in range(RUNS):
        one, rules = work(f"w{run}", reads=2), Rules(at_most_one_in=2, seed=run)
        drawn = draw_from(rank_for(one, pool, rules=rules), one, rules)
        assert len({ranked.assessor for ranked in drawn}) == 2
        seen.update(ranked.assessor for ranked in drawn)
    assert max(seen.values()) / RUNS < 0.5 + 0.10
    assert draw_from(rank_for(work(), pool), work(), Rules())[0] == rank_for(work(), pool).ranked[0]
