"""Passing rules: worked cases N1, N2, N3, N7 and properties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.core.rubric import (
    Criterion,
    Level,
    Need,
    PassingRule,
    Reason,
    Rubric,
    RubricError,
    ScoredAndCarried,
    ScoresMissing,
    UnknownCriterion,
    UnknownLevel,
    carry_forward,
    comments_required,
    decide,
    open_criteria,
)

GATE = ("not-yet", "passing")
SCALE = ("developing", "basic", "proficient")


def criterion(key: str, part: str, levels: tuple[str, ...]) -> Criterion:
    steps = tuple(Level(key=level, name=level.title(), descriptor=f"Work at {level}.") for level in levels)
    return Criterion(key=key, part=part, title=key.title(), covers=(key,), levels=steps)


OVERVIEW, REFLECTION = criterion("p1", "part-1", GATE), criterion("p3", "part-3", GATE)
ARTIFACTS = tuple(criterion(key, "part-2", SCALE) for key in "abc")
RUBRIC = Rubric((OVERVIEW, *ARTIFACTS, REFLECTION))
RULE = PassingRule((Need("p1", "passing"), *(Need(key, "proficient") for key in "abc"), Need("p3", "passing")))
N1 = {"p1": "passing", "a": "proficient", "b": "basic", "c": "proficient", "p3": "passing"}


def test_decide_when_one_artifact_is_basic_then_not_yet_with_its_reason() -> None:
    outcome = decide(N1, RUBRIC, RULE)
    assert outcome.result == "not_yet"
    assert [r for r in outcome.reasons if not r.met] == [Reason("b", "basic", "proficient", False, False)]
    assert [r.criterion for r in outcome.reasons] == ["p1", "a", "b", "c", "p3"]


def test_comments_required_when_one_artifact_is_basic_then_that_one() -> None:
    assert comments_required(N1, RUBRIC, RULE) == ("b",)
    assert comments_required({"c": "developing", "a": "developing"}, RUBRIC, RULE) == ("a", "c")


def test_decide_when_carried_forward_and_only_b_rescored_then_earned() -> None:
    first = decide(N1, RUBRIC, RULE)
    assert open_criteria(first) == ("b",)
    second = decide({"b": "proficient"}, RUBRIC, RULE, carried=carry_forward(first))
    assert second.result == "earned"
    assert {r.criterion for r in second.reasons if r.carried} == {"p1", "a", "c", "p3"}
    assert open_criteria(second) == ()


def test_decide_when_carry_forward_is_off_then_attempt_two_stands_alone() -> None:
    again = {**N1, "b": "proficient", "a": "basic"}
    assert decide(again, RUBRIC, RULE).result == "not_yet"
    with pytest.raises(ScoresMissing, match="p1, a, c, p3"):
        decide({"b": "proficient"}, RUBRIC, RULE)


def test_decide_when_the_item_has_no_part_3_then_the_rule_covers_what_exists() -> None:
    rubric, rule = Rubric((OVERVIEW, *ARTIFACTS)), PassingRule(RULE.all_of[:-1])
    scores = {"p1": "passing", "a": "proficient", "b": "proficient", "c": "proficient"}
    assert decide(scores, rubric, rule).result == "earned"
    with pytest.raises(UnknownCriterion, match="p3"):
        decide(scores, rubric, RULE)


def test_decide_when_a_criterion_is_outside_the_rule_then_it_is_scored_but_does_not_decide() -> None:
    rule = PassingRule((Need("p1", "passing"),))
    scores = {**N1, "b": "developing"}
    assert decide(scores, RUBRIC, rule).result == "earned"
    assert comments_required(scores, RUBRIC, rule) == ()


@pytest.mark.parametrize(
    ("scores", "carried", "error"),
    [
        ({**N1, "b": "excellent"}, {}, UnknownLevel),
        ({**N1, "b": "passing"}, {}, UnknownLevel),
        ({**N1, "d": "basic"}, {}, UnknownCriterion),
        (N1, {"d": "basic"}, UnknownCriterion),
        (N1, {"b": "proficient"}, ScoredAndCarried),
        ({}, {}, ScoresMissing),
    ],
)
def test_decide_when_scores_do_not_fit_then_a_named_error(
    scores: dict[str, str], carried: dict[str, str], error: type[RubricError]
) -> None:
    with pytest.raises(error):
        decide(scores, RUBRIC, RULE, carried=carried)


def test_rule_when_it_names_an_unknown_level_then_refused() -> None:
    with pytest.raises(UnknownLevel):
        decide(N1, RUBRIC, PassingRule((Need("p1", "proficient"),)))
    with pytest.raises(RubricError):
        PassingRule(())


levels_of = {c.key: [level.key for level in c.levels] for c in RUBRIC.criteria}
full_scores = st.fixed_dictionaries({key: st.sampled_from(levels) for key, levels in levels_of.items()})
rules = st.lists(st.sampled_from(sorted(levels_of)), min_size=1, unique=True).flatmap(
    lambda keys: st.tuples(*(st.builds(Need, st.just(key), st.sampled_from(levels_of[key])) for key in keys))
)


@given(scores=full_scores, needs=rules, key=st.sampled_from(sorted(levels_of)), data=st.data())
def test_decide_when_any_level_is_raised_then_earned_stays_earned(
    scores: dict[str, str], needs: tuple[Need, ...], key: str, data: st.DataObject
) -> None:
    higher = data.draw(st.sampled_from(levels_of[key][levels_of[key].index(scores[key]) :]))
    before = decide(scores, RUBRIC, PassingRule(needs))
    after = decide({**scores, key: higher}, RUBRIC, PassingRule(needs))
    assert not (before.result == "earned" and after.result == "not_yet")
    assert set(open_criteria(after)) <= set(open_criteria(before))


@given(scores=full_scores, needs=rules, data=st.data())
def test_decide_when_scores_and_lines_come_in_another_order_then_the_same(
    scores: dict[str, str], needs: tuple[Need, ...], data: st.DataObject
) -> None:
    shuffled = dict(data.draw(st.permutations(list(scores.items()))))
    other = PassingRule(tuple(data.draw(st.permutations(list(needs)))))
    assert decide(shuffled, RUBRIC, other) == decide(scores, RUBRIC, PassingRule(needs))


@given(scores=full_scores, needs=rules)
def test_decide_when_it_says_not_yet_then_meeting_the_open_criteria_earns(
    scores: dict[str, str], needs: tuple[Need, ...]
) -> None:
    rule = PassingRule(needs)
    first = decide(scores, RUBRIC, rule)
    assert (first.result == "earned") == (open_criteria(first) == ())
    assert comments_required(scores, RUBRIC, rule) == open_criteria(first)
    kept = carry_forward(first)
    rescored = {key: levels[-1] for key, levels in levels_of.items() if key not in kept}
    assert decide(rescored, RUBRIC, rule, carried=kept).result == "earned"
