"""The guide ``docs/guides/who-sees-whom.md``, written from the table: ``python -m touchstone.core.sight_guide``."""

import sys
from collections.abc import Iterator

from touchstone.core.sight import PERSONS, TABLE, Condition, Entry, Side, Sight, Viewer, opposed

VIEWERS = {
    Viewer.EARNER: "Earner",
    Viewer.ASSESSOR: "Assessor",
    Viewer.SCORING_LEADER: "Scoring leader",
    Viewer.AWARD_STAFF: "Award staff of the issuer",
    Viewer.DISTRICT: "Earner's district or school",
    Viewer.PLATFORM_STAFF: "Platform staff",
    Viewer.ANYONE: "Anyone else",
}
SIDES = {
    Side.EARNER: "the earner",
    Side.HOLDER: "the holder of the award",
    Side.ASSESSOR: "the assessors",
    Side.DRAFT: "a draft",
    Side.WORK: "work handed in",
    Side.SCORES: "levels and comments",
    Side.OUTCOME: "the outcome",
}
WORDS = {
    Sight.OWN: "her own",
    Sight.NAME: "by name",
    Sight.CODE: "by code",
    Sight.NUMBER: "by number within the attempt",
    Sight.WHOLE: "in full",
    Sight.COPY: "a copy without identity",
    Sight.NOTHING: "nothing",
}
CONDITIONS = {
    Condition.INITIATIVE: "inside its own initiative",
    Condition.PUBLISHED: "where the holder shares it",
    Condition.RELEASED: "once released",
    Condition.GLASS: "behind glass",
}
INTRODUCTION = """\
# Who sees whom

Work is judged by people who do not know whose it is, and earners do not learn who judged it. What each person may
see of the others is one table in the program (`touchstone.core.sight`). Pages and mails ask that table before they
fetch a name, this guide is written from it (`python -m touchstone.core.sight_guide`), and a crawler signs in as
everybody, opens every page, file and mail there is, and looks for what the table withholds
(`python -m tests.blindness`).
"""
NOTES = """\
## What else holds

- Identifiers never cross the line: an earner's addresses carry her submission's token, an assessor's the token of her
  assignment, award staff's that of the decision. No key, file hash or file name of the one appears to the other.
- A code names one piece of work for one kind of reader. It is random, and says nothing about a person.
- What is withheld and what does not exist get the same answer.
- *Behind glass*: platform staff see who somebody is only while a look with a stated reason is open, for an hour at
  most. It is recorded, and the person is told at once.
- What a holder publishes herself is outside this table.
"""


def as_markdown() -> str:
    """The whole guide."""
    things = tuple(side for side in Side if side not in PERSONS)
    pairs = sorted(" and ".join(sorted(VIEWERS[one].lower() for one in pair)) for pair in opposed())
    never = "\n".join(f"- Nobody is both for one issuer: {pair}." for pair in pairs)
    blocks = (
        INTRODUCTION,
        "## Persons\n",
        *_table(PERSONS),
        "\n## Work and what becomes of it\n",
        *_table(things),
        "\n## Why\n",
        *_reasons(),
        NOTES + never,
    )
    return "\n".join(blocks) + "\n"


def _table(sides: tuple[Side, ...]) -> Iterator[str]:
    yield "| who | " + " | ".join(SIDES[side] for side in sides) + " |"
    yield "|---" * (len(sides) + 1) + "|"
    for viewer in Viewer:
        yield f"| {VIEWERS[viewer]} | " + " | ".join(_cell(TABLE[viewer, side]) for side in sides) + " |"


def _cell(entry: Entry) -> str:
    words = WORDS[entry.sight]
    return f"{words}, {CONDITIONS[entry.needs]}" if entry.needs else words


def _reasons() -> Iterator[str]:
    for viewer in Viewer:
        yield f"### {VIEWERS[viewer]}\n"
        for side in Side:
            entry = TABLE[viewer, side]
            yield f"- {SIDES[side]}: **{_cell(entry)}**. {entry.why}"
        yield ""


if __name__ == "__main__":
    sys.stdout.write(as_markdown())
