"""Stacks as rules over items held: required items, choose-n groups, each item counted once."""

from collections.abc import Mapping, Set
from dataclasses import dataclass


class PathwayError(ValueError):
    """A stack rule that cannot mean anything. The message is a plain sentence."""


@dataclass(frozen=True, slots=True)
class NOf:
    """Choose at least `n` of `items` (item slugs)."""

    n: int
    items: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(set(self.items)) != len(self.items):
            raise PathwayError("A group lists the same item twice.")
        if not 1 <= self.n <= len(self.items):
            raise PathwayError(f"A group of {len(self.items)} cannot ask for {self.n}.")


@dataclass(frozen=True, slots=True)
class StackRule:
    """Stack rule, schema 1: every member must be met. A member is an item's slug or a group."""

    all_of: tuple[str | NOf, ...]

    def __post_init__(self) -> None:
        if not self.all_of:
            raise PathwayError("A stack rule needs at least one member.")
        required = self.required
        if len(set(required)) != len(required):
            raise PathwayError("A stack rule requires the same item twice.")

    @property
    def required(self) -> tuple[str, ...]:
        """Slugs that must each be held."""
        return tuple(member for member in self.all_of if isinstance(member, str))

    @property
    def groups(self) -> tuple[NOf, ...]:
        """The choose-n groups, in order."""
        return tuple(member for member in self.all_of if isinstance(member, NOf))

    @property
    def items(self) -> frozenset[str]:
        """Every slug the rule mentions."""
        return frozenset(self.required).union(*(group.items for group in self.groups))


@dataclass(frozen=True, slots=True)
class Line:
    """How one member of the rule stands.

    `need` and `have` count items; `counted` are the held items used here; `options` are the items
    not held that would still bring this member forward (empty once it is met).
    """

    need: int
    have: int
    counted: tuple[str, ...]
    options: tuple[str, ...]

    @property
    def met(self) -> bool:
        """Whether this member needs nothing more."""
        return self.have >= self.need


@dataclass(frozen=True, slots=True)
class Progress:
    """How far somebody is: `have` of `need` items, with one explaining line per member of the rule.

    `missing` are the required items not held; what is missing in a group stands in its line.
    """

    complete: bool
    have: int
    need: int
    missing: tuple[str, ...]
    explanation: tuple[Line, ...]


def progress(rule: StackRule, held: Set[str]) -> Progress:
    """How far a person who holds these items (slugs) is towards the stack.

    An item counts once: a required item never also fills a place in a group, and an item on
    two groups' lists goes where it helps most. Items the rule does not mention are ignored.
    """
    placed = _place(rule, held)
    explanation = tuple(
        _item_line(member, held)
        if isinstance(member, str)
        else _group_line(member, place, placed, set(rule.required) | held)
        for place, member in enumerate(rule.all_of)
    )
    return Progress(
        complete=all(line.met for line in explanation),
        have=sum(line.have for line in explanation),
        need=sum(line.need for line in explanation),
        missing=tuple(item for item in rule.required if item not in held),
        explanation=explanation,
    )


def _item_line(item: str, held: Set[str]) -> Line:
    if item in held:
        return Line(need=1, have=1, counted=(item,), options=())
    return Line(need=1, have=0, counted=(), options=(item,))


def _group_line(group: NOf, place: int, placed: Mapping[str, int], taken: Set[str]) -> Line:
    counted = tuple(item for item in group.items if placed.get(item) == place)
    met = len(counted) >= group.n
    options = () if met else tuple(item for item in group.items if item not in taken)
    return Line(need=group.n, have=len(counted), counted=counted, options=options)


def _place(rule: StackRule, held: Set[str]) -> dict[str, int]:
    """Put each held elective into at most one group so that the most places are filled.

    Maximum bipartite matching by augmenting paths (Kuhn's method), groups having `n` places.
    Required items stay out: only they can fill their own line, so using one there never costs.
    """
    groups = {place: member for place, member in enumerate(rule.all_of) if isinstance(member, NOf)}
    electives = held - set(rule.required)
    placed: dict[str, int] = {}

    def fill(place: int, seen: set[int]) -> bool:
        seen.add(place)
        candidates = [item for item in groups[place].items if item in electives]
        for item in candidates:
            if item not in placed:
                placed[item] = place
                return True
        for item in candidates:
            if placed[item] not in seen and fill(placed[item], seen):
                placed[item] = place
                return True
        return False

    for place, group in groups.items():
        for _ in range(group.n):
            if not fill(place, set()):
                break
    return placed
