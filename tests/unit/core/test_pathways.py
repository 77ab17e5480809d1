"""Stacks: worked cases W1, W3, W5, W10 and a check against trying every placement."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.core.pathways import NOf, PathwayError, StackRule, progress

REQUIRED = tuple(f"r{n}" for n in range(1, 7))
SERIES = StackRule((*REQUIRED, NOf(1, ("a1", "a2", "a3")), NOf(2, ("b1", "b2", "b3"))))


def test_progress_when_six_required_one_of_a_two_of_b_then_complete() -> None:
    reached = progress(SERIES, {*REQUIRED, "a2", "b1", "b3"})
    assert (reached.complete, reached.have, reached.need, reached.missing) == (True, 9, 9, ())


def test_progress_when_nine_are_held_but_none_of_a_then_not_complete() -> None:
    reached = progress(SERIES, {*REQUIRED, "b1", "b2", "b3"})
    assert (reached.complete, reached.have, reached.need) == (False, 8, 9)
    of_a, of_b = reached.explanation[-2:]
    assert (of_a.have, of_a.met, of_a.options) == (0, False, ("a1", "a2", "a3"))
    assert (of_b.have, of_b.met, of_b.options) == (2, True, ())


def test_progress_when_a_foundational_item_is_also_an_elective_then_it_counts_once() -> None:
    rule = StackRule(("base", NOf(1, ("base", "extra"))))
    reached = progress(rule, {"base"})
    assert (reached.complete, reached.have, reached.need) == (False, 1, 2)
    assert reached.explanation[1].options == ("extra",)
    assert progress(rule, {"base", "extra"}).complete


def test_progress_when_two_groups_share_an_item_then_it_goes_where_it_helps() -> None:
    rule = StackRule((NOf(1, ("shared", "left")), NOf(1, ("shared",))))
    assert progress(rule, {"shared", "left"}).complete
    assert not progress(rule, {"shared"}).complete


def test_progress_when_every_item_of_the_family_is_held_then_complete() -> None:
    family = StackRule(("html", "css", "sharing"))
    assert progress(family, {"html", "css", "sharing", "other"}).complete
    partly = progress(family, {"css"})
    assert (partly.complete, partly.missing) == (False, ("html", "sharing"))


@pytest.mark.parametrize(
    "build",
    [
        lambda: StackRule(()),
        lambda: StackRule(("a", "a")),
        lambda: NOf(0, ("a",)),
        lambda: NOf(3, ("a", "b")),
        lambda: NOf(1, ()),
        lambda: NOf(1, ("a", "a")),
    ],
)
def test_rule_when_it_cannot_mean_anything_then_refused(build) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(PathwayError):
        build()


slugs = st.sampled_from("abcdef")
groups = st.lists(slugs, min_size=1, max_size=4, unique=True).flatmap(
    lambda items: st.builds(NOf, st.integers(1, len(items)), st.just(tuple(items)))
)
rules = st.tuples(st.lists(slugs, max_size=2, unique=True), st.lists(groups, min_size=1, max_size=3)).map(
    lambda pair: StackRule((*pair[0], *pair[1]))
)


def best_by_trying(rule: StackRule, held: frozenset[str]) -> int:
    """The most places filled, over every way to give each held item to one line or none."""
    items = sorted(held)
    best = 0
    for choice in product(range(-1, len(rule.all_of)), repeat=len(items)):
        filled = 0
        for place, member in enumerate(rule.all_of):
            fitting = (member,) if isinstance(member, str) else member.items
            given_here = [i for i, at in zip(items, choice, strict=True) if at == place]
            if all(item in fitting for item in given_here):
                filled += min(len(given_here), 1 if isinstance(member, str) else member.n)
        best = max(best, filled)
    return best


@given(rule=rules, held=st.frozensets(slugs, max_size=5))
def test_progress_when_items_overlap_then_no_placement_fills_more(rule: StackRule, held: frozenset[str]) -> None:
    reached = progress(rule, held)
    assert reached.have == best_by_trying(rule, held)
    used = [item for line in reached.explanation for item in line.counted]
    assert len(used) == len(set(used))
    assert set(used) <= held
    assert reached.complete == (reached.have == reached.need)


@given(rule=rules, held=st.frozensets(slugs), more=slugs)
def test_progress_when_one_more_is_held_then_never_less(rule: StackRule, held: frozenset[str], more: str) -> None:
    assert progress(rule, held | {more}).have >= progress(rule, held).have
