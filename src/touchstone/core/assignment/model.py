"""What is known when work is given out: works, assessors, ties, rules. Frozen and plain."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

MOST_READS = 8
MOST_TIER = 9
MOST_DAYS = 36_500
MOST_WEIGHT = 10_000
SHARES = (1, 2, 4, 8)


class AssignmentError(ValueError):
    """Input that cannot mean anything. The message is a plain sentence."""


class DuplicateKey(AssignmentError):
    """Two works or two assessors have the same key."""


class OutOfRange(AssignmentError):
    """A number outside what it may be."""


class Bar(StrEnum):
    """Why somebody may not score a work, in the order in which one reason is chosen when several hold."""

    UNQUALIFIED = "unqualified"
    UNCONFIRMED = "unconfirmed"
    LANGUAGE = "language"
    SELF = "self"
    SCHOOL = "school"
    SUPERVISOR = "supervisor"
    COACH = "coach"
    KIN = "kin"
    CO_AUTHOR = "co_author"
    COHORT = "cohort"
    PEER_REVIEWER = "peer_reviewer"
    KNOWS = "knows"
    DISTRICT = "district"
    DOMAIN = "domain"
    STATE = "state"
    READING = "reading"
    EARLIER = "earlier"
    DECLINED = "declined"
    FULL = "full"


LOCAL = frozenset({Bar.DISTRICT, Bar.DOMAIN})
"""Ties that an item's local pool allows."""

PERSONAL = frozenset({Bar.SUPERVISOR, Bar.COACH, Bar.KIN, Bar.CO_AUTHOR, Bar.COHORT, Bar.PEER_REVIEWER, Bar.KNOWS})
"""Ties between two people, whatever they say of themselves."""

TIES = frozenset({Bar.SCHOOL, *PERSONAL, *LOCAL})
CIRCLES = frozenset({Bar.SCHOOL, Bar.COHORT, Bar.STATE, *LOCAL})


class Circle(NamedTuple):
    """A group people belong to: two members of one circle are tied. `kind` is one of CIRCLES.

    A work names its state only when its earner has no employer: then nobody of that state reads it.
    """

    kind: Bar
    name: str


class Tie(NamedTuple):
    """A tie between one earner and one assessor, by their keys. `kind` is one of TIES."""

    earner: str
    assessor: str
    kind: Bar


@dataclass(frozen=True, slots=True)
class Work:
    """One attempt that needs readers.

    `reads` readers are still wanted, beside those who are `reading` it now. `tier` is the experience asked for
    (0 none in particular). `due_in_days` counts to the promised day, below zero when it has passed.
    `earlier`, `reading` and `declined` are keys of assessors.
    """

    key: str
    item: str
    earner: str
    language: str = "en"
    reads: int = 1
    tier: int = 0
    waiting_days: int = 0
    due_in_days: int = 10
    circles: frozenset[Circle] = frozenset()
    earlier: frozenset[str] = frozenset()
    reading: frozenset[str] = frozenset()
    declined: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        _within(f"The reads of work {self.key}", self.reads, 1, MOST_READS)
        _within(f"The tier asked for by work {self.key}", self.tier, 0, MOST_TIER)
        _within(f"The waiting days of work {self.key}", self.waiting_days, 0, MOST_DAYS)
        _within(f"The days to the promise of work {self.key}", self.due_in_days, -MOST_DAYS, MOST_DAYS)
        _circles_only(f"work {self.key}", self.circles)


@dataclass(frozen=True, slots=True)
class Assessor:
    """Somebody who scores: qualified for `items`, reads `languages`, holds `load` works of at most `capacity`.

    `confirmed` says that identity and employers are confirmed; without it she scores nobody.
    `allied` marks the pool of an allied issuer, asked when the own pool does not suffice.
    """

    key: str
    items: frozenset[str]
    confirmed: bool
    languages: frozenset[str] = frozenset({"en"})
    capacity: int = 10
    load: int = 0
    tier: int = 0
    circles: frozenset[Circle] = frozenset()
    allied: bool = False

    def __post_init__(self) -> None:
        _within(f"The capacity of assessor {self.key}", self.capacity, 0, 10_000)
        _within(f"The load of assessor {self.key}", self.load, 0, 10_000)
        _within(f"The tier of assessor {self.key}", self.tier, 0, MOST_TIER)
        _circles_only(f"assessor {self.key}", self.circles)

    @property
    def room(self) -> int:
        """How many more works she can take."""
        return max(0, self.capacity - self.load)


@dataclass(frozen=True, slots=True)
class Weights:
    """What each soft wish costs, in points. `load` is the cost of a reader's last place; the others see costs.py."""

    load: int = 100
    missing_tier: int = 60
    spare_tier: int = 10
    urgency: int = 2
    allied: int = 400
    local: int = 150
    earlier: int = 300
    lot: int = 20

    def __post_init__(self) -> None:
        for name in self.__slots__:
            _within(f"The weight {name}", getattr(self, name), 0, MOST_WEIGHT)


@dataclass(frozen=True, slots=True)
class Rules:
    """What the issuer decided about giving out work.

    `local_pool` lists items whose version lets people of the earner's own district score. `earlier_may_return` lets
    an earlier attempt's assessor read again when a work has too few others. `meet_cap` is how often two assessors
    should read the same work at most (None: any number). `at_most_one_in` caps how likely any pair is: 2 means no
    pair is more likely than 1 in 2. `seed` makes the lot repeatable; it should be new for every run and kept.
    """

    weights: Weights = field(default_factory=Weights)
    local_pool: frozenset[str] = frozenset()
    earlier_may_return: bool = False
    meet_cap: int | None = None
    at_most_one_in: int = 1
    seed: int = 0

    def __post_init__(self) -> None:
        if self.at_most_one_in not in SHARES:
            raise OutOfRange("The likeliest pair may be 1 in 1, 2, 4 or 8.")
        if isinstance(self.seed, bool) or not isinstance(self.seed, int) or self.seed < 0:
            raise OutOfRange(f"The seed of the lot must be a whole number from 0 up, not {self.seed}.")
        if self.meet_cap is not None:
            _within("The cap on meetings", self.meet_cap, 0, 10_000)


def require_distinct(what: str, keys: Iterable[str]) -> None:
    """Raises DuplicateKey with a sentence that names the key."""
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise DuplicateKey(f"There are two {what} with the key {key}.")
        seen.add(key)


def require_kinds(ties: Iterable[Tie]) -> None:
    """Raises OutOfRange when a tie has a kind that no tie has."""
    for tie in ties:
        if tie.kind not in TIES:
            raise OutOfRange(f"{tie.kind} is not a kind of tie.")


def _within(what: str, number: int, least: int, most: int) -> None:
    if isinstance(number, bool) or not isinstance(number, int) or not least <= number <= most:
        raise OutOfRange(f"{what} must be a whole number from {least} to {most}, not {number}.")


def _circles_only(whose: str, circles: frozenset[Circle]) -> None:
    for circle in circles:
        if circle.kind not in CIRCLES:
            raise OutOfRange(f"{circle.kind} is not a kind of circle ({whose}).")
