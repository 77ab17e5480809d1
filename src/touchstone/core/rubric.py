"""Levels, criteria and passing rules: criterion scores in, a decision with its reasons out.

Nobody types "pass". The result is derived from one level per criterion by the passing rule
of the version that was submitted. Levels are ordinal: they are compared by their place in
the criterion's own list, never averaged.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Result = Literal["earned", "not_yet"]


class RubricError(ValueError):
    """Scores, rubric and rule do not fit together. The message is a plain sentence."""


class UnknownCriterion(RubricError):
    """A score, or a line of the rule, names a criterion the rubric does not have."""


class UnknownLevel(RubricError):
    """A score, or a line of the rule, names a level its criterion does not have."""


class ScoresMissing(RubricError):
    """At least one criterion has neither a score nor a level carried forward."""


class ScoredAndCarried(RubricError):
    """A criterion has both a new score and a level carried forward; only one may stand."""


@dataclass(frozen=True, slots=True)
class Level:
    """One ordered step on a criterion; `descriptor` says what work at this level looks like."""

    key: str
    name: str
    descriptor: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing judged. `part` and `covers` name the part and the prompts or artifacts it looks at.

    `levels` run from lowest to highest.
    """

    key: str
    part: str
    title: str
    covers: tuple[str, ...]
    levels: tuple[Level, ...]

    def rank(self, level: str) -> int:
        """The place of a level key in this criterion, 0 lowest. Raises UnknownLevel."""
        for place, candidate in enumerate(self.levels):
            if candidate.key == level:
                return place
        raise UnknownLevel(f"“{level}” is not a level of the criterion “{self.key}”.")


@dataclass(frozen=True, slots=True)
class Rubric:
    """The published criteria of one version, in the order they are shown and scored."""

    criteria: tuple[Criterion, ...]

    def criterion(self, key: str) -> Criterion:
        """The criterion with this key. Raises UnknownCriterion."""
        for candidate in self.criteria:
            if candidate.key == key:
                return candidate
        raise UnknownCriterion(f"The rubric has no criterion “{key}”.")


@dataclass(frozen=True, slots=True)
class Need:
    """One line of a passing rule: this criterion must reach at least this level."""

    criterion: str
    at_least: str


@dataclass(frozen=True, slots=True)
class PassingRule:
    """Passing rule, schema 1: every line must be met. It names only criteria the item has."""

    all_of: tuple[Need, ...]

    def __post_init__(self) -> None:
        if not self.all_of:
            raise RubricError("A passing rule needs at least one line; an empty one would pass everybody.")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one line of the rule is met or not: level keys reached and needed."""

    criterion: str
    level: str
    needed: str
    met: bool
    carried: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """A decision with one reason per line of the rule, in the rubric's order."""

    result: Result
    reasons: tuple[Reason, ...]


NOTHING_CARRIED: Mapping[str, str] = {}


def decide(
    scores: Mapping[str, str],
    rubric: Rubric,
    rule: PassingRule,
    carried: Mapping[str, str] = NOTHING_CARRIED,
) -> Outcome:
    """Derive the decision of one attempt.

    `scores` and `carried` map criterion keys to level keys: `scores` from this attempt, `carried`
    from the last one, for criteria already met (empty when the version does not carry forward).
    Every criterion of the rubric needs exactly one of the two, also one the rule leaves out.

    Raises UnknownCriterion, UnknownLevel, ScoresMissing, ScoredAndCarried.
    """
    levels = _one_level_each(scores, carried, rubric)
    needed = {need.criterion: need.at_least for need in rule.all_of}
    for key in needed:
        rubric.criterion(key)
    reasons = tuple(
        Reason(
            criterion=criterion.key,
            level=levels[criterion.key],
            needed=needed[criterion.key],
            met=criterion.rank(levels[criterion.key]) >= criterion.rank(needed[criterion.key]),
            carried=criterion.key in carried,
        )
        for criterion in rubric.criteria
        if criterion.key in needed
    )
    return Outcome(result="earned" if all(reason.met for reason in reasons) else "not_yet", reasons=reasons)


def _one_level_each(scores: Mapping[str, str], carried: Mapping[str, str], rubric: Rubric) -> dict[str, str]:
    both = sorted(scores.keys() & carried.keys())
    if both:
        raise ScoredAndCarried(f"Both scored now and carried forward: {', '.join(both)}.")
    levels = {**carried, **scores}
    for key, level in levels.items():
        rubric.criterion(key).rank(level)
    missing = [criterion.key for criterion in rubric.criteria if criterion.key not in levels]
    if missing:
        raise ScoresMissing(f"Not scored yet: {', '.join(missing)}.")
    return levels


def comments_required(scores: Mapping[str, str], rubric: Rubric, rule: PassingRule) -> tuple[str, ...]:
    """The criteria scored below what the rule needs, in the rubric's order; each must carry a comment.

    Works on scores that are not complete yet, so a scoring page can ask as it goes.
    Raises UnknownCriterion, UnknownLevel.
    """
    for key, level in scores.items():
        rubric.criterion(key).rank(level)
    below = {
        need.criterion
        for need in rule.all_of
        if need.criterion in scores and _is_below(rubric.criterion(need.criterion), scores, need)
    }
    return tuple(criterion.key for criterion in rubric.criteria if criterion.key in below)


def _is_below(criterion: Criterion, scores: Mapping[str, str], need: Need) -> bool:
    return criterion.rank(scores[criterion.key]) < criterion.rank(need.at_least)


def open_criteria(outcome: Outcome) -> tuple[str, ...]:
    """What the next attempt must show: the criteria of the rule that were not met."""
    return tuple(reason.criterion for reason in outcome.reasons if not reason.met)


def carry_forward(outcome: Outcome) -> dict[str, str]:
    """What the next attempt may keep: the criteria met now, with the level reached."""
    return {reason.criterion: reason.level for reason in outcome.reasons if reason.met}
