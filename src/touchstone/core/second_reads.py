"""Two independent readings of one piece of work: who gets a second, and what stands when both are in.

Levels are ordinal, so nothing is averaged (cases A1, A2, A6). A criterion goes to a third reader when the two are
two or more steps apart, or when one says its line of the passing rule is met and the other that it is not; the third
reader's level then stands. Everywhere else the two differ by one step on the same side of the line, and the lower
level, which both saw reached, is what the earner is told.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from touchstone.core.rubric import Criterion, PassingRule, Rubric, RubricError

NOTHING_RULED: Mapping[str, str] = {}


class RulingMissing(RubricError):
    """Two readings disagree on a criterion that no third reader has ruled on."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What two readings come to: ``levels`` where they settle it, ``disputed`` criteria in the rubric's order."""

    levels: Mapping[str, str]
    disputed: tuple[str, ...]


def is_drawn(key: bytes, work: str, share: Decimal) -> bool:
    """Whether this piece of work is among the ``share`` (0 to 1) that gets a second reading by lot.

    The lot is HMAC-SHA256 of the work's id under a secret key, read as a fraction of 1: nobody without the key can
    foresee it, nobody can draw again until it suits, and whoever holds the key can prove each draw afterwards.
    """
    digest = hmac.new(key, work.encode(), hashlib.sha256).digest()
    return Decimal(int.from_bytes(digest, "big")) < share * (1 << 256)


def is_near_the_cut(levels: Mapping[str, str], rubric: Rubric, rule: PassingRule) -> bool:
    """Whether one more step on one criterion would have made a *not yet* an *earned*.

    ``levels`` holds a level for every criterion of the rule. Raises UnknownCriterion, UnknownLevel.
    """
    short = 0
    for need in rule.all_of:
        criterion = rubric.criterion(need.criterion)
        short += max(0, criterion.rank(need.at_least) - criterion.rank(levels[need.criterion]))
    return short == 1


def resolve(first: Mapping[str, str], second: Mapping[str, str], rubric: Rubric, rule: PassingRule) -> Resolution:
    """Bring two readings of the same criteria together. Raises UnknownCriterion, UnknownLevel, RubricError."""
    if first.keys() != second.keys():
        raise RubricError("Two readings can be brought together only when both scored the same criteria.")
    needed = {need.criterion: need.at_least for need in rule.all_of}
    for key in first.keys() - {criterion.key for criterion in rubric.criteria}:
        rubric.criterion(key)
    levels, disputed = {}, []
    for criterion in rubric.criteria:
        if criterion.key not in first:
            continue
        pair = (first[criterion.key], second[criterion.key])
        if _is_disputed(criterion, pair, needed.get(criterion.key)):
            disputed.append(criterion.key)
        else:
            levels[criterion.key] = min(pair, key=criterion.rank)
    return Resolution(levels, tuple(disputed))


def settle(resolution: Resolution, ruling: Mapping[str, str] = NOTHING_RULED) -> dict[str, str]:
    """The levels that stand, the third reader's on what was disputed. Raises RulingMissing."""
    missing = [key for key in resolution.disputed if key not in ruling]
    if missing:
        raise RulingMissing(f"Two readings disagree and nobody has ruled yet on: {', '.join(missing)}.")
    return {**resolution.levels, **{key: ruling[key] for key in resolution.disputed}}


def _is_disputed(criterion: Criterion, pair: tuple[str, str], needed: str | None) -> bool:
    low, high = sorted(criterion.rank(level) for level in pair)
    straddles = needed is not None and low < criterion.rank(needed) <= high
    return straddles or high - low > 1
