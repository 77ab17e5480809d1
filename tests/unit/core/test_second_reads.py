"""Two readings of one work: cases A1, A2, A5, A6, the lot, and properties."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.core.test_rubric import N1, RUBRIC, RULE
from touchstone.core import rubric
from touchstone.core.rubric import RubricError, UnknownCriterion, UnknownLevel
from touchstone.core.second_reads import RulingMissing, is_drawn, is_near_the_cut, resolve, settle

EARNED = {**N1, "b": "proficient"}
levels = st.fixed_dictionaries(
    {row.key: st.sampled_from([level.key for level in row.levels]) for row in RUBRIC.criteria}
)


def test_resolve_when_decisions_differ_on_one_criterion_then_that_one_is_disputed() -> None:
    found = resolve(EARNED, N1, RUBRIC, RULE)  # case A1
    assert found.disputed == ("b",)
    assert "b" not in found.levels


def test_resolve_when_levels_are_two_steps_apart_then_disputed_whatever_the_decision() -> None:
    both_not_yet = {**EARNED, "a": "basic"}
    found = resolve({**both_not_yet, "b": "developing"}, {**both_not_yet, "b": "proficient"}, RUBRIC, RULE)  # case A2
    assert found.disputed == ("b",)


def test_resolve_when_one_step_apart_on_the_same_side_then_the_lower_stands() -> None:
    found = resolve({**N1, "b": "developing"}, N1, RUBRIC, RULE)  # case A6: never a level between
    assert found.disputed == ()
    assert found.levels["b"] == "developing"


def test_settle_when_a_third_rules_then_her_level_stands_on_what_was_disputed_alone() -> None:
    found = resolve(EARNED, N1, RUBRIC, RULE)
    assert settle(found, {"b": "proficient", "a": "developing"}) == EARNED
    with pytest.raises(RulingMissing, match="b"):
        settle(found)


def test_resolve_when_the_readings_do_not_fit_then_a_named_error() -> None:
    with pytest.raises(RubricError, match="same criteria"):
        resolve(EARNED, {"a": "basic"}, RUBRIC, RULE)
    with pytest.raises(UnknownCriterion):
        resolve({**EARNED, "charm": "basic"}, {**EARNED, "charm": "basic"}, RUBRIC, RULE)
    with pytest.raises(UnknownLevel):
        resolve({**EARNED, "a": "superb"}, EARNED, RUBRIC, RULE)


@pytest.mark.parametrize(
    ("changed", "near"),
    [({}, False), ({"b": "basic"}, True), ({"b": "developing"}, False), ({"b": "basic", "p1": "not-yet"}, False)],
)
def test_near_the_cut_when_one_step_on_one_criterion_is_missing(changed: dict[str, str], near: bool) -> None:
    assert is_near_the_cut({**EARNED, **changed}, RUBRIC, RULE) is near


@given(levels, levels)
def test_resolve_when_read_in_either_order_then_the_same(first: dict[str, str], second: dict[str, str]) -> None:
    assert resolve(first, second, RUBRIC, RULE) == resolve(second, first, RUBRIC, RULE)


@given(levels)
def test_resolve_when_both_say_the_same_then_it_stands(both: dict[str, str]) -> None:
    assert settle(resolve(both, both, RUBRIC, RULE)) == both


@given(levels, levels)
def test_settle_when_nothing_is_disputed_then_the_decision_is_what_both_readings_say(
    first: dict[str, str], second: dict[str, str]
) -> None:
    found = resolve(first, second, RUBRIC, RULE)
    if not found.disputed:
        results = {rubric.decide(one, RUBRIC, RULE).result for one in (first, second, settle(found))}
        assert len(results) == 1


def test_is_drawn_when_many_are_drawn_then_near_the_share_and_each_the_same_again() -> None:
    drawn = [is_drawn(b"key", f"work {number}", Decimal("0.2")) for number in range(10_000)]
    assert 1_840 < sum(drawn) < 2_160  # four standard deviations
    assert drawn == [is_drawn(b"key", f"work {number}", Decimal("0.2")) for number in range(10_000)]
    assert drawn != [is_drawn(b"another", f"work {number}", Decimal("0.2")) for number in range(10_000)]


def test_is_drawn_when_the_share_is_nothing_or_all_then_none_or_every_one() -> None:
    works = [f"work {number}" for number in range(1_000)]
    assert not any(is_drawn(b"key", work, Decimal(0)) for work in works)
    assert all(is_drawn(b"key", work, Decimal(1)) for work in works)
