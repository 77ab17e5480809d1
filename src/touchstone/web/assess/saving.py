"""Keeping what an assessor typed, field by field, so that two windows never overwrite each other silently.

A score's level and comment are saved apart, as they are written apart. The revision of a field is a fingerprint of
what stood in it: whoever saves says which one she saw.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from touchstone.assessment import actions, errors, queries
from touchstone.assessment.models import Assignment, Score
from touchstone.assessment.queries import ScoringRow
from touchstone.kit.actor import Actor
from touchstone.kit.errors import Refusal
from touchstone.portfolio.actions import clean_text

FIELDS = ("level", "comment")
REFUSED = (errors.UnknownLevel, errors.CommentTooLong, errors.ScoreChangedElsewhere)
_TRIES = 4  # a criterion has two fields, and one page may save both at once


def revision_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def save_criterion(
    *, actor: Actor, assignment: Assignment, criterion: str, typed: Mapping[str, tuple[str, str]], now: datetime
) -> Score:
    """Keep fields of one criterion: ``typed`` maps level and comment to (text, revision seen); others stay.

    Raises what save_score raises; ScoreChangedElsewhere then names the ``field`` and what stands there (``theirs``).
    """
    for _again in range(_TRIES):
        row = next((row for row in queries.scoring_rows(assignment) if row.criterion.key == criterion), None)
        if row is None:
            raise errors.UnknownCriterion
        kept = {field: _merge(row, field, *typed[field]) if field in typed else getattr(row, field) for field in FIELDS}
        facts = {"token": assignment.token, "criterion": criterion, "revision": row.revision, "now": now}
        try:
            return actions.save_score(actor=actor, level=kept["level"], comment=kept["comment"], **facts)
        except errors.ScoreChangedElsewhere:
            continue  # its other field was saved between our reading and our writing
    raise errors.ScoreChangedElsewhere(field="comment", theirs=row.comment)


def save_form(
    *, actor: Actor, assignment: Assignment, data: Mapping[str, str], now: datetime
) -> dict[str, Refusal]:
    """Keep every criterion of a whole form that can be kept; what could not, by its key."""
    refused: dict[str, Refusal] = {}
    for row in queries.scoring_rows(assignment):
        key = row.criterion.key
        names = {field: f"{field}-{key}" for field in FIELDS}
        typed = {field: (data[name], data.get(f"revision-{name}", "")) for field, name in names.items() if name in data}
        if row.kept or not typed:
            continue
        try:
            save_criterion(actor=actor, assignment=assignment, criterion=key, typed=typed, now=now)
        except REFUSED as refusal:
            refused[key] = refusal
    return refused


def _merge(row: ScoringRow, field: str, text: str, seen: str) -> str:
    """What should stand in a field: what was typed, unless only the other window changed it."""
    stands, text = getattr(row, field), clean_text(text).strip()
    if text == stands or revision_of(text) == seen:
        return stands
    if revision_of(stands) != seen:
        raise errors.ScoreChangedElsewhere(field=field, theirs=stands)
    return text
