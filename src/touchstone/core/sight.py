"""Who sees whom: one table that the pages obey, the guide is written from, and a crawler enforces.

A *viewer* is what somebody is to one piece of work; a *side* is a person or a thing on its other side. The rows are
those of section 5 of the house's rules; ``docs/guides/who-sees-whom.md`` is ``as_markdown()`` (a test compares them).

Anybody's name is fetched through ``label`` or after ``see`` alone, so what the table withholds is never even read.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations


class Viewer(StrEnum):
    """What the one who looks is to a piece of work."""

    EARNER = "earner"
    ASSESSOR = "assessor"
    SCORING_LEADER = "scoring_leader"
    AWARD_STAFF = "award_staff"
    DISTRICT = "district"
    PLATFORM_STAFF = "platform_staff"
    ANYONE = "anyone"


class Side(StrEnum):
    """Whom or what is looked at. The first three are persons, the others belong to the work."""

    EARNER = "earner"
    HOLDER = "holder"
    ASSESSOR = "assessor"
    DRAFT = "draft"
    WORK = "work"
    SCORES = "scores"
    OUTCOME = "outcome"


PERSONS = (Side.EARNER, Side.HOLDER, Side.ASSESSOR)


class Sight(StrEnum):
    """What is shown. Names, codes and numbers are for persons; copies and wholes for what they made."""

    OWN = "own"
    NAME = "name"
    CODE = "code"
    NUMBER = "number"
    WHOLE = "whole"
    COPY = "copy"
    NOTHING = "nothing"


class Condition(StrEnum):
    """What must hold besides; until it does, there is nothing to see."""

    INITIATIVE = "initiative"
    PUBLISHED = "published"
    RELEASED = "released"
    GLASS = "glass"


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell of the table, and why it is so."""

    sight: Sight
    why: str
    needs: Condition | None = None


def _none(why: str) -> Entry:
    return Entry(Sight.NOTHING, why)


def _glass(sight: Sight, why: str = "Only while a look with a stated reason is open; the person is told.") -> Entry:
    return Entry(sight, why, Condition.GLASS)


_BLIND = "Whoever judges must not know whose work it is, nor whose award came of it."
_LENIENT = "A stable name would let earners seek out, thank or press their assessors."
_PRIVATE = "A draft is its earner's alone until she sends it."
_NOT_THEIRS = "Work, scores and comments are between the earner and those who judge; only the outcome may travel."
_PUBLIC = "Nobody outside learns that there is such work."

TABLE: dict[tuple[Viewer, Side], Entry] = {
    (Viewer.EARNER, Side.EARNER): Entry(Sight.OWN, "It is she."),
    (Viewer.EARNER, Side.HOLDER): Entry(Sight.OWN, "It is she."),
    (Viewer.EARNER, Side.ASSESSOR): Entry(Sight.NUMBER, "“Assessor 1”, counted anew in each attempt. " + _LENIENT),
    (Viewer.EARNER, Side.DRAFT): Entry(Sight.OWN, "It is hers."),
    (Viewer.EARNER, Side.WORK): Entry(Sight.OWN, "It is hers, the originals too."),
    (Viewer.EARNER, Side.SCORES): Entry(
        Sight.WHOLE, "Levels and comments are written for her, as soon as they are released.", Condition.RELEASED
    ),
    (Viewer.EARNER, Side.OUTCOME): Entry(Sight.WHOLE, "She hears the outcome when it is released.", Condition.RELEASED),
    (Viewer.ASSESSOR, Side.EARNER): Entry(
        Sight.CODE, "The code of her assignment is all that names the work. " + _BLIND
    ),
    (Viewer.ASSESSOR, Side.HOLDER): _none(_BLIND),
    (Viewer.ASSESSOR, Side.ASSESSOR): Entry(
        Sight.OWN, "Herself alone: two readings of one work are independent, so she learns of no other."
    ),
    (Viewer.ASSESSOR, Side.DRAFT): _none(_PRIVATE),
    (Viewer.ASSESSOR, Side.WORK): Entry(
        Sight.COPY, "Answers, and copies of the files without what would tell their maker."
    ),
    (Viewer.ASSESSOR, Side.SCORES): Entry(Sight.OWN, "Her own; never those of another reading or an earlier attempt."),
    (Viewer.ASSESSOR, Side.OUTCOME): _none("A judgement stands by itself; outcomes would teach leniency."),
    (Viewer.SCORING_LEADER, Side.EARNER): Entry(Sight.CODE, "Leading needs to name the work, not its earner."),
    (Viewer.SCORING_LEADER, Side.HOLDER): _none("Whoever knows the assessors must not know the holders."),
    (Viewer.SCORING_LEADER, Side.ASSESSOR): Entry(Sight.NAME, "She leads them."),
    (Viewer.SCORING_LEADER, Side.DRAFT): _none(_PRIVATE),
    (Viewer.SCORING_LEADER, Side.WORK): Entry(Sight.COPY, "The same copies that assessors judge."),
    (Viewer.SCORING_LEADER, Side.SCORES): Entry(Sight.WHOLE, "She answers for how work is scored."),
    (Viewer.SCORING_LEADER, Side.OUTCOME): Entry(Sight.WHOLE, "She answers for how work is scored."),
    (Viewer.AWARD_STAFF, Side.EARNER): Entry(Sight.CODE, "Until there is an award, a decision is named by its code."),
    (Viewer.AWARD_STAFF, Side.HOLDER): Entry(Sight.NAME, "An award is given to somebody, and may have to be revoked."),
    (Viewer.AWARD_STAFF, Side.ASSESSOR): Entry(
        Sight.CODE, "Whoever knows the holders must not know the assessors: the decision's code and a number."
    ),
    (Viewer.AWARD_STAFF, Side.DRAFT): _none(_PRIVATE),
    (Viewer.AWARD_STAFF, Side.WORK): _none("Releasing looks at levels and comments, not at the evidence again."),
    (Viewer.AWARD_STAFF, Side.SCORES): Entry(Sight.WHOLE, "She checks that the comments are fit to be read."),
    (Viewer.AWARD_STAFF, Side.OUTCOME): Entry(Sight.WHOLE, "She releases it, and cannot change it."),
    (Viewer.DISTRICT, Side.EARNER): Entry(
        Sight.NAME, "In the district's own initiative, as its members were told at joining.", Condition.INITIATIVE
    ),
    (Viewer.DISTRICT, Side.HOLDER): Entry(
        Sight.NAME, "In the district's own initiative; beyond it only what the holder shares.", Condition.INITIATIVE
    ),
    (Viewer.DISTRICT, Side.ASSESSOR): _none("Never: assessors judge their district's educators without fear."),
    (Viewer.DISTRICT, Side.DRAFT): _none(_PRIVATE),
    (Viewer.DISTRICT, Side.WORK): _none(_NOT_THEIRS),
    (Viewer.DISTRICT, Side.SCORES): _none(_NOT_THEIRS),
    (Viewer.DISTRICT, Side.OUTCOME): Entry(
        Sight.WHOLE, "Status and decision of work in its own initiative.", Condition.INITIATIVE
    ),
    (Viewer.PLATFORM_STAFF, Side.EARNER): _glass(Sight.NAME),
    (Viewer.PLATFORM_STAFF, Side.HOLDER): _glass(Sight.NAME),
    (Viewer.PLATFORM_STAFF, Side.ASSESSOR): _glass(Sight.NAME),
    (Viewer.PLATFORM_STAFF, Side.DRAFT): _none(_PRIVATE),
    (Viewer.PLATFORM_STAFF, Side.WORK): _none("Running the platform needs nobody's evidence."),
    (Viewer.PLATFORM_STAFF, Side.SCORES): _none("Running the platform needs nobody's scores."),
    (Viewer.PLATFORM_STAFF, Side.OUTCOME): _none("Running the platform needs nobody's outcomes."),
    (Viewer.ANYONE, Side.EARNER): _none(_PUBLIC),
    (Viewer.ANYONE, Side.HOLDER): Entry(
        Sight.NAME, "Where the holder has shared or listed the award herself.", Condition.PUBLISHED
    ),
    (Viewer.ANYONE, Side.ASSESSOR): _none("Assessors are named to nobody outside."),
    (Viewer.ANYONE, Side.DRAFT): _none(_PRIVATE),
    (Viewer.ANYONE, Side.WORK): Entry(
        Sight.COPY,
        "The pieces a holder chose to show with an award she shares, as assessors saw them.",
        Condition.PUBLISHED,
    ),
    (Viewer.ANYONE, Side.SCORES): _none(_NOT_THEIRS),
    (Viewer.ANYONE, Side.OUTCOME): Entry(
        Sight.WHOLE,
        "A shared award shows that it was earned, and the levels met, as its badge states them.",
        Condition.PUBLISHED,
    ),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """What may be shown of a person: ``text`` is a name, a code or a number; empty for herself and for nothing."""

    sight: Sight
    text: str = ""


def see(viewer: Viewer, side: Side, *met: Condition) -> Sight:
    """What this viewer sees of that side while the conditions in ``met`` hold."""
    entry = TABLE[viewer, side]
    return Sight.NOTHING if entry.needs and entry.needs not in met else entry.sight


def label(
    viewer: Viewer,
    side: Side,
    *,
    name: Callable[[], str] | None = None,
    code: str = "",
    number: int = 0,
    met: Iterable[Condition] = (),
) -> Seen:
    """How a person appears to a viewer. ``name`` is called only where the table shows names.

    Raises ValueError when the table asks for what was not given: a page must know how to name whom it may name.
    """
    sight = see(viewer, side, *met)
    if sight is Sight.NAME and name is not None:
        return Seen(sight, name())
    if sight in {Sight.OWN, Sight.NOTHING}:
        return Seen(sight)
    text = {Sight.CODE: code, Sight.NUMBER: str(number or "")}.get(sight, "")
    if not text:
        raise ValueError(f"{viewer} sees the {side} by {sight}, which was not given")
    return Seen(sight, text)


def opposed() -> frozenset[frozenset[Viewer]]:
    """Pairs of viewers that one person may not be for one item: together they would name both sides of its work."""
    return frozenset(
        frozenset(pair)
        for pair in combinations(Viewer, 2)
        if _names(pair, (Side.EARNER, Side.HOLDER)) and _names(pair, (Side.ASSESSOR,))
    )


def _names(viewers: Iterable[Viewer], sides: Iterable[Side]) -> bool:
    sides = tuple(sides)
    cells = [TABLE[viewer, side] for viewer in viewers for side in sides]
    return any(cell.sight is Sight.NAME and cell.needs is None for cell in cells)
