"""Invents what a season of scoring leaves behind: works, who read them, and the levels they gave."""

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from touchstone.core.content import Item
from touchstone.core.rubric import Criterion
from touchstone.insights.enums import ValidityKind

ITEM = "design-challenge"
# Logits above the average assessor; chidinma begins like the others.
SEVERITY = {"priyanka": -0.6, "ruth": 0.0, "tomasz": 0.4, "chidinma": 0.1}
DRIFTING, DRIFT, DRIFT_SINCE = "chidinma", 1.8, timedelta(weeks=8)
WORKS, SEASON = 84, timedelta(weeks=15)
QUALITY_MEAN, QUALITY_SPREAD, FIRST_STEP, STEP = 2.6, 3.2, -1.4, 2.8
DIFFICULTY = 0.25  # logits from one criterion to the next, around their middle
# What its validity record holds: kind, weeks ago, words. Invented, as everything here.
VALIDITY = (
    (
        ValidityKind.PANEL,
        34,
        "Seven teachers of science and design, grades 3 to 8, read the rubric without its levels' names and sorted nine"
        " pieces of work into the levels. They agreed on all but one of 54 placings after talking.",
    ),
    (
        ValidityKind.ALIGNMENT,
        33,
        "Three of them judged each criterion against the competency: five are direct, “Reflection” is supporting.",
    ),
    (
        ValidityKind.PILOT,
        26,
        "Twelve educators tried it. Two asked what counts as a test: the descriptor of “Tests and improvements” now"
        " says that one measured comparison is enough.",
    ),
)


@dataclass(frozen=True)
class Reading:
    """Who read, when she took it in hand and sent it, and criterion -> level."""

    assessor: str
    accepted_at: datetime
    scored_at: datetime
    levels: Mapping[str, str]


@dataclass(frozen=True)
class Work:
    """One piece of work: two readings, and a third reader with all her levels, used where the two disagree."""

    begun_at: datetime
    submitted_at: datetime
    readings: tuple[Reading, Reading]
    third: Reading


def invent(item: Item, now: datetime) -> Iterator[Work]:
    """The season, the oldest work first. The same moment brings the same season."""
    rng = random.Random(ITEM)  # noqa: S311 - invents works, guards nothing
    for number in range(WORKS):
        age = SEASON * (1 - number / WORKS) + timedelta(days=2, minutes=rng.randrange(600))
        handed_in, quality = now - age, rng.gauss(QUALITY_MEAN, QUALITY_SPREAD)
        readers = rng.sample(sorted(SEVERITY), 3)
        one, other, third = (
            _read(rng, item, quality, name, handed_in + timedelta(hours=6 + 9 * place), now)
            for place, name in enumerate(readers)
        )
        yield Work(handed_in - timedelta(days=9), handed_in, (one, other), third)


def _read(rng: random.Random, item: Item, quality: float, assessor: str, accepted: datetime, now: datetime) -> Reading:
    scored = accepted + timedelta(minutes=rng.randrange(35, 180))
    severity = SEVERITY[assessor] + (DRIFT if assessor == DRIFTING and now - scored < DRIFT_SINCE else 0.0)
    middle = (len(item.rubric.criteria) - 1) / 2
    levels = {
        row.key: _level(rng, row, quality - severity - DIFFICULTY * (place - middle))
        for place, row in enumerate(item.rubric.criteria)
    }
    return Reading(assessor, accepted, scored, levels)


def _level(rng: random.Random, criterion: Criterion, location: float) -> str:
    """Drawn from the partial-credit model (Masters 1982, Psychometrika 47, 149-174)."""
    reached, weights = 0.0, [1.0]
    for step in range(len(criterion.levels) - 1):
        reached += location - (FIRST_STEP + STEP * step)
        weights.append(math.exp(reached))
    keys: Sequence[str] = [level.key for level in criterion.levels]
    return rng.choices(keys, weights)[0]
